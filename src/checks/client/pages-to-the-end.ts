import { itemsOffered, type PageAsked, type Pagination, pageAsked } from '../../evidence/paging.js';
import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { type Call, callsTo, isAnswered, shown, withoutWorkload } from '../shared/workloads.js';
import type { Verdict } from '../verdict.js';

interface Page extends PageAsked {
  call: Call;
}

/** The pages of one list, in the order of their items. Null: all is well. */
function judgeWalk(
  pages: readonly Page[],
  total: number,
  pagination: Pagination,
  at: readonly string[],
): Verdict | null {
  let reached = 0;
  for (const { call, from, served } of pages) {
    if (from === null) continue;
    // Past the end there is nothing to read twice or to miss.
    if (from >= total) break;
    if (from < reached)
      return fail('twice', `Items ${from + 1} to ${Math.min(reached, from + served)} are read twice.`, [call.id], {
        expected: 'each page once',
        measured: 'one page twice',
      });
    if (from > reached)
      return fail('skipped', `Items ${reached + 1} to ${from} are never read.`, [call.id], {
        expected: `item ${reached + 1} next`,
        measured: `item ${from + 1} next`,
      });
    reached = Math.min(total, from + served);
  }
  if (reached < total)
    return fail('stopped-early', `It stops after ${plural(pages.length, 'page')}: ${reached} of ${total} items.`, at, {
      expected: `${total} items`,
      measured: `${reached} items`,
    });
  if (pagination.end === 'empty-page' && !pages.some(({ from }) => from !== null && from >= total))
    return fail('before-the-end', 'It stops before the empty page, which alone marks the end of the list.', at, {
      expected: 'an empty page',
      measured: 'a short page taken for the end',
    });
  return null;
}

export default defineCheck({
  id: 'pages-to-the-end',
  kind: 'client',
  topic: 'Paging and batches',
  severity: 'major',
  title: 'It reads a list to its end, and no page twice',
  why: 'A list that is read in part looks complete: what is on the later pages is missing without any error.',
  fix: "Follow the pages until the provider's documented sign of the end, by its own cursor or link.",
  refs: ['https://google.aip.dev/158'],
  promises: ['contract.pagination'],
  needs: ['client.list'],

  judge({ 'client.list': { runs, operation } }, contract) {
    const { pagination } = contract;
    if (pagination === undefined) return notApplicable('unset', 'Applies with contract.pagination.');
    const unable = withoutWorkload(runs);
    if (unable !== null) return unable;
    const calls = callsTo(runs, operation);
    if (calls.length === 0)
      return inconclusive('not-listed', `The workload never called endpoint.operations.${operation}.`);
    const asked = calls.map((call) => ({ call, ...pageAsked(pagination, call.request.url) }));
    const at = shown(calls);
    // The same list under another filter is another list.
    const firsts = new Map<string, string>();
    for (const { list, call } of asked) if (!firsts.has(list)) firsts.set(list, call.request.url);
    let read = 0;
    for (const [list, firstUrl] of firsts) {
      const pages = asked
        .filter((page) => page.list === list && isAnswered(page.call))
        .toSorted((a, b) => (a.from ?? 0) - (b.from ?? 0));
      const total = itemsOffered(pagination, firstUrl);
      const wrong = judgeWalk(pages, total, pagination, at);
      if (wrong !== null) return wrong;
      read += total;
    }
    const lists = firsts.size > 1 ? ` of ${plural(firsts.size, 'list')}` : '';
    return pass('complete', `All ${read} items in ${plural(asked.length, 'page')}${lists}, none twice.`, at);
  },
});
