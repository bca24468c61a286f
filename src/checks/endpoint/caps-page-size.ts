import { isClientError, isSuccess } from '../../evidence/exchange.js';
import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { callOf, plural, seen } from '../shared/answers.js';
import { itemsKnown, unreadable } from '../shared/pages.js';

export default defineCheck({
  id: 'caps-page-size',
  kind: 'endpoint',
  topic: 'Paging and batches',
  severity: 'minor',
  title: 'A page larger than the maximum is clamped or refused',
  why: 'Where the documented maximum does not hold, the fetch that works today times out on the data of tomorrow.',
  fix: 'Ask for the documented maximum at most (contract.pagination.maximum).',
  refs: ['https://google.aip.dev/158'],
  promises: ['contract.pagination.maximum', 'contract.pagination.limitParameter'],
  needs: ['endpoint.pages'],

  judge({ 'endpoint.pages': pages }, contract) {
    const { over } = pages;
    const maximum = contract.pagination?.maximum;
    if (over === null || maximum === undefined)
      return notApplicable('unset', 'Applies with contract.pagination.maximum and limitParameter.');
    const [control] = pages.walk;
    const noControl = control === undefined ? null : unreadable(control);
    if (noControl !== null) return noControl;
    const what = `${callOf(over.call)} was asked for ${over.asked} items, ${maximum} being the maximum`;
    if (isClientError(over.call)) return pass('refused', `${what}, and refused with ${seen(over.call)}.`, [over.call]);
    if (!isSuccess(over.call))
      return fail('other-answer', `${what}, and answered ${seen(over.call)}.`, [over.call], {
        expected: `at most ${maximum} items, or a 4xx`,
        measured: seen(over.call),
      });
    const broken = unreadable(over);
    if (broken !== null) return broken;
    const got = over.ids?.length ?? 0;
    if (got > maximum)
      return fail('uncapped', `${what}, and gave ${got}.`, [over.call], {
        expected: `at most ${maximum} items, or a 4xx`,
        measured: String(got),
      });
    if (got < maximum && over.more !== true && itemsKnown(pages) <= got)
      return inconclusive('too-small', `The list has ${plural(got, 'item')}, fewer than a page of ${maximum}.`, [
        over.call,
      ]);
    if (over.more !== true && itemsKnown(pages) <= got)
      return inconclusive('just-full', `The list has just ${got} items, so nothing shows whether more would fit.`, [
        over.call,
      ]);
    return pass('clamped', `${what}, and gave ${got}.`, [over.call]);
  },
});
