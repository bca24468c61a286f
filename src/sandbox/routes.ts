import type { Dialect } from './dialect.js';
import { create, createBatch, list, type Operation, ping, rates, read, remove, update } from './operations.js';
import type { World } from './world.js';

export type Operations = Readonly<Record<string, Operation>>;

/** What a path offers, by method; null where the path means nothing. */
export function operationsAt(world: Pick<World, 'dialect'>, path: string): Operations | null {
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

/** Every path that means something, with its methods: "GET, POST /v1/orders". */
export function pathsOf(dialect: Dialect): string[] {
  const { basePath, readPath, ratesPath, resources, auth } = dialect;
  const below = resources.flatMap(({ collection }) =>
    ['', '/{id}', '/batch'].map((rest) => `${basePath}/${collection}${rest}`),
  );
  const served = [...new Set([readPath, ratesPath, ...below])].flatMap((path) => {
    const methods = Object.keys(operationsAt({ dialect }, path) ?? {});
    // The path of one resource is written with {id}.
    return methods.length === 0 || (path.endsWith('/batch') && methods[0] !== 'POST')
      ? []
      : [`${methods.join(', ')} ${path}`];
  });
  return auth.login === null ? served : [`POST ${auth.login.path}`, ...served];
}
