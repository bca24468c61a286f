import { hasStatus, isSuccess } from '../../evidence/exchange.js';
import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { callOf, isMarked, oneOf, seen } from '../shared/answers.js';
import { differences } from '../shared/comparison.js';

export default defineCheck({
  id: 'replays-updates',
  kind: 'endpoint',
  topic: 'Idempotency',
  severity: 'major',
  title: 'A repeated update with the same key is not performed again',
  why: 'A late repeat of an update, after a time-out, must not undo later updates.',
  fix: 'Send updates in order, wait for each answer, and read the resource before repeating one; tell the provider.',
  refs: ['https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/'],
  promises: ['contract.idempotency.replay'],
  needs: ['endpoint.update-replay'],

  judge({ 'endpoint.update-replay': { first, again, look, shows } }, contract) {
    const { replay, marker, conflict } = contract.idempotency ?? {};
    const at = [again, look, first];
    if (replay === undefined)
      return notApplicable(
        'unset',
        `Applies with contract.idempotency.replay; seen: ${seen(first)}, then ${seen(again)}.`,
      );
    if (shows === 'repeated')
      return fail('applied-again', `${callOf(again)} was performed again: the update between the two is undone.`, at, {
        expected: 'the later update stands',
        measured: 'the value of the repeated one',
      });
    if (replay === 'conflict') {
      const refusals = conflict?.statuses ?? [409, 400];
      if (hasStatus(again, refusals))
        return pass('refused', `The repeat was refused with ${seen(again)}, as documented.`, at);
      return fail('no-conflict', `The repeat was answered ${seen(again)}.`, at, {
        expected: oneOf(refusals),
        measured: seen(again),
      });
    }
    if (!isSuccess(again))
      return fail('not-replayed', `The repeat was answered ${seen(again)}.`, at, {
        expected: seen(first),
        measured: seen(again),
      });
    const found = replay === 'same-response' ? differences(first, again, contract) : [];
    if (found.length > 0)
      return fail('differs', `The repeat differs from the first answer: ${found.join('; ')}.`, at, {
        expected: `${seen(first)} with the same content`,
        measured: found.join('; '),
      });
    if (shows === 'other')
      return pass('replayed', `The repeat was answered ${seen(again)}, and the later update stands.`, at);
    if (marker !== undefined && isMarked(again, marker) && !isMarked(first, marker))
      return pass('marked', `The repeat was answered ${seen(again)} and marked as a replay.`, [again, first]);
    return inconclusive(
      'not-shown',
      `${callOf(look)} (${seen(look)}) shows ${shows === 'both' ? 'both updates' : 'neither update'}, so it is unknown whether the repeat was performed.`,
      [look, again],
    );
  },
});
