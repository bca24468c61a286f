import { isClientError, isSuccess, isTurnedAway, statusOf } from '../../evidence/exchange.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { callOf, seen } from '../shared/answers.js';

export default defineCheck({
  id: 'replays-stored-errors',
  kind: 'endpoint',
  topic: 'Idempotency',
  severity: 'major',
  title: 'A stored error is replayed, not tried again',
  why: 'Where errors are stored, a corrected call needs a new key; code that reuses the old one must be told so.',
  fix: 'Use a new key for a corrected call; check which classes of answer contract.idempotency.stored should name.',
  refs: ['https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/'],
  needs: ['endpoint.stored-error', 'endpoint.changed-body'],

  judge({ 'endpoint.stored-error': { first, again, corrected }, 'endpoint.changed-body': { changed } }) {
    if (!isClientError(first) || isTurnedAway(first))
      return inconclusive('not-refused', `The sample call that should fail was answered ${seen(first)}.`, [first]);
    if (statusOf(again) !== statusOf(first) || isSuccess(again)) {
      return fail('other-status', `The repeat of a refused create was answered ${seen(again)}.`, [again, first], {
        expected: seen(first),
        measured: seen(again),
      });
    }
    // A corrected body under the same key gets through only where the error was not kept, unless other bodies always do
    // or the sample has a path of its own: a key may count per path.
    const told = corrected !== null && !isSuccess(changed) && callOf(corrected) === callOf(first);
    if (told && isSuccess(corrected)) {
      return fail(
        'not-stored',
        `A corrected body under the same key was answered ${seen(corrected)}: the error was not stored.`,
        [corrected, again, first],
        { expected: 'a refusal or the first error', measured: seen(corrected) },
      );
    }
    const grounds = told ? 'and the key stays bound to it' : 'by its status alone';
    return pass('replayed', `The repeat was answered ${seen(again)} as the first time, ${grounds}.`, [first, again]);
  },
});
