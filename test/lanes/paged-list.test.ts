import { describe, expect, it } from 'vitest';
import check from '../../src/checks/client/pages-to-the-end.js';
import { type ContractInput, contractSchema } from '../../src/config/schema.js';
import { headerOf } from '../../src/evidence/exchange.js';
import { itemsOffered, type Pagination } from '../../src/evidence/paging.js';
import { getPointer } from '../../src/evidence/pointer.js';
import { pagesOf } from '../../src/lanes/paged-list.js';
import type { WholeRequest } from '../../src/proxy/source.js';
import { get, workload } from '../helpers/workloads.js';

type Page = { body: unknown; link: string | null; items: readonly unknown[] };

function paginationOf(input: NonNullable<ContractInput['pagination']>): Pagination {
  const { pagination } = contractSchema.parse({ pagination: input });
  if (pagination === undefined) throw new Error('no pagination');
  return pagination;
}

function fetchPage(pagination: Pagination, url: string, sample: unknown, answerOf = pagesOf(pagination, sample)): Page {
  const request: WholeRequest = {
    method: 'GET',
    url,
    headers: [['Host', '127.0.0.1:4000']],
    trailers: [],
    body: Buffer.alloc(0),
    matched: null,
    idempotencyKey: null,
  };
  const answer = answerOf(request);
  expect(answer.status).toBe(200);
  const body: unknown = JSON.parse(answer.body.toString());
  const items = getPointer(body, pagination.items);
  return { body, link: headerOf(answer.headers, 'link') ?? null, items: Array.isArray(items) ? items : [] };
}

/** Follows the list as its documentation says; null: there is no next page. */
type Follow = (page: Page, pageNumber: number, itemsSoFar: number) => string | null;

function walk(pagination: Pagination, first: string, follow: Follow, sample: unknown = {}) {
  const answerOf = pagesOf(pagination, sample);
  const urls: string[] = [];
  const ids: unknown[] = [];
  for (let url: string | null = first; url !== null && urls.length < 100; ) {
    urls.push(url);
    const page = fetchPage(pagination, url.replace('http://127.0.0.1:4000', ''), sample, answerOf);
    ids.push(...page.items.map((item) => getPointer(item, pagination.id)));
    url = follow(page, urls.length, ids.length);
  }
  const runs = [
    workload(
      'list',
      urls.map((url) => get(url, { operation: 'list' })),
    ),
  ];
  const verdict = check.judge(
    { 'client.list': { operation: 'list', runs } },
    contractSchema.parse({ pagination: { ...pagination } }),
  );
  return { urls, ids, verdict };
}

const at = (page: Page, pointer: string) => getPointer(page.body, pointer);
const nextLink = (page: Page) => /<([^>]+)>; rel="next"/.exec(page.link ?? '')?.[1] ?? null;
const shared = { maximum: 10, limitParameter: 'limit' } as const;
const sample = { data: [{ id: 'prd_a1b2c3', name: 'A card' }], total: 7 };

const LISTS: Record<string, { pagination: NonNullable<ContractInput['pagination']>; first?: string; follow: Follow }> =
  {
    'cursor, null at the end': {
      pagination: { ...shared, style: 'cursor', items: '/data', next: '/meta/next', end: 'null-next' },
      follow: (page) => {
        const next = at(page, '/meta/next');
        return next === null ? null : `/v1/things?limit=10&cursor=${next}`;
      },
    },
    'cursor, an empty page at the end': {
      pagination: {
        ...shared,
        style: 'cursor',
        items: '/data',
        next: '/next',
        cursorParameter: 'after',
        end: 'empty-page',
      },
      follow: (page) => (page.items.length === 0 ? null : `/v1/things?limit=10&after=${at(page, '/next')}`),
    },
    'the last id is the cursor, has_more': {
      pagination: { ...shared, style: 'cursor', items: '/data', cursorParameter: 'starting_after', end: 'has-more' },
      follow: (page) =>
        at(page, '/has_more') === true
          ? `/v1/things?limit=10&starting_after=${getPointer(page.items.at(-1), '/id')}`
          : null,
    },
    'page numbers, a short page at the end': {
      pagination: { ...shared, style: 'page', items: '/data', end: 'short-page' },
      follow: (page, number) => (page.items.length < 10 ? null : `/v1/things?limit=10&page=${number + 1}`),
    },
    'page numbers from 0': {
      pagination: { ...shared, style: 'page', items: '/data', firstPage: 0, end: 'short-page' },
      first: '/v1/things?limit=10&page=0',
      follow: (page, number) => (page.items.length < 10 ? null : `/v1/things?limit=10&page=${number}`),
    },
    'page numbers, the number of pages is told': {
      pagination: { ...shared, style: 'page', items: '/data', pages: '/page/total', end: 'last-page' },
      follow: (page, number) =>
        number < Number(at(page, '/page/total')) ? `/v1/things?limit=10&page=${number + 1}` : null,
    },
    'page numbers, the next URL is told, and no maximum': {
      pagination: {
        style: 'page',
        limitParameter: 'limit',
        default: 10,
        items: '/data',
        next: '/nextUrl',
        end: 'null-next',
      },
      first: '/v1/things?limit=25',
      follow: (page) => at(page, '/nextUrl') as string | null,
    },
    'offset, an empty page at the end': {
      pagination: { ...shared, style: 'offset', items: '/data', end: 'empty-page' },
      follow: (page, _number, soFar) => (page.items.length === 0 ? null : `/v1/things?limit=10&offset=${soFar}`),
    },
    'next URL': {
      pagination: { ...shared, style: 'next-url', items: '/data', next: '/links/next', end: 'null-next' },
      follow: (page) => at(page, '/links/next') as string | null,
    },
    'Link header, a list at the top': {
      pagination: { ...shared, style: 'link-header', items: '', end: 'no-link' },
      follow: nextLink,
    },
  };

describe('a list in pages', () => {
  it.each(Object.entries(LISTS))('%s: followed to its end, every item comes once', (_name, list) => {
    const pagination = paginationOf(list.pagination);
    const { ids, urls, verdict } = walk(pagination, list.first ?? '/v1/things?limit=10', list.follow, sample);
    expect(ids).toHaveLength(itemsOffered(pagination, list.first ?? '/v1/things?limit=10'));
    expect(new Set(ids).size).toBe(ids.length);
    expect(urls.length).toBeGreaterThanOrEqual(4);
    expect({ outcome: verdict.outcome, because: verdict.because }).toMatchObject({ outcome: 'pass' });
  });

  it.each(Object.entries(LISTS))('%s: one page is not the end', (_name, list) => {
    const pagination = paginationOf(list.pagination);
    const { verdict } = walk(pagination, list.first ?? '/v1/things?limit=10', () => null);
    expect(verdict).toMatchObject({ outcome: 'fail', code: 'stopped-early' });
  });

  it('gives no more than the maximum, and its usual size to those who do not ask', () => {
    const pagination = paginationOf({ ...shared, style: 'offset', items: '/data', default: 4, end: 'short-page' });
    expect(fetchPage(pagination, '/v1/things?limit=500', {}).items).toHaveLength(10);
    expect(fetchPage(pagination, '/v1/things', {}).items).toHaveLength(4);
    expect(fetchPage(pagination, '/v1/things?limit=0', {}).items).toHaveLength(1);
  });

  it('keeps the shape of the sample, and its kind of id', () => {
    const pagination = paginationOf({ ...shared, style: 'offset', items: '/data', end: 'short-page' });
    const page = fetchPage(pagination, '/v1/things?limit=2', sample);
    expect(page.body).toMatchObject({ total: 7, data: [{ name: 'A card' }, { name: 'A card' }] });
    expect(getPointer(page.body, '/data/0/id')).toMatch(/^prd_\d+$/);
    expect(getPointer(fetchPage(pagination, '/x', { data: [{ id: 4 }] }).body, '/data/0/id')).toBeTypeOf('number');
  });

  it('refuses a cursor that is none of its own', () => {
    const pagination = paginationOf({ ...shared, style: 'cursor', items: '/data', end: 'null-next' });
    const request = { url: '/v1/things?cursor=zzz', headers: [] } as unknown as WholeRequest;
    expect(pagesOf(pagination, {})(request).status).toBe(400);
  });
});
