// How a list is paged, by its usual forms. Where a description leaves a part open that a walk needs, nothing is said.
import type { ContractInput } from '../../config/schema.js';
import { pointerTo } from '../../evidence/pointer.js';
import {
  type DescribedOperation,
  mayBeNull,
  membersOf,
  type Node,
  nodeAt,
  type Parameter,
  successOf,
  typeOf,
} from './document.js';
import type { Found } from './headers.js';

type Pagination = NonNullable<ContractInput['pagination']>;

const LIMIT =
  /^(\$?limit|\$?top|per_?page|page_?size|page_?limit|max_?results|max_?items|count|size|first|page\[(size|limit)\])$/i;
const CURSOR =
  /^(cursor|after|starting_?after|page_?token|next_?token|next_?cursor|continuation(_?token)?|marker|start_?cursor|page_?cursor|page\[(cursor|after)\])$/i;
const PAGE = /^(page|page_?(number|no|num|index)|page\[number\])$/i;
const OFFSET = /^(\$?offset|\$?skip|start|start_?index|page\[offset\])$/i;

const ITEMS = ['data', 'items', 'results', 'records', 'entries', 'values', 'list', 'content'];
const NEXT_CURSORS =
  /^(next|next_?cursor|next_?page_?token|next_?token|cursor|after|end_?cursor|continuation_?token|next_?page|next_?marker)$/i;
const NEXT_URLS = /^(next|next_?url|next_?page_?(url|uri)|next_?link|next_?page|@odata\.nextlink)$/i;
const HAS_MORE = /^(has_?more|has_?next(_?page)?|more)$/i;
const PAGES = /^(total_?pages|pages|page_?count|last_?page|pages_?count)$/i;
/** Maps beside the items that speak of the page. */
const AROUND = /^(pagination|paging|page|page_?info|meta|metadata|links|_links|cursors|next|response_?metadata)$/i;

export function pagingOf(document: Node, list: DescribedOperation): Found<Pagination> | null {
  const schema = successOf(list)?.media?.schema;
  const items = schema === undefined ? null : itemsIn(document, schema);
  if (schema === undefined || items === null) return null;
  const named = (name: RegExp, types: RegExp): Parameter | undefined =>
    list.parameters.find(
      (one) => one.in === 'query' && name.test(one.name) && types.test(typeOf(document, one.schema)),
    );
  const limit = named(LIMIT, /^(integer|number|string|)$/);
  const signs = signsIn(document, schema, items.pointer);
  const walk = walkOf({ list, signs, items, named });
  if (walk === null) return null;
  const { maximum, default: usual } = limit?.schema ?? {};
  return {
    value: {
      ...walk,
      ...(limit === undefined ? {} : { limitParameter: limit.name }),
      ...(isCount(maximum) ? { maximum } : {}),
      ...(isCount(usual) && !(isCount(maximum) && usual > maximum) ? { default: usual } : {}),
      items: items.pointer,
      ...(items.id === '/id' ? {} : { id: items.id }),
    },
    source: `${list.source}.parameters`,
  };
}

type Walk = Omit<Pagination, 'items' | 'id'>;

function walkOf({
  list,
  signs,
  items,
  named,
}: {
  list: DescribedOperation;
  signs: Signs;
  items: Items;
  named: (name: RegExp, types: RegExp) => Parameter | undefined;
}): Walk | null {
  const { hasMore, pages } = signs;
  const ends = hasMore === null ? null : { end: 'has-more' as const, hasMore };
  const cursor = named(CURSOR, /^(string|integer|)$/);
  if (cursor !== undefined) {
    const next = signs.cursor;
    const cursorParameter = cursor.name;
    // Without a cursor in the answer the last id is one, which only the names of that form promise.
    if (next === null)
      return /after$/i.test(cursor.name) && ends !== null ? { style: 'cursor', cursorParameter, ...ends } : null;
    return { style: 'cursor', cursorParameter, next: next.pointer, ...(ends ?? endOf(next)) };
  }
  if (signs.url !== null) return { style: 'next-url', next: signs.url.pointer, ...endOf(signs.url) };
  if (Object.keys(successOf(list)?.headers ?? {}).some((name) => name.toLowerCase() === 'link') && items.pointer === '')
    return { style: 'link-header', end: 'no-link' };
  const page = named(PAGE, /^(integer|number|string|)$/);
  const last = pages === null ? { end: 'empty-page' as const } : { end: 'last-page' as const, pages };
  if (page !== undefined) {
    const startsAtZero = page.schema.default === 0 || (page.schema.minimum === 0 && page.schema.default === undefined);
    return { style: 'page', pageParameter: page.name, ...(startsAtZero ? { firstPage: 0 } : {}), ...(ends ?? last) };
  }
  const offset = named(OFFSET, /^(integer|number|string|)$/);
  return offset === undefined
    ? null
    : { style: 'offset', offsetParameter: offset.name, ...(ends ?? { end: 'empty-page' }) };
}

/** A next that can be missing is missing at the end; one that every page has leads to an empty page. */
function endOf({ isAlways }: Next): { end: 'null-next' | 'empty-page' } {
  return { end: isAlways ? 'empty-page' : 'null-next' };
}

interface Items {
  pointer: string;
  id: string;
}

/** The list of an answer, and where each item names itself; null: neither is sure. */
export function itemsIn(document: Node, schema: Node): Items | null {
  if (typeOf(document, schema) === 'array') return withId(document, '', schema);
  const { properties } = membersOf(document, schema);
  const lists = [...properties].filter(([, one]) => typeOf(document, one) === 'array');
  const [name, list] =
    lists.find(([one]) => ITEMS.includes(one.toLowerCase())) ?? (lists.length === 1 ? lists[0] : undefined) ?? [];
  return name === undefined || list === undefined ? null : withId(document, pointerTo(name), list);
}

function withId(document: Node, pointer: string, list: Node): Items | null {
  const item = nodeAt(document, list.items);
  const forms = [item.oneOf, item.anyOf].flatMap((one) => (Array.isArray(one) ? one : []));
  const first = forms.length === 0 ? item : nodeAt(document, forms[0]);
  const names = [...membersOf(document, first).properties.keys()];
  const id = ['id', 'uuid', 'code', 'key', 'sku'].find((name) => names.includes(name));
  return id === undefined ? null : { pointer, id: pointerTo(id) };
}

interface Next {
  pointer: string;
  isAlways: boolean;
}

interface Signs {
  cursor: Next | null;
  url: Next | null;
  hasMore: string | null;
  pages: string | null;
}

function signsIn(document: Node, schema: Node, items: string): Signs {
  const signs: Signs = { cursor: null, url: null, hasMore: null, pages: null };
  const visit = (node: Node, path: readonly string[], isAlways: boolean, depth: number): void => {
    const { properties, required } = membersOf(document, node);
    for (const [name, one] of properties) {
      const pointer = pointerTo(...path, name);
      const type = typeOf(document, one);
      const next = { pointer, isAlways: isAlways && required.has(name) && !mayBeNull(one) };
      if (pointer === items) continue;
      if (type === 'object' && AROUND.test(name) && depth < 3) visit(one, [...path, name], next.isAlways, depth + 1);
      if (type === 'string' && isUrl(name, one, path)) signs.url ??= next;
      else if (/^(string|integer)$/.test(type) && isCursor(name, path)) signs.cursor ??= next;
      if (type === 'boolean' && HAS_MORE.test(name)) signs.hasMore ??= pointer;
      if (/^(integer|number)$/.test(type) && PAGES.test(name)) signs.pages ??= pointer;
    }
  };
  visit(schema, [], true, 0);
  return signs;
}

function isUrl(name: string, { format }: Node, path: readonly string[]): boolean {
  if (/^(href|url)$/i.test(name)) return /^next$/i.test(path.at(-1) ?? '');
  if (!NEXT_URLS.test(name)) return false;
  return (
    /^(uri|url|uri-reference)$/.test(String(format)) || /ur[li]|link/i.test(name) || /links$/i.test(path.at(-1) ?? '')
  );
}

/** A bare `cursor` or `after` at the top may be the one that was sent; below `cursors` it is the next. */
function isCursor(name: string, path: readonly string[]): boolean {
  return NEXT_CURSORS.test(name) && (!/^(cursor|after)$/i.test(name) || path.length > 0);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0;
}
