import { isDeepStrictEqual } from 'node:util';
import { isSuccess } from '../../evidence/exchange.js';
import type { PageFacts, PagesEvidence } from '../../evidence/map.js';
import { isLack, without } from '../../evidence/unlock.js';
import type { Fill } from '../call.js';
import { defineProbe, type ProbeContext } from '../define.js';
import { type Page, type Pagination, type Place, readPage } from '../paging.js';
import { STATE } from '../writing.js';

const SMALL_PAGE = 2;
const MOST_PAGES = 20;
/** A collection that fits into one page is walked again in about so many. */
const PARTS = 3;
const FEWEST_ITEMS = 4;

/** In one probe, because each of its calls tells something about the others; alone, so that nothing of ours moves the list. */
export default defineProbe({
  key: 'endpoint.pages',
  says: 'walking through a list page by page',
  after: ['endpoint.authenticated'],
  settings: ['contract.pagination'],
  alone: true,
  calls(api) {
    const { pagination } = api.contract;
    if (api.endpoint.mock) return STATE;
    if (pagination === undefined) return without('contract.pagination');
    const list = api.call(pagination.operation);
    if (isLack(list)) return list;
    const isSized = pagination.limitParameter !== undefined;
    return {
      ...(isSized && pagination.maximum !== undefined ? { over: { ...list, expected: [] } } : {}),
      ...(isSized ? { small: list } : {}),
      page: list,
      next: { ...list, times: MOST_PAGES - 1, when: 'there is a next page' },
      ...(isSized ? { part: { ...list, times: PARTS + 2, when: 'all fits into one page' } } : {}),
      again: { ...list, times: 2, when: 'an item came twice or not at all, or the list ended too early' },
    };
  },
  async run(context) {
    const { pagination } = context.api.contract;
    if (pagination === undefined) throw new Error('unreachable: without pagination nothing is planned');
    const isSized = pagination.limitParameter !== undefined;
    const one = async (label: string, asked: number | null, suffix = '') =>
      (await readPage(context, pagination, label, startOf(pagination, asked), { ...firstFill(pagination), suffix }))
        .facts;
    const over = isSized && pagination.maximum !== undefined ? await one('over', pagination.maximum + 1) : null;
    const small = isSized ? await one('small', SMALL_PAGE) : null;
    const size = isSized ? (pagination.maximum ?? null) : null;
    let walked = await walk(context, pagination, size, 'page', 'next', MOST_PAGES);
    // The end may be an empty page after the only one.
    const [whole, ...others] = walked.walk.filter((page) => (page.ids?.length ?? 0) > 0);
    const items = others.length === 0 ? (whole?.ids?.length ?? 0) : 0;
    if (isSized && walked.stopped === 'end' && items >= FEWEST_ITEMS)
      walked = await walk(context, pagination, Math.ceil(items / PARTS), 'part', 'part', PARTS + 2);
    // Items that arrive during a walk push others onto the next page: then the first page has changed.
    const again = hasTwice(walked.walk) ? await one('again', walked.walk[0]?.asked ?? null) : null;
    const isMore = again === null && items > 0 && whole !== undefined && known(walked.walk) > items;
    // Still the same page: nothing arrived, and yet it was not all.
    const same = isMore ? await one('again', whole.asked) : null;
    const endsEarly = isDeepStrictEqual(same?.ids, whole?.ids) ? same : null;
    const listed = walked.stopped === 'end' ? fullest([whole ?? null, over, small], walked.walk) : null;
    // Still there after the walk: nobody took away what it did not show.
    const lost = listed === null ? null : { listed, again: await one('again', listed.asked, 'lost') };
    return { small, over, ...walked, again, endsEarly, lost };
  },
});

function startOf(pagination: Pagination, asked: number | null): Place {
  return { page: pagination.firstPage, offset: 0, asked };
}

function firstFill({ style, pageParameter, firstPage }: Pagination): Pick<Fill, 'query'> {
  return style === 'page' ? { query: { [pageParameter ?? '']: String(firstPage) } } : {};
}

async function walk(
  context: ProbeContext,
  pagination: Pagination,
  asked: number | null,
  first: string,
  further: string,
  most: number,
): Promise<Pick<PagesEvidence, 'walk' | 'stopped'>> {
  const pages: PageFacts[] = [];
  const steps = new Set<string>();
  const seen = new Set<string | null>();
  let place = startOf(pagination, asked);
  let fill: Pick<Fill, 'query' | 'target'> = firstFill(pagination);
  for (;;) {
    const label = pages.length === 0 ? first : further;
    const { facts, next }: Page = await readPage(context, pagination, label, place, {
      ...fill,
      suffix: String(pages.length + 1),
    });
    pages.push(facts);
    const stop = (stopped: PagesEvidence['stopped']) => ({ walk: pages, stopped });
    if (!isSuccess(facts.call) || facts.ids === null) return stop('unreadable');
    if (facts.more === false) return stop('end');
    if (next === null) return stop('no-next');
    if (next === 'elsewhere') return stop('elsewhere');
    const step = JSON.stringify([next.query, next.target?.href]);
    const isOld = facts.ids.length > 0 && facts.ids.every((id) => id !== null && seen.has(id));
    if (steps.has(step) || isOld) return stop('loop');
    if (pages.length >= most) return stop('bound');
    steps.add(step);
    for (const id of facts.ids) seen.add(id);
    place = { page: place.page + 1, offset: place.offset + facts.ids.length, asked };
    fill = next;
  }
}

/** Of some pages, the one with the most items that a walk did not show; null: it showed them all. */
function fullest(pages: readonly (PageFacts | null)[], walk: readonly PageFacts[]): PageFacts | null {
  const shown = new Set(walk.flatMap((page) => page.ids ?? []));
  const missing = (page: PageFacts) => (page.ids ?? []).filter((id) => id !== null && !shown.has(id)).length;
  const [first] = pages
    .filter((page) => page !== null)
    .filter((page) => missing(page) > 0)
    .toSorted((one, other) => missing(other) - missing(one));
  return first ?? null;
}

function known(pages: readonly PageFacts[]): number {
  return new Set(pages.flatMap((page) => page.ids ?? [])).size;
}

function hasTwice(pages: readonly PageFacts[]): boolean {
  const ids = pages.flatMap((page) => page.ids ?? []).filter((id) => id !== null);
  return new Set(ids).size < ids.length;
}
