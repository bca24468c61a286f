// One page of a list: what it holds, whether another follows, and how to ask for that.
import type { Contract } from '../config/schema.js';
import type { Exchange } from '../evidence/exchange.js';
import { answerList, isSuccess } from '../evidence/exchange.js';
import { placesOfHasMore } from '../evidence/has-more.js';
import { parseJson } from '../evidence/json.js';
import { linkTarget } from '../evidence/link-header.js';
import type { PageFacts } from '../evidence/map.js';
import { getPointer } from '../evidence/pointer.js';
import type { Fill } from './call.js';
import type { ProbeContext } from './define.js';

export type Pagination = NonNullable<Contract['pagination']>;

/** Where a walk stands: which page it asks for, and after how many items. */
export interface Place {
  page: number;
  offset: number;
  asked: number | null;
}

export interface Page {
  facts: PageFacts;
  /** How to ask for the next page; null: it cannot be asked for. `elsewhere`: another origin, to which no key is sent. */
  next: Pick<Fill, 'query' | 'target'> | 'elsewhere' | null;
}

export async function readPage(
  context: ProbeContext,
  pagination: Pagination,
  label: string,
  place: Place,
  fill: Fill,
): Promise<Page> {
  let text = '';
  const size =
    pagination.limitParameter === undefined || place.asked === null
      ? {}
      : { [pagination.limitParameter]: `${place.asked}` };
  const call = await context.send(label, {
    ...fill,
    ...(fill.target === undefined ? { query: { ...size, ...fill.query } } : {}),
    // Pages are often larger than what is kept of an answer.
    read: (whole) => {
      text = whole;
    },
  });
  const body = parse(text);
  const items = isSuccess(call) ? getPointer(body, pagination.items) : undefined;
  if (!Array.isArray(items)) return { facts: { call, asked: place.asked, ids: null, more: null }, next: null };
  const ids = items.map((item: unknown) => idOf(item, pagination));
  const named = pagination.next === undefined ? undefined : getPointer(body, pagination.next);
  const link = linkOf(call, pagination);
  const facts = { call, asked: place.asked, ids, more: moreAfter(pagination, { body, named, link, ids, place }) };
  return { facts, next: nextAfter(context, call, pagination, { named, link, ids, place }) };
}

interface Signs {
  /** The value at `pagination.next`. */
  named: unknown;
  link: string | null;
  ids: PageFacts['ids'] & object;
  place: Place;
}

/** By the contract's end rule; null: this page does not tell. */
function moreAfter(
  pagination: Pagination,
  { body, named, link, ids, place }: Signs & { body: unknown },
): boolean | null {
  switch (pagination.end) {
    case 'null-next':
      return named !== undefined && named !== null && named !== '' && named !== false;
    case 'has-more':
      return saysMore(pagination, body);
    case 'no-link':
      return link !== null;
    case 'empty-page':
      return ids.length === 0 ? false : null;
    case 'last-page': {
      const pages = getPointer(body, pagination.pages ?? '/pages');
      // Counted from the first page, whatever its number.
      return typeof pages === 'number' ? place.page - pagination.firstPage + 1 < pages : null;
    }
    case 'short-page': {
      const size = place.asked ?? pagination.default ?? 1;
      return ids.length < size ? false : null;
    }
  }
}

/** null: the contract names no member, and none of the usual ones is there. */
function saysMore(pagination: Pagination, body: unknown): boolean | null {
  if (pagination.hasMore !== undefined) return getPointer(body, pagination.hasMore) === true;
  const shown = placesOfHasMore(pagination)
    .map((place) => getPointer(body, place))
    .find((one) => typeof one === 'boolean');
  return shown ?? null;
}

function nextAfter(
  { api }: ProbeContext,
  call: Exchange,
  pagination: Pagination,
  { named, link, ids, place }: Signs,
): Page['next'] {
  switch (pagination.style) {
    case 'cursor': {
      const cursor = pagination.next === undefined ? ids.at(-1) : named;
      const isCursor = (typeof cursor === 'string' && cursor !== '') || typeof cursor === 'number';
      return isCursor ? { query: { [pagination.cursorParameter ?? '']: String(cursor) } } : null;
    }
    case 'page':
      return { query: { [pagination.pageParameter ?? '']: String(place.page + 1) } };
    case 'offset':
      return { query: { [pagination.offsetParameter ?? '']: String(place.offset + ids.length) } };
    case 'next-url':
    case 'link-header': {
      const written = pagination.style === 'next-url' ? named : link;
      if (typeof written !== 'string' || !URL.canParse(written, call.request.url)) return null;
      const target = new URL(written, call.request.url);
      return target.origin === api.url.origin ? { target } : 'elsewhere';
    }
  }
}

function linkOf(call: Exchange, { style, end }: Pagination): string | null {
  const header = answerList(call, 'link');
  if (header === undefined || (style !== 'link-header' && end !== 'no-link')) return null;
  return linkTarget(header, 'next');
}

function idOf(item: unknown, pagination: Pagination): string | null {
  const id = getPointer(item, pagination.id);
  return typeof id === 'string' || typeof id === 'number' ? String(id) : null;
}

function parse(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
