import { create, createBatch, list, type Operation, ping, rates, read, remove, update } from './operations.js';
import type { World } from './world.js';

export type Operations = Readonly<Record<string, Operation>>;

/** What a path offers, by method; null where the path means nothing. */
export function operationsAt(world: World, path: string): Operations | null {
  const { basePath, readPath, ratesPath, resources } = world.dialect;
  if (path === readPath && world.dialect.ping !== null) return { GET: ping };
  if (path === ratesPath) return { GET: rates };
  if (!path.startsWith(`${basePath}/`)) return null;
  const below = path.slice(basePath.length + 1);
  const resource = resources.find(({ collection }) => below === collection || below.startsWith(`${collection}/`));
  const [id, ...rest] = below.slice((resource?.collection.length ?? 0) + 1).split('/');
  if (!resource || rest.length > 0) return null;
  const isAll = below === resource.collection;
  if (!isAll && !id) return null;
  if (isAll || !id)
    return resource.readOnly ? { GET: list(resource) } : { GET: list(resource), POST: create(resource) };
  if (resource.readOnly) return { GET: read(resource, id) };
  const { offers = ['update', 'remove', 'batch'] } = resource;
  if (id === 'batch' && offers.includes('batch')) return { POST: createBatch(resource) };
  return {
    GET: read(resource, id),
    ...(offers.includes('update') && { PATCH: update(resource, id) }),
    ...(offers.includes('remove') && { DELETE: remove(resource, id) }),
  };
}
