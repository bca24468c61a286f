import { isExpected } from '../../evidence/exchange.js';
import { isUndocumentedLimit } from '../../evidence/limits.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { callOf, oneOf, plural, seen } from '../shared/answers.js';

export default defineCheck({
  id: 'limits-bursts',
  kind: 'endpoint',
  topic: 'Rate limits',
  severity: 'minor',
  title: 'A burst of calls meets the documented limit',
  why: 'A limit that the sandbox does not enforce is met for the first time in production.',
  fix: 'Test your reaction to the limit against golive-check (client checks), since this endpoint will not show it to you.',
  refs: ['https://www.rfc-editor.org/rfc/rfc6585#section-4'],
  optIn: true,
  needs: ['endpoint.burst'],

  judge({ 'endpoint.burst': { calls, limited, most, quota } }, contract) {
    const shown = calls.find((call) => call.id === limited);
    const last = calls.slice(-1);
    const other = calls.find((call) => !isExpected(call) && isUndocumentedLimit(call, contract));
    if (other !== undefined)
      return fail(
        'other-status',
        `After ${plural(calls.filter(isExpected).length, 'call')} of ${callOf(other)} that worked, one was answered ${seen(other)}, which contract.rateLimit.statuses does not name.`,
        [other],
        { expected: oneOf(contract.rateLimit?.statuses ?? [429]), measured: seen(other) },
      );
    if (shown !== undefined)
      return pass(
        'limited',
        `After ${plural(calls.filter(isExpected).length, 'call')} of ${callOf(shown)} that worked, one was answered ${seen(shown)}.`,
        [shown],
      );
    const tookMs =
      Math.max(...calls.map((call) => call.endedAtMs)) - Math.min(...calls.map((call) => call.startedAtMs));
    const burst = `${plural(calls.length, 'call')} in ${(tookMs / 1000).toFixed(1)} s`;
    if (quota === null)
      return inconclusive(
        'not-met',
        `${burst} met no limit; contract.rateLimit.quota would say how many calls should (endpoint.burst allows more than ${most}).`,
        last,
      );
    const documented = `${quota.requests} per ${quota.windowMs / 1000} s`;
    // Two windows may meet within the burst, and a bucket refills while it lasts.
    const enough = Math.floor(quota.requests * (2 + tookMs / quota.windowMs)) + (quota.burst ?? 0) + 1;
    if (calls.length < enough)
      return inconclusive(
        'too-few',
        `${burst} met no limit; to be sure of ${documented} takes ${enough} (endpoint.burst).`,
        last,
      );
    return fail('unlimited', `${burst} met no limit.`, last, {
      expected: `${oneOf(contract.rateLimit?.statuses ?? [429])} beyond ${documented}`,
      measured: `${calls.length} of ${calls.length} answered normally`,
    });
  },
});
