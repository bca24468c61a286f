import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { callOf, plural, seen } from '../shared/answers.js';
import { itemsKnown, lostItems, withoutWalk } from '../shared/pages.js';

const RULES = {
  'null-next': 'no next page named',
  'empty-page': 'an empty page',
  'has-more': 'has_more: false',
  'short-page': 'a page that is not full',
  'no-link': 'no Link to a next page',
  'last-page': 'the last of the pages that the answer counts',
} as const;
const EMPTY_PAGES_OF_AN_ENDLESS_WALK = 3;

export default defineCheck({
  id: 'ends-pagination',
  kind: 'endpoint',
  topic: 'Paging and batches',
  severity: 'minor',
  title: 'A walk through the pages ends as documented',
  why: 'A loop that never sees the end runs for ever; a loop that stops at the wrong sign loses data.',
  fix: "Set contract.pagination.end to the provider's rule, and give your own loop a bound besides.",
  refs: ['https://google.aip.dev/158', 'https://www.rfc-editor.org/rfc/rfc8288'],
  bounds: [`A walk that goes on after ${EMPTY_PAGES_OF_AN_ENDLESS_WALK} empty pages has no end.`],
  needs: ['endpoint.pages'],

  judge({ 'endpoint.pages': pages }, contract) {
    const lost = lostItems(pages);
    if (lost?.isEnd === true) {
      if (!lost.isSure)
        return inconclusive(
          'moved',
          `The walk ended without ${plural(lost.ids.length, 'item')} that had been listed, but the list changed during the walk (other users of the account?).`,
          lost.calls,
        );
      return fail(
        'ends-early',
        `The walk ended without ${plural(lost.ids.length, 'item')} that one page lists before and after it, e.g. ${lost.ids[0]}.`,
        lost.calls,
        {
          expected: plural(itemsKnown(pages), 'item'),
          measured: plural(itemsKnown(pages) - lost.ids.length, 'item'),
        },
      );
    }
    const nothing = withoutWalk(pages);
    if (nothing !== null) return nothing;
    const { walk, stopped, endsEarly } = pages;
    const calls = walk.map((page) => page.call);
    const ends = calls.slice(-2);
    const [last] = calls.slice(-1);
    const rule = RULES[contract.pagination?.end ?? 'null-next'];
    const walked = plural(walk.length, 'page');
    const isEmptied = walk.slice(-EMPTY_PAGES_OF_AN_ENDLESS_WALK).every((page) => page.ids?.length === 0);
    if (endsEarly != null)
      return fail(
        'ends-early',
        `${callOf(endsEarly.call)} was asked for ${endsEarly.asked ?? 'all'} items, gave ${endsEarly.ids?.length ?? 0}, and by the rule (${rule}) that was all; smaller pages show ${itemsKnown(pages)}.`,
        [endsEarly.call, ...calls],
        { expected: plural(itemsKnown(pages), 'item'), measured: plural(endsEarly.ids?.length ?? 0, 'item') },
      );
    switch (stopped) {
      case 'end':
        return pass('ended', `After ${walked} came ${rule}.`, calls);
      case 'loop':
        return fail('loops', `After ${walked} the walk came to where it had been, without ${rule}.`, ends, {
          expected: rule,
          measured: 'the same page again',
        });
      case 'no-next':
        return fail('no-next', `Page ${walk.length} does not end the list, but names no next page.`, ends, {
          expected: rule,
          measured: 'more items, but no way to them',
        });
      case 'unreadable':
        return fail(
          'breaks-off',
          `Page ${walk.length} (${last === undefined ? '' : callOf(last)}) was answered ${last === undefined ? 'nothing' : seen(last)} without a list.`,
          ends,
          {
            expected: rule,
            measured: last === undefined ? 'nothing' : seen(last),
          },
        );
      case 'elsewhere':
        return inconclusive(
          'elsewhere',
          `Page ${walk.length} names a next page on another origin; the key is not sent there.`,
          ends,
        );
      case 'bound':
        if (isEmptied)
          return fail(
            'endless',
            `${walked}, the last ${EMPTY_PAGES_OF_AN_ENDLESS_WALK} of them empty, and still another follows.`,
            ends,
            {
              expected: rule,
              measured: 'empty pages',
            },
          );
        return inconclusive(
          'longer',
          `After ${walked} more follow; a filter in endpoint.operations.${contract.pagination?.operation ?? 'list'}.query makes the walk shorter.`,
          ends,
        );
    }
  },
});
