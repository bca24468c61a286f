import check from '../../../src/checks/client/pages-to-the-end.js';
import type { LaneRun } from '../../../src/evidence/run.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import type { AttemptInput, LaneInput } from '../../helpers/lane.js';
import { get, unableWorkload, workload } from '../../helpers/workloads.js';

// 100 a page at most: 350 items.
const cursor = {
  pagination: { style: 'cursor', maximum: 100, items: '/data', next: '/next', end: 'null-next' },
} as const;
const paged = (end: 'short-page' | 'empty-page', firstPage = 1) =>
  ({ pagination: { style: 'page', maximum: 100, items: '/data', end, firstPage } }) as const;
const offset = { pagination: { style: 'offset', maximum: 100, items: '/data', end: 'short-page' } } as const;

const evidence = (runs: readonly LaneRun[]) => ({ 'client.list': { operation: 'list', runs } });
const walk = (queries: readonly string[], call: AttemptInput = {}, more: LaneInput = {}) =>
  evidence([
    workload(
      'list',
      queries.map((query) => get(`/v1/things?${query}`, { operation: 'list', ...call })),
      more,
    ),
  ]);
const cursors = (...places: readonly number[]) =>
  walk(places.map((place) => `limit=100${place === 0 ? '' : `&cursor=cur${1_000_000 + place}`}`));
const pages = (...numbers: readonly number[]) => walk(numbers.map((number) => `limit=100&page=${number}`));

judgeCases(check, {
  ...unableWorkload(evidence, cursor),
  unset: [{ outcome: 'not-applicable', evidence: cursors(0) }],
  'not-listed': [
    { outcome: 'inconclusive', evidence: evidence([workload('list', [get('/v1/others')])]), contract: cursor },
  ],
  complete: [
    { outcome: 'pass', evidence: cursors(0, 100, 200, 300), contract: cursor, says: /All 350 items in 4 pages, none/ },
    { outcome: 'pass', evidence: pages(1, 2, 3, 4), contract: paged('short-page') },
    { outcome: 'pass', evidence: pages(0, 1, 2, 3), contract: paged('short-page', 0), name: 'counted from 0' },
    { outcome: 'pass', evidence: pages(4, 2, 3, 1), contract: paged('short-page'), name: 'asked for at once' },
    { outcome: 'pass', evidence: pages(1, 2, 3, 4, 5), contract: paged('empty-page') },
    {
      outcome: 'pass',
      evidence: walk([0, 100, 200, 300, 350].map((at) => `limit=100&offset=${at}`)),
      contract: { pagination: { ...offset.pagination, end: 'empty-page' } },
      name: 'the empty page asked for by the number of items that came',
    },
    {
      outcome: 'pass',
      evidence: walk([
        'limit=100',
        ...[100, 200, 300].map((at) => `limit=${at === 300 ? 50 : 100}&cursor=cur${1_000_000 + at}`),
      ]),
      contract: { pagination: { ...cursor.pagination, maximum: undefined } },
      says: /All 350 items/,
      name: 'as large as the first call asks, where no maximum is known',
    },
    {
      outcome: 'pass',
      evidence: walk(['limit=100', 'limit=100&offset=100', 'limit=100&offset=200', 'limit=100&offset=300']),
      contract: offset,
    },
    {
      outcome: 'pass',
      evidence: walk(Array.from({ length: 35 }, (_, at) => `limit=10&offset=${at * 10}`)),
      contract: offset,
      name: 'in small pages',
    },
    {
      outcome: 'pass',
      evidence: walk(Array.from({ length: 18 }, (_, at) => `cursor=${at === 0 ? '' : `cur${1_000_000 + at * 20}`}`)),
      contract: { pagination: { style: 'link-header', maximum: 100, items: '', end: 'no-link' } },
      name: 'in pages of the usual size',
    },
    {
      outcome: 'pass',
      evidence: walk(
        [0, 100, 200, 300].flatMap((at) => [`kind=a&limit=100&offset=${at}`, `offset=${at}&limit=100&kind=b`]),
      ),
      contract: offset,
      says: /All 700 items in 8 pages of 2 lists/,
      name: 'two lists under two filters',
    },
  ],
  twice: [
    { outcome: 'fail', evidence: cursors(0, 100, 100, 200, 300), contract: cursor, says: /101 to 200 are read twice/ },
    { outcome: 'fail', evidence: cursors(0, 0, 100, 200, 300), contract: cursor, name: 'from the start again' },
    {
      outcome: 'fail',
      evidence: walk(['limit=100', 'limit=100&offset=99', 'limit=100&offset=199', 'limit=100&offset=299']),
      contract: offset,
      says: /100 to 100/,
      name: 'off by one',
    },
  ],
  skipped: [
    {
      outcome: 'fail',
      evidence: walk(['limit=100', 'limit=100&offset=101', 'limit=100&offset=202', 'limit=100&offset=303']),
      contract: offset,
      says: /101 to 101 are never read/,
      figures: { expected: 'item 101 next', measured: 'item 102 next' },
    },
    { outcome: 'fail', evidence: pages(2, 3, 4), contract: paged('short-page'), says: /1 to 100 are never/ },
  ],
  'stopped-early': [
    { outcome: 'fail', evidence: cursors(0), contract: cursor, says: /1 page: 100 of 350/ },
    { outcome: 'fail', evidence: pages(1, 2, 3), contract: paged('short-page') },
    {
      outcome: 'fail',
      evidence: walk([...[0, 100, 200, 300].map((at) => `kind=a&limit=100&offset=${at}`), 'kind=b&limit=100']),
      contract: offset,
      name: 'the second of two lists',
    },
    {
      outcome: 'fail',
      evidence: walk(['limit=100&cursor=none'], { status: 400 }, { exitCode: 0 }),
      contract: cursor,
      name: 'no page was answered',
    },
  ],
  'before-the-end': [{ outcome: 'fail', evidence: pages(1, 2, 3, 4), contract: paged('empty-page') }],
});
