// The stub's answer to a call for one page: as many items as asked for, and the way to the next page.
import { isPlain } from '../config/merge.js';
import type { HeaderPairs } from '../evidence/exchange.js';
import { headerOf } from '../evidence/exchange.js';
import { placesOfHasMore } from '../evidence/has-more.js';
import { cursorOf, itemId, itemsOffered, namesOf, type Pagination, pageAsked } from '../evidence/paging.js';
import { getPointer, setPointer } from '../evidence/pointer.js';
import { type Answer, jsonAnswer } from '../proxy/answers.js';
import { authorityOf } from '../proxy/pattern.js';
import type { WholeRequest } from '../proxy/source.js';

/** `sample`: an answer with at least one item in it, of which the items are copies with ids of their own. */
export function pagesOf(pagination: Pagination, sample: unknown): (request: WholeRequest) => Answer {
  const totals = new Map<string, number>();
  return (request) => {
    const { list } = pageAsked(pagination, request.url);
    const total = totals.get(list) ?? itemsOffered(pagination, request.url);
    totals.set(list, total);
    return pageOf(pagination, sample, total, request);
  };
}

function pageOf(pagination: Pagination, sample: unknown, total: number, request: WholeRequest): Answer {
  const { served, from } = pageAsked(pagination, request.url);
  if (from === null) return jsonAnswer(400, { error: { code: 'invalid_cursor', message: 'No such cursor.' } });
  const count = Math.max(0, Math.min(served, total - from));
  const items = Array.from({ length: count }, (_, at) => item(pagination, sample, from + at));
  const more = from + count < total;
  // Where only an empty page is the end, every page with items in it leads on.
  const leadsOn = pagination.end === 'empty-page' ? count > 0 : more;
  const next = leadsOn ? from + count : null;
  let body = setPointer(isPlain(sample) ? sample : {}, pagination.items, items);
  const place = pagination.next ?? (pagination.style === 'next-url' ? '/next' : undefined);
  if (place !== undefined && pagination.style !== 'link-header')
    body = setPointer(body, place, nextValue(pagination, request, next));
  if (pagination.hasMore !== undefined || pagination.end === 'has-more')
    for (const place of hasMoreIn(pagination, sample)) body = setPointer(body, place, more);
  if (pagination.pages !== undefined) body = setPointer(body, pagination.pages, Math.ceil(total / served));
  return jsonAnswer(200, body, linkTo(pagination, request, next));
}

/** Where the sample says it; else everywhere that a client may look. */
function hasMoreIn(pagination: Pagination, sample: unknown): string[] {
  const places = placesOfHasMore(pagination);
  const shown = places.filter((place) => typeof getPointer(sample, place) === 'boolean');
  return shown.length > 0 ? shown : places;
}

function item({ items, id }: Pagination, sample: unknown, at: number): unknown {
  const list = getPointer(sample, items);
  const one: unknown = Array.isArray(list) ? list[0] : undefined;
  return setPointer(isPlain(one) ? one : {}, id, itemId(getPointer(one, id), at));
}

function nextValue(pagination: Pagination, request: WholeRequest, next: number | null): string | null {
  if (next === null) return null;
  return pagination.style === 'cursor' ? cursorOf(next) : nextUrl(pagination, request, next);
}

function linkTo(pagination: Pagination, request: WholeRequest, next: number | null): HeaderPairs {
  if (pagination.style !== 'link-header' || next === null) return [];
  return [['Link', `<${nextUrl(pagination, request, next)}>; rel="next"`]];
}

/** The same call for the next page. */
function nextUrl(pagination: Pagination, request: WholeRequest, next: number): string {
  const host = headerOf(request.headers, 'host');
  const origin = authorityOf(request.url) !== null || host === undefined ? '' : `http://${host}`;
  const [path = '', query = ''] = request.url.split('?', 2);
  const parameters = new URLSearchParams(query);
  const names = namesOf(pagination);
  const { served } = pageAsked(pagination, request.url);
  if (pagination.style === 'page') parameters.set(names.page, String(pagination.firstPage + Math.ceil(next / served)));
  else if (pagination.style === 'offset') parameters.set(names.offset, String(next));
  else parameters.set(names.cursor, cursorOf(next));
  return `${origin}${path}?${parameters}`;
}
