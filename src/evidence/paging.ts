// What a call for one page of a list asks for, by contract.pagination: read by the stub and by the judges alike.
import type { Contract } from '../config/schema.js';

export type Pagination = NonNullable<Contract['pagination']>;

export interface PageAsked {
  /** As written; null: the call does not say. */
  size: number | null;
  /** What the API makes of it. */
  served: number;
  /** Place of its first item in the list; null: the cursor is none of ours. */
  from: number | null;
  /** Which list: the address without what asks for the page. */
  list: string;
}

const USUAL_SIZE = 20;
// Where the provider names no maximum.
const LARGEST_SIZE = 10_000;

function usualSize({ maximum, default: usual }: Pagination): number {
  return usual ?? Math.min(USUAL_SIZE, maximum ?? USUAL_SIZE);
}

/** Three full pages, and half of a fourth. Without a known maximum a page is full as the first call of the list has it. */
export function itemsOffered(pagination: Pagination, firstUrl: string): number {
  const page = pagination.maximum ?? pageAsked(pagination, firstUrl).served;
  return page * 3 + Math.ceil(page / 2);
}

export function namesOf(pagination: Pagination) {
  return {
    limit: pagination.limitParameter ?? 'limit',
    cursor: pagination.cursorParameter ?? 'cursor',
    page: pagination.pageParameter ?? 'page',
    offset: pagination.offsetParameter ?? 'offset',
  };
}

export function pageAsked(pagination: Pagination, url: string): PageAsked {
  const [path = '', search = ''] = url.replace(/^[a-z]+:\/\/[^/]*/i, '').split('?', 2);
  const query = new URLSearchParams(search);
  const names = namesOf(pagination);
  const paging: readonly string[] = Object.values(names);
  const others = new URLSearchParams([...query].filter(([name]) => !paging.includes(name)));
  others.sort();
  const list = `${path}?${others}`;
  const size = wholeNumber(query.get(names.limit));
  const served = Math.min(Math.max(1, size ?? usualSize(pagination)), pagination.maximum ?? LARGEST_SIZE);
  const page = wholeNumber(query.get(names.page)) ?? pagination.firstPage;
  if (pagination.style === 'page')
    return { size, served, list, from: Math.max(0, page - pagination.firstPage) * served };
  if (pagination.style === 'offset') return { size, served, list, from: wholeNumber(query.get(names.offset)) ?? 0 };
  const cursor = query.get(names.cursor);
  return { size, served, list, from: cursor === null || cursor === '' ? 0 : placeOf(cursor) };
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

// Cursors and ids carry their place in the last digits, so that a recording alone tells which page was asked for.
const DIGITS = 6;

/** Where no next pointer is configured the cursor is the id of the last item. */
export function cursorOf(from: number): string {
  return `cur${placeDigits(from)}`;
}

export function itemId(sample: unknown, at: number): string | number {
  const digits = placeDigits(at + 1);
  if (typeof sample === 'number') return Number(digits);
  const prefix = typeof sample === 'string' ? /^[A-Za-z]+[_-]/.exec(sample)?.[0] : undefined;
  return `${prefix ?? 'item_'}${digits}`;
}

function placeDigits(place: number): string {
  return `1${String(place).padStart(DIGITS, '0')}`;
}

function placeOf(cursor: string): number | null {
  const digits = /1(\d{6})$/.exec(cursor)?.[1];
  return digits === undefined ? null : Number(digits);
}
