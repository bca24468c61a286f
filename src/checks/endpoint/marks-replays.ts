import { answerHeader, isSuccess } from '../../evidence/exchange.js';
import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { isMarked } from '../shared/answers.js';
import { distinct } from '../shared/effects.js';

export default defineCheck({
  id: 'marks-replays',
  kind: 'endpoint',
  topic: 'Idempotency',
  severity: 'minor',
  title: 'A replayed answer says that it is one',
  why: 'By the marker, your logs and metrics distinguish a replay from a first answer.',
  fix: 'Tell the provider that the documented marker header is missing.',
  refs: ['https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/'],
  promises: ['contract.idempotency.marker'],
  needs: ['endpoint.replay'],

  judge({ 'endpoint.replay': { first, again, effect } }, contract) {
    const marker = contract.idempotency?.marker;
    if (marker === undefined) return notApplicable('unset', 'Applies with contract.idempotency.marker.');
    const { header } = marker;
    const [onFirst, onReplay] = [answerHeader(first, header), answerHeader(again, header)];
    if (!isSuccess(again) || (distinct(effect.named) ?? 1) > 1)
      return inconclusive('no-replay', 'The repeat was not replayed, so there was nothing to mark.', [again]);
    const expected = `${header}${marker.value === undefined ? '' : `: ${marker.value}`} on the replay only`;
    if (isMarked(first, marker))
      return fail('marks-first', `The first answer already carries ${header}: ${onFirst}.`, [first, again], {
        expected,
        measured: `${header} on the first answer`,
      });
    if (isMarked(again, marker))
      return pass('marked', `${header}: ${onReplay} on the replay, not on the first answer.`, [first, again]);
    return fail(
      'unmarked',
      `The replay carries ${onReplay === undefined ? `no ${header}` : `${header}: ${onReplay}`}.`,
      [again, first],
      { expected, measured: onReplay ?? 'no such header' },
    );
  },
});
