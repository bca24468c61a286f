import { isDeepStrictEqual } from 'node:util';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { withoutWalk } from '../shared/pages.js';

export default defineCheck({
  id: 'pages-without-overlap',
  kind: 'endpoint',
  topic: 'Paging and batches',
  severity: 'minor',
  title: 'No item comes twice on a walk through the pages',
  why: 'What comes twice is imported, paid or mailed twice, and where pages overlap they may also leave gaps.',
  fix: 'Make your import skip ids that it has seen; tell the provider.',
  refs: ['https://google.aip.dev/158'],
  needs: ['endpoint.pages'],

  judge({ 'endpoint.pages': pages }) {
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
