import { isDeepStrictEqual } from 'node:util';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { lostItems, withoutWalk } from '../shared/pages.js';

export default defineCheck({
  id: 'pages-without-overlap',
  kind: 'endpoint',
  topic: 'Paging and batches',
  severity: 'minor',
  title: 'A walk through the pages shows each item once',
  why: 'An item that comes twice is imported, paid or mailed twice; an item between two pages is never seen.',
  fix: 'Make your import skip ids that it has seen, and compare totals where pages leave gaps; tell the provider.',
  refs: ['https://google.aip.dev/158'],
  needs: ['endpoint.pages'],

  judge({ 'endpoint.pages': pages }) {
    const lost = lostItems(pages);
    if (lost?.isEnd === false && !lost.isSure)
      return inconclusive(
        'moved',
        `Item ${lost.ids[0]} was listed and did not come on the walk, but the list changed during the walk (other users of the account?), which moves items from page to page.`,
        lost.calls,
      );
    if (lost?.isEnd === false)
      return fail(
        'gap',
        `Item ${lost.ids[0]}, which one page lists before and after the walk, is on none of its ${plural(pages.walk.length, 'page')}.`,
        lost.calls,
        { expected: 'each item once', measured: plural(lost.ids.length, 'lost item') },
      );
    const nothing = withoutWalk(pages);
    if (nothing !== null) return nothing;
    const { walk, again } = pages;
    const calls = walk.map((page) => page.call);
    const placed = walk.flatMap((page, at) => (page.ids ?? []).map((id) => ({ id, at })));
    if (placed.some(({ id }) => id === null))
      return inconclusive('unnamed', 'Items have no id to compare (contract.pagination.id).', calls.slice(0, 1));
    const first = new Map<string | null, number>();
    for (const { id, at } of placed) {
      const before = first.get(id);
      first.set(id, before ?? at);
      if (before === undefined) continue;
      const shown = [walk[before], walk[at]].flatMap((page) => (page === undefined ? [] : [page.call]));
      const unique = [...new Set(shown)];
      if (again === null || !isDeepStrictEqual(again.ids, walk[0]?.ids))
        return inconclusive(
          'moved',
          `Item ${id} came twice, but the list changed during the walk (other users of the account?), which moves items from page to page.`,
          unique,
        );
      return fail('overlap', `Item ${id} is on page ${before + 1} and again on page ${at + 1}.`, unique, {
        expected: 'each item once',
        measured: `${plural(placed.length - new Set(placed.map((one) => one.id)).size, 'repeated item')}`,
      });
    }
    if (walk.filter((page) => page.ids?.length !== 0).length < 2)
      return inconclusive('one-page', 'All items came on one page, so none could come on two.', calls);
    return pass(
      'distinct',
      `${plural(placed.length, 'item')} on ${plural(walk.length, 'page')}, each of them once.`,
      calls,
    );
  },
});
