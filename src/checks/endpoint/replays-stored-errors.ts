import type { Contract } from '../../config/schema.js';
import type { Exchange } from '../../evidence/exchange.js';
import { isClientError, isSuccess, isTurnedAway, statusOf } from '../../evidence/exchange.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { callOf, isMarked, seen } from '../shared/answers.js';
import { errorDifferences } from '../shared/comparison.js';

/** Where the contract has repeats refused, a refused create may be, too. */
function isDocumentedConflict(again: Exchange, { idempotency }: Contract): boolean {
  if (idempotency?.replay !== 'conflict') return false;
  return (idempotency.conflict?.statuses ?? [409, 400]).includes(statusOf(again) ?? 0);
}

export default defineCheck({
  id: 'replays-stored-errors',
  kind: 'endpoint',
  topic: 'Idempotency',
  severity: 'major',
  title: 'A stored error is replayed, not performed again',
  why: 'Where errors are stored, a corrected call needs a new key; code that reuses the old key must see the stored error.',
  fix: 'Use a new key for a corrected call; check which classes of answer contract.idempotency.stored should name.',
  refs: ['https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/'],
  needs: ['endpoint.stored-error', 'endpoint.changed-body'],

  judge({ 'endpoint.stored-error': { first, again, corrected }, 'endpoint.changed-body': { changed } }, contract) {
    const at = [again, first];
    if (!isClientError(first) || isTurnedAway(first))
      return inconclusive('not-refused', `The sample call that should fail was answered ${seen(first)}.`, [first]);
    const found = errorDifferences(first, again, contract);
    const isConflict = found.length > 0 && isDocumentedConflict(again, contract);
    if ((found.length > 0 && !isConflict) || isSuccess(again)) {
      const isOther = statusOf(again) !== statusOf(first) || isSuccess(again);
      return fail(
        isOther ? 'other-status' : 'other-error',
        isOther
          ? `The repeat of a refused create was answered ${seen(again)}.`
          : `The repeat of a refused create was answered ${seen(again)} too, but with another error: ${found.join('; ')}.`,
        at,
        { expected: `${seen(first)} with the same content`, measured: found.join('; ') || seen(again) },
      );
    }
    // A corrected body under the same key gets through only where the error was not kept, unless other bodies always do
    // or the sample has a path of its own: a key may count per path.
    const isPerformed = corrected !== null && isSuccess(corrected);
    const told = corrected !== null && !isSuccess(changed) && callOf(corrected) === callOf(first);
    const repeat = isConflict
      ? `The repeat was refused with ${seen(again)}, as documented`
      : `The repeat was answered ${seen(again)} with the same content`;
    if (told && isPerformed) {
      return fail(
        'not-stored',
        `A corrected body under the same key was answered ${seen(corrected)}: the error was not stored.`,
        [corrected, ...at],
        { expected: 'a refusal or the first error', measured: seen(corrected) },
      );
    }
    if (isPerformed)
      return inconclusive(
        'not-bound',
        `${repeat}, but a corrected body under that key was performed (${seen(corrected)}): the key was not bound to the error, which may be a new one.`,
        [corrected, ...at],
      );
    const marker = contract.idempotency?.marker;
    const isReplay = marker !== undefined && isMarked(again, marker) && !isMarked(first, marker);
    if (!told && !isReplay && !isConflict)
      return inconclusive(
        'not-shown',
        `${repeat}, which a new refusal would have, too: nothing distinguishes a stored one from it${marker === undefined ? ' (contract.idempotency.marker)' : ''}.`,
        at,
      );
    const grounds = told
      ? 'and the key stays bound to it'
      : isReplay
        ? `and carries ${marker.header}`
        : 'and is not performed again';
    return pass(isConflict ? 'refused' : 'replayed', `${repeat}, ${grounds}.`, [first, again]);
  },
});
