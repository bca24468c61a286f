// Walks in every paging style and with every end rule, against small servers.
import { describe, expect, it } from 'vitest';
import type { ConfigInput, ContractInput } from '../../src/config/schema.js';
import { runConfig, verdicts } from '../helpers/in-process.js';
import { itemsOf, type ListAnswer, type ListRequest, startList } from '../helpers/lists.js';

const CHECKS = ['honours-page-limit', 'caps-page-size', 'pages-without-overlap', 'ends-pagination'];
const MAXIMUM = 20;
const ITEMS = itemsOf(50);
const ALL_PASS = {
  'honours-page-limit': 'pass honoured',
  'caps-page-size': 'pass clamped',
  'pages-without-overlap': 'pass distinct',
  'ends-pagination': 'pass ended',
};

async function judged(
  pagination: NonNullable<ContractInput['pagination']>,
  answer: (request: ListRequest) => ListAnswer,
) {
  const { url, seen } = await startList(answer);
  const config: ConfigInput = {
    extends: 'none',
    contract: { auth: { headers: [{ name: 'X-Key' }] }, pagination },
    endpoint: { url, key: '${KEY}', operations: { read: { path: '/ping' }, list: { path: '/items?sort=id' } } },
  };
  const { report, evidence } = await runConfig(config, { only: CHECKS, environment: { KEY: 'key-of-the-lists' } });
  return { verdicts: verdicts(report), report, evidence, seen };
}

const base = { limitParameter: 'limit', maximum: MAXIMUM, items: '/data' } as const;
const limitOf = (query: URLSearchParams) => Math.min(MAXIMUM, Number(query.get('limit') ?? 10));
const pageAt = (query: URLSearchParams, start: number) => ITEMS.slice(start, start + limitOf(query));
const hasAfter = (query: URLSearchParams, start: number) => start + limitOf(query) < ITEMS.length;
const numberIn = (query: URLSearchParams, name: string, otherwise: number) => Number(query.get(name) ?? otherwise);

describe('walks that end as declared', () => {
  it('cursor, null-next', async () => {
    const { verdicts, seen } = await judged(
      { ...base, style: 'cursor', cursorParameter: 'after', next: '/next', end: 'null-next' },
      ({ query }) => {
        const start = numberIn(query, 'after', 0);
        const next = hasAfter(query, start) ? start + limitOf(query) : null;
        return { body: { data: pageAt(query, start), next } };
      },
    );
    expect(verdicts).toEqual(ALL_PASS);
    expect(seen.every((search) => search.includes('sort=id'))).toBe(true);
  });

  it('cursor after the last id, has-more', async () => {
    const { verdicts } = await judged(
      { ...base, style: 'cursor', cursorParameter: 'starting_after', end: 'has-more', hasMore: '/has_more' },
      ({ query }) => {
        const start = numberIn(query, 'starting_after', 0);
        return { body: { data: pageAt(query, start), has_more: hasAfter(query, start) } };
      },
    );
    expect(verdicts).toEqual(ALL_PASS);
  });

  it.each([
    ['has_more', (more: boolean) => ({ has_more: more })],
    ['hasMore', (more: boolean) => ({ hasMore: more })],
  ])('has-more without the name of the member: %s is usual', async (_, told) => {
    const { verdicts, seen } = await judged(
      { ...base, style: 'cursor', cursorParameter: 'starting_after', end: 'has-more' },
      ({ query }) => {
        const start = numberIn(query, 'starting_after', 0);
        return { body: { data: pageAt(query, start), ...told(hasAfter(query, start)) } };
      },
    );
    expect(verdicts).toEqual(ALL_PASS);
    expect(seen.filter((search) => search.includes('starting_after')).length).toBeGreaterThan(1);
  });

  it('has-more that no page says, under no usual name, is no end', async () => {
    const { verdicts } = await judged(
      { ...base, style: 'cursor', cursorParameter: 'starting_after', end: 'has-more' },
      ({ query }) => ({ body: { data: pageAt(query, numberIn(query, 'starting_after', 0)) } }),
    );
    expect(verdicts).toMatchObject({ 'ends-pagination': 'fail no-next' });
  });

  it('cursor that is there on the last page too, empty-page', async () => {
    const { verdicts } = await judged(
      { ...base, style: 'cursor', cursorParameter: 'after', next: '/after', end: 'empty-page' },
      ({ query }) => {
        const data = pageAt(query, numberIn(query, 'after', 0));
        return { body: { data, after: data.at(-1)?.id ?? query.get('after') } };
      },
    );
    expect(verdicts).toEqual(ALL_PASS);
  });

  it('page, next URL null', async () => {
    const { verdicts } = await judged(
      { ...base, style: 'page', pageParameter: 'page', next: '/nextUrl', end: 'null-next' },
      ({ query }) => {
        const start = (numberIn(query, 'page', 1) - 1) * limitOf(query);
        return { body: { data: pageAt(query, start), nextUrl: hasAfter(query, start) ? '/somewhere' : null } };
      },
    );
    expect(verdicts).toEqual(ALL_PASS);
  });

  it('page from zero, last-page', async () => {
    const { verdicts } = await judged(
      { ...base, style: 'page', pageParameter: 'page', firstPage: 0, end: 'last-page', pages: '/meta/pages' },
      ({ query }) => {
        const pages = Math.ceil(ITEMS.length / limitOf(query));
        return { body: { data: pageAt(query, numberIn(query, 'page', 0) * limitOf(query)), meta: { pages } } };
      },
    );
    expect(verdicts).toEqual(ALL_PASS);
  });

  it('offset, short-page', async () => {
    const { verdicts } = await judged(
      { ...base, style: 'offset', offsetParameter: 'offset', end: 'short-page' },
      ({ query }) => ({ body: { data: pageAt(query, numberIn(query, 'offset', 0)) } }),
    );
    expect(verdicts).toEqual(ALL_PASS);
  });

  it.each(['relative', 'absolute'])('%s next-url, null-next', async (form) => {
    const { verdicts } = await judged(
      { ...base, style: 'next-url', next: '/links/next', end: 'null-next' },
      ({ query, origin }) => {
        const start = numberIn(query, 'from', 0);
        const next = `/items?from=${start + limitOf(query)}&limit=${limitOf(query)}&sort=id`;
        const url = form === 'relative' ? next : `${origin}${next}`;
        return { body: { data: pageAt(query, start), links: { next: hasAfter(query, start) ? url : null } } };
      },
    );
    expect(verdicts).toEqual(ALL_PASS);
  });

  it('Link on several lines', async () => {
    const { verdicts } = await judged({ ...base, items: '', style: 'link-header', end: 'no-link' }, ({ query }) => {
      const start = numberIn(query, 'from', 0);
      const next = `</items?from=${start + limitOf(query)}&limit=${limitOf(query)}>; rel="next"`;
      const first = '</items?from=0>; rel="first"';
      return { headers: { Link: hasAfter(query, start) ? [first, next] : [first] }, body: pageAt(query, start) };
    });
    expect(verdicts).toEqual(ALL_PASS);
  });

  it('link-header, no-link', async () => {
    const { verdicts } = await judged(
      { ...base, items: '', style: 'link-header', end: 'no-link' },
      ({ query, origin }) => {
        const start = numberIn(query, 'from', 0);
        const next = `<${origin}/items?from=${start + limitOf(query)}&limit=${limitOf(query)}>; rel="next"`;
        const last = '</items?from=40>; rel="last"';
        const headers = { Link: hasAfter(query, start) ? `${last}, ${next}` : last };
        return { headers, body: pageAt(query, start) };
      },
    );
    expect(verdicts).toEqual(ALL_PASS);
  });
});

describe('walks that go wrong', () => {
  const cursor = { ...base, style: 'cursor', cursorParameter: 'after', next: '/next', end: 'null-next' } as const;

  it('the page parameter is ignored', async () => {
    const { verdicts } = await judged(
      { ...base, style: 'page', pageParameter: 'page', end: 'empty-page' },
      ({ query }) => ({ body: { data: pageAt(query, 0) } }),
    );
    expect(verdicts).toMatchObject({
      'pages-without-overlap': 'fail overlap',
      'ends-pagination': 'fail loops',
    });
  });

  it('empty pages for ever', async () => {
    const { verdicts } = await judged(cursor, ({ query }) => {
      const start = numberIn(query, 'after', 0);
      return { body: { data: pageAt(query, start), next: start + limitOf(query) } };
    });
    expect(verdicts).toMatchObject({ 'pages-without-overlap': 'pass distinct', 'ends-pagination': 'fail endless' });
  });

  it('more is promised, but no way is named', async () => {
    const { verdicts } = await judged(
      { ...base, style: 'cursor', cursorParameter: 'after', next: '/next', end: 'has-more', hasMore: '/has_more' },
      ({ query }) => ({ body: { data: pageAt(query, 0), has_more: true } }),
    );
    expect(verdicts['ends-pagination']).toBe('fail no-next');
  });

  it('the key is not sent to another origin', async () => {
    const other = await startList(() => ({ body: {} }));
    const { verdicts } = await judged({ ...cursor, style: 'next-url' }, ({ query }) => ({
      body: { data: pageAt(query, 0), next: `${other.url}/items?from=20` },
    }));
    expect(verdicts['ends-pagination']).toBe('inconclusive elsewhere');
    expect(other.seen).toEqual([]);
  });

  it('a later page breaks', async () => {
    const { verdicts } = await judged(cursor, ({ query }) =>
      query.has('after') ? { status: 500, body: {} } : { body: { data: pageAt(query, 0), next: 20 } },
    );
    expect(verdicts['ends-pagination']).toBe('fail breaks-off');
  });

  it('a list with a thousand pages is left after the bound', async () => {
    const { verdicts, seen } = await judged(cursor, ({ query }) => {
      const start = numberIn(query, 'after', 0);
      const data = Array.from({ length: limitOf(query) }, (_, at) => ({ id: start + at }));
      return { body: { data, next: start + data.length } };
    });
    expect(verdicts).toMatchObject({
      'pages-without-overlap': 'pass distinct',
      'ends-pagination': 'inconclusive longer',
    });
    expect(seen.length).toBeLessThan(30);
  });
});

describe('lists that move or are small', () => {
  it('an item that arrives at the front during the walk is no overlap', async () => {
    let arrived = 0;
    const { verdicts } = await judged(
      { ...base, style: 'offset', offsetParameter: 'offset', end: 'short-page' },
      ({ query }) => {
        if (query.get('offset') === '20') arrived = 1;
        const all = [...itemsOf(arrived).map((one) => ({ ...one, id: -1 })), ...ITEMS];
        const start = numberIn(query, 'offset', 0);
        return { body: { data: all.slice(start, start + limitOf(query)) } };
      },
    );
    expect(verdicts).toMatchObject({ 'pages-without-overlap': 'inconclusive moved', 'ends-pagination': 'pass ended' });
  });

  it.each([
    [0, 'inconclusive too-small', 'inconclusive too-small'],
    [1, 'inconclusive too-small', 'inconclusive too-small'],
    [3, 'pass honoured', 'inconclusive too-small'],
    [9, 'pass honoured', 'pass ended'],
  ])('%i items', async (amount, limit, ended) => {
    const few = ITEMS.slice(0, amount);
    const { verdicts } = await judged(
      { ...base, style: 'page', pageParameter: 'page', end: 'short-page' },
      ({ query }) => {
        const start = (numberIn(query, 'page', 1) - 1) * limitOf(query);
        return { body: { data: few.slice(start, start + limitOf(query)) } };
      },
    );
    expect(verdicts).toMatchObject({
      'honours-page-limit': limit,
      'caps-page-size': 'inconclusive too-small',
      'pages-without-overlap': ended === 'pass ended' ? 'pass distinct' : ended,
      'ends-pagination': ended,
    });
  });
});

it('a page larger than what is kept of an answer is read as a whole', async () => {
  const { evidence } = await judged(
    { ...base, style: 'offset', offsetParameter: 'offset', end: 'short-page' },
    ({ query }) => ({ body: { data: pageAt(query, numberIn(query, 'offset', 0)) } }),
  );
  const pages = evidence.exchanges.filter((one) => one.id.startsWith('pages.page'));
  expect(pages.map((one) => one.response?.body.truncated)).toEqual([true]);
});

describe('a list of one page', () => {
  it('is walked again in parts also where an empty page ends it', async () => {
    const few = ITEMS.slice(0, 6);
    const { verdicts } = await judged(
      { ...base, style: 'offset', offsetParameter: 'offset', end: 'empty-page' },
      ({ query }) => {
        const start = numberIn(query, 'offset', 0);
        // Parts begin one item too early.
        const from = start === 0 || start >= few.length ? start : start - 1;
        return { body: { data: few.slice(from, from + limitOf(query)) } };
      },
    );
    expect(verdicts['pages-without-overlap']).toBe('fail overlap');
  });

  it('that is cut before the documented maximum ends too early by the rule of the short page', async () => {
    const { verdicts } = await judged(
      { ...base, style: 'offset', offsetParameter: 'offset', end: 'short-page' },
      ({ query }) => {
        const start = numberIn(query, 'offset', 0);
        return { body: { data: ITEMS.slice(0, 7).slice(start, start + Math.min(5, limitOf(query))) } };
      },
    );
    expect(verdicts['ends-pagination']).toBe('fail ends-early');
  });

  it('has ids that are longer than a number holds', async () => {
    const { url } = await startList(({ query }) => {
      const start = numberIn(query, 'offset', 0);
      const ids = Array.from({ length: 8 }, (_, at) => `{"id":${9_007_199_254_740_993_000n + BigInt(at)}}`);
      return { text: `{"data":[${ids.slice(start, start + limitOf(query)).join()}]}`, body: null };
    });
    const config: ConfigInput = {
      extends: 'none',
      contract: {
        auth: { headers: [{ name: 'X-Key' }] },
        pagination: { ...base, style: 'offset', offsetParameter: 'offset', end: 'empty-page' },
      },
      endpoint: { url, key: '${KEY}', operations: { read: { path: '/ping' }, list: { path: '/items' } } },
    };
    const { report } = await runConfig(config, { only: CHECKS, environment: { KEY: 'key-of-the-lists' } });
    expect(report.checks.find((one) => one.id === 'pages-without-overlap')?.code).toBe('distinct');
  });
});
