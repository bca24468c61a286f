// Where a page says whether another follows, under `end: has-more`.
import type { Contract } from '../config/schema.js';

const USUAL_NAMES = ['has_more', 'hasMore'] as const;

/** JSON Pointers, the likeliest first: as the contract says, else the usual names at the top and beside the items. */
export function placesOfHasMore({ hasMore, items }: NonNullable<Contract['pagination']>): string[] {
  if (hasMore !== undefined) return [hasMore];
  const parents = new Set(['', items.slice(0, Math.max(0, items.lastIndexOf('/')))]);
  return [...parents].flatMap((parent) => USUAL_NAMES.map((name) => `${parent}/${name}`));
}
