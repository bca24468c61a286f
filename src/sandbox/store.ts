import { randomBase62 } from './keys.js';
import type { Start } from './paging.js';
import type { Fields, Resource } from './resources.js';
import type { World } from './world.js';

export interface Stored {
  readonly id: string;
  readonly sequence: number;
  /** Epoch ms: until then it can be read, but is not listed. */
  readonly finishedAt: number;
  resource: Fields;
}

export interface Collection {
  readonly items: Map<string, Stored>;
  lastSequence: number;
}

export interface Page {
  readonly items: readonly Stored[];
  readonly total: number;
  readonly hasMore: boolean;
}

export function collectionOf(world: World, account: string, resource: Resource): Collection {
  const name = `${resource.collection} ${account}`;
  const known = world.collections.get(name);
  if (known) return known;
  const created: Collection = { items: new Map(), lastSequence: 0 };
  world.collections.set(name, created);
  const { count = 0, item } = resource.seeded ?? {};
  for (let number = 1; number <= count; number++) addItem(created, resource, item?.(number) ?? {});
  return created;
}

export function addItem(collection: Collection, resource: Resource, fields: Fields, finishedAt = 0): Stored {
  collection.lastSequence += 1;
  const id = `${resource.idPrefix}${randomBase62(20)}`;
  const created = { id, status: resource.status, created_at: new Date().toISOString(), ...fields };
  const stored = { id, sequence: collection.lastSequence, finishedAt, resource: created };
  collection.items.set(id, stored);
  return stored;
}

/** Newest first. `overlap`: a page begins with so many items of the page before. */
export function pageOf(
  collection: Collection,
  filters: readonly { readonly field: string; readonly value: string }[],
  limit: number,
  start: Start,
  overlap: number,
  withUnfinished: boolean,
  bySubstring = false,
): Page {
  const matching = [...collection.items.values()]
    .reverse()
    .filter(({ finishedAt }) => withUnfinished || finishedAt <= Date.now())
    .filter(({ resource }) =>
      filters.every(({ field, value }) => isMeant(`${resource[field] ?? ''}`, value, bySubstring)),
    );
  const skipped =
    'page' in start ? (start.page - 1) * limit : matching.filter(({ sequence }) => sequence >= start.before).length;
  const from = skipped < matching.length ? Math.max(0, skipped - overlap) : skipped;
  const items = matching.slice(from, from + limit);
  return { items, total: matching.length, hasMore: from + limit < matching.length };
}

function isMeant(shown: string, asked: string, bySubstring: boolean): boolean {
  return bySubstring ? shown.includes(asked) : shown === asked;
}
