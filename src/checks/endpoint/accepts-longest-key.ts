import { isSuccess } from '../../evidence/exchange.js';
import { defineCheck, fail, pass } from '../define.js';
import { seen } from '../shared/answers.js';
import { distinct } from '../shared/effects.js';

export default defineCheck({
  id: 'accepts-longest-key',
  kind: 'endpoint',
  topic: 'Idempotency',
  severity: 'major',
  title: 'An idempotency key of the documented length works',
  why: 'A key scheme that is just within the documented limit must not fail in production.',
  fix: 'Use shorter keys, and tell the provider that the documented length is not accepted.',
  refs: ['https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/'],
  needs: ['endpoint.longest-key', 'endpoint.replay'],

  judge({ 'endpoint.longest-key': { call, again, named = [], length }, 'endpoint.replay': control }) {
    // Only where a shorter key is kept does another resource show that this one is not.
    if (again != null && (distinct(named) ?? 1) > 1 && distinct(control.effect.named) === 1)
      return fail(
        'not-kept',
        `A key of ${length} characters was answered ${seen(call)}, but its repeat made another resource; that of a shorter one does not.`,
        [again, call],
        { expected: 'the first resource', measured: 'another resource' },
      );
    if (isSuccess(call)) return pass('accepted', `A key of ${length} characters was answered ${seen(call)}.`, [call]);
    return fail('refused', `A key of ${length} characters was answered ${seen(call)}, a shorter one works.`, [call], {
      expected: 'a success',
      measured: seen(call),
    });
  },
});
