// Pages of a list: where one begins, how the next one is asked for, what stands around the items.
import { Refusal } from './problems.js';
import type { Fields } from './resources.js';
import type { Collection, Stored } from './store.js';
import type { World } from './world.js';

/** Where a page begins: after an item, or at a page number. */
export type Start = { readonly before: number } | { readonly page: number };

export interface ListedPage {
  readonly items: readonly Fields[];
  readonly total: number;
  readonly limit: number;
  /** Number of this page, from 1. */
  readonly page: number;
  /** Whether another page follows; with the defect `never-ends-pages`, always. */
  readonly more: boolean;
  /** How the page after the last item is asked for, whether there is one or not. */
  readonly next: string;
  readonly path: string;
  /** Not the end that was promised. */
  readonly endsWrongly: boolean;
}

export interface Paging {
  readonly defaultLimit: number;
  readonly maxLimit: number;
  readonly by: By;
  body(page: ListedPage): unknown;
  readonly totalHeader: string | null;
  /** What a query parameter filters by; default: the field of that name. */
  filter?(name: string, value: string): { readonly field: string; readonly value: string };
}

interface By {
  readonly parameter: string;
  /** @throws Refusal where `text` means no place in the list. */
  startAt(text: string | null, collection: Collection): Start;
  /** What asks for the page after `last`. */
  nextAfter(last: Stored | undefined, page: number): string;
}

/** A text that only the API understands. */
export function byCursor(parameter: string): By {
  return {
    parameter,
    startAt(text) {
      if (text === null) return { before: Number.POSITIVE_INFINITY };
      const sequence = /^before (\d{1,15})$/.exec(Buffer.from(text, 'base64url').toString())?.[1];
      if (sequence === undefined)
        throw new Refusal('invalid_cursor', `${parameter} must be what an earlier page named as next.`);
      return { before: Number(sequence) };
    },
    nextAfter: (last) => Buffer.from(`before ${last?.sequence ?? 0}`).toString('base64url'),
  };
}

/** The id of the last item that was seen. */
export function byLastId(parameter: string): By {
  return {
    parameter,
    startAt(text, collection) {
      if (text === null) return { before: Number.POSITIVE_INFINITY };
      const item = collection.items.get(text);
      if (item === undefined) throw new Refusal('invalid_cursor', `${parameter} must be the id of an item.`);
      return { before: item.sequence };
    },
    nextAfter: (last) => last?.id ?? '',
  };
}

export function byPage(parameter: string): By {
  return {
    parameter,
    startAt(text) {
      const page = text === null ? 1 : /^\d{1,9}$/.test(text) ? Number(text) : 0;
      if (page < 1) throw new Refusal('invalid_cursor', `${parameter} must be a whole number from 1.`);
      return { page };
    },
    nextAfter: (_, page) => String(page + 1),
  };
}

const SMALLEST_WHEN_IGNORED = 10;

export function limitOf(world: World, text: string | null): number {
  const { defaultLimit, maxLimit } = world.dialect.paging;
  if (text === null) return defaultLimit;
  const limit = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (limit < 1) throw new Refusal('invalid_limit', `limit must be a whole number from 1 to ${maxLimit}.`);
  const least = world.has('ignores-small-limits') ? SMALLEST_WHEN_IGNORED : 1;
  return Math.max(least, Math.min(limit, world.has('serves-any-page-size') ? Number.POSITIVE_INFINITY : maxLimit));
}
