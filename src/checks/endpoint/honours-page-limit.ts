import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { callOf, plural } from '../shared/answers.js';
import { itemsKnown, unreadable } from '../shared/pages.js';

export default defineCheck({
  id: 'honours-page-limit',
  kind: 'endpoint',
  topic: 'Paging and batches',
  severity: 'minor',
  title: 'A page has no more items than were asked for',
  why: 'Code that plans its memory and time on a page size is surprised by pages of another size.',
  fix: 'Check the name of the parameter (contract.pagination.limitParameter), and never rely on the size of a page.',
  refs: ['https://google.aip.dev/158'],
  promises: ['contract.pagination.limitParameter'],
  needs: ['endpoint.pages'],

  judge({ 'endpoint.pages': pages }) {
    const { small } = pages;
    if (small === null) return notApplicable('unset', 'Applies with contract.pagination.limitParameter.');
    const broken = unreadable(small);
    if (broken !== null) return broken;
    const [got, asked] = [small.ids?.length ?? 0, small.asked ?? 0];
    if (got > asked)
      return fail('ignored', `${callOf(small.call)} was asked for ${asked} items and gave ${got}.`, [small.call], {
        expected: `at most ${asked}`,
        measured: String(got),
      });
    if (got === 0 || (small.more !== true && itemsKnown(pages) <= got))
      return inconclusive(
        'too-small',
        `${callOf(small.call)} was asked for ${asked} items and gave ${plural(got, 'item')}, so the page limited nothing.`,
        [small.call],
      );
    return pass(
      'honoured',
      `${callOf(small.call)} was asked for ${asked} items and gave ${got}, though there are more.`,
      [small.call],
    );
  },
});
