import { create, createBatch, list, type Operation, ping, rates, read, remove, update } from './operations.js';
import type { World } from './world.js';

export type Operations = Readonly<Record<string, Operation>>;

/** What a path offers, by method; null where the path means nothing. */
export function operationsAt(world: World, path: string): Operations | null {
  const { basePath, pingPath, ratesPath, resources } = world.dialect;
  if (path === pingPath) return { GET: ping };
  if (path === ratesPath) return { GET: rates };
  if (!path.startsWith(`${basePath}/`)) return null;
  const [collection, id, ...rest] = path.slice(basePath.length + 1).split('/');
  const resource = resources.find((candidate) => candidate.collection === collection);
  if (!resource || id === '' || rest.length > 0) return null;
  if (resource.seeded) return id === undefined ? { GET: list(resource) } : { GET: read(resource, id) };
  if (id === undefined) return { GET: list(resource), POST: create(resource) };
  if (id === 'batch') return { POST: createBatch(resource) };
  return { GET: read(resource, id), PATCH: update(resource, id), DELETE: remove(resource, id) };
}
