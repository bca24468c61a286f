import { pageAsked } from '../../evidence/paging.js';
import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { callsTo, shown, withoutWorkload } from '../shared/workloads.js';

export default defineCheck({
  id: 'requests-full-pages',
  kind: 'client',
  topic: 'Paging and batches',
  severity: 'minor',
  title: 'It asks for the largest page',
  why: 'Small pages multiply the calls, and calls are what the rate limit counts.',
  fix: 'Send the documented maximum as the page size with every call of the list.',
  refs: ['https://google.aip.dev/158'],
  promises: ['contract.pagination.maximum', 'contract.pagination.limitParameter'],
  needs: ['client.list'],

  judge({ 'client.list': { runs, operation } }, contract) {
    const { pagination } = contract;
    if (pagination?.maximum === undefined || pagination.limitParameter === undefined)
      return notApplicable('unset', 'Applies with contract.pagination.maximum and limitParameter.');
    const { maximum, limitParameter } = pagination;
    const unable = withoutWorkload(runs);
    if (unable !== null) return unable;
    const calls = callsTo(runs, operation);
    if (calls.length === 0)
      return inconclusive('not-listed', `The workload never called endpoint.operations.${operation}.`);
    const asked = (url: string) => pageAsked(pagination, url).size;
    const other = calls.find((call) => asked(call.request.url) !== maximum);
    if (other === undefined)
      return pass('full', `${limitParameter}=${maximum} on all ${plural(calls.length, 'call')}.`, shown(calls));
    const size = asked(other.request.url);
    const figures = {
      expected: `${limitParameter}=${maximum}`,
      measured: size === null ? `no ${limitParameter}` : `${limitParameter}=${size}`,
    };
    if (size === null)
      return fail('unasked', `A call of the list does not say ${limitParameter}.`, [other.id], figures);
    if (size > maximum)
      return fail('above-maximum', `It asks for ${size} a page where ${maximum} is the maximum.`, [other.id], figures);
    return fail('small', `It asks for ${size} a page where ${maximum} is allowed.`, [other.id], figures);
  },
});
