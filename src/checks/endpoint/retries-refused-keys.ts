import { isSuccess } from '../../evidence/exchange.js';
import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { callOf, seen } from '../shared/answers.js';

export default defineCheck({
  id: 'retries-refused-keys',
  kind: 'endpoint',
  topic: 'Idempotency',
  severity: 'major',
  title: 'A temporary refusal is not stored under the idempotency key',
  why: 'A stored 429 or 503 is the answer to every retry with that key: the careful client can never succeed.',
  fix: 'Ask the provider to store final answers alone; until then make a new key, once the refusal shows that nothing was made.',
  refs: [
    'https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/',
    'https://docs.stripe.com/api/idempotent_requests',
  ],
  needs: ['endpoint.refused-key'],

  judge({ 'endpoint.refused-key': { met } }, contract) {
    if (met === null && contract.rateLimit === undefined)
      return notApplicable(
        'never-refused',
        'No create of this run was refused with 429 or 503; applies with contract.rateLimit, or with contract.triggers that provokes one.',
        [],
        [['contract.rateLimit', 'contract.triggers']],
      );
    if (met === null)
      return inconclusive(
        'none-met',
        'No create of this run was refused with 429 or 503; contract.triggers names a test call that provokes one.',
      );
    const { refused, again, fresh, last, waitedMs } = met;
    const after = `${Math.round(waitedMs / 100) / 10} s after ${callOf(refused)} was answered ${seen(refused)}`;
    if (again === null)
      return inconclusive(
        'long-wait',
        `${callOf(refused)} was answered ${seen(refused)} and asks to wait ${Math.round(waitedMs / 1000)} s: too long for this run.`,
        [refused],
      );
    if (isSuccess(again))
      return pass('performed', `The same key was answered ${seen(again)}, ${after}.`, [again, refused]);
    if (fresh === null || last === null || !isSuccess(fresh))
      return inconclusive(
        'still-refused',
        `The same key was answered ${seen(again)}, ${after}; ${fresh === null ? 'no other key was tried' : `another key was answered ${seen(fresh)}`}, so the refusal may last.`,
        [again, ...(fresh === null ? [] : [fresh]), refused],
      );
    const at = [last, fresh, again, refused];
    if (isSuccess(last))
      return inconclusive(
        'late',
        `The same key was answered ${seen(again)}, ${after}, and ${seen(last)} a moment later: the refusal had not quite passed.`,
        at,
      );
    return fail(
      'stored',
      `The same key was answered ${seen(again)}, ${after}, and ${seen(last)} once more, while a new key was answered ${seen(fresh)}.`,
      at,
      { expected: 'the call is performed after the wait', measured: seen(last) },
    );
  },
});
