import type { Contract } from '../../config/schema.js';
import { hasStatus, isSuccess } from '../../evidence/exchange.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { isMarked, plural, seen } from '../shared/answers.js';
import { resourcesMade } from '../shared/effects.js';

/** Refusals of a repeat that count as an answer: the documented ones; 409 where nothing is documented, not even for a first call in flight. */
function conflictsOf({ idempotency }: Contract): readonly number[] {
  if (idempotency?.replay === undefined) return idempotency?.inFlight === undefined ? [409] : [];
  return idempotency.replay === 'conflict' ? (idempotency.conflict?.statuses ?? [409, 400]) : [];
}

export default defineCheck({
  id: 'creates-once-after-lost-response',
  kind: 'endpoint',
  topic: 'Idempotency',
  severity: 'blocker',
  title: 'A create whose answer was lost can be repeated safely',
  why: 'Answers get lost after the work was done; the repeat with the same key must find it, not do it again.',
  fix: 'Look the resource up before repeating, until the provider stores the key together with the work.',
  refs: ['https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/'],
  needs: ['endpoint.lost-response', 'endpoint.separate-keys'],

  judge({ 'endpoint.lost-response': { rounds }, 'endpoint.separate-keys': control }, contract) {
    const marker = contract.idempotency?.marker;
    const conflicts = conflictsOf(contract);
    const grounds: string[] = [];
    const seenCalls = rounds.flatMap((round) => [round.lost, ...round.retries]);
    for (const { cut, lost, retries, effect } of rounds) {
      const made = resourcesMade(effect, control, retries.length + 1);
      if (made.known && made.resources > 1) {
        return fail(
          'several',
          `Cut ${cut}, then repeated with the same key: ${plural(made.resources, 'resource')} (${made.grounds}).`,
          [...retries, lost],
          { expected: '1 resource', measured: plural(made.resources, 'resource') },
        );
      }
    }
    for (const { cut, lost, retries, effect } of rounds) {
      const last = retries.at(-1);
      if (last === undefined || lost.ended !== 'cut-by-us') {
        if (cut === 'at the first byte of the answer')
          return inconclusive('not-cut', `The connection did not end by our cut (${lost.ended}).`, [lost]);
        continue;
      }
      if (lost.response !== null && lost.response.status >= 300)
        return inconclusive(
          'not-performed',
          `The call whose answer we cut had been refused (${lost.response.status}), so nothing was lost.`,
          [lost],
        );
      const answered = isSuccess(last) || hasStatus(last, conflicts);
      if (!answered)
        return inconclusive(
          'not-answered',
          `The repeat after the cut ${cut} ended with ${seen(last)} after ${plural(retries.length, 'attempt')}.`,
          [...retries, lost],
        );
      const made = resourcesMade(effect, control, retries.length + 1);
      const isCounted = effect.counted?.resources === 1;
      // A marker that first answers carry, too, says nothing.
      const isReplay = marker !== undefined && isMarked(last, marker) && !isMarked(control.one, marker);
      if (isCounted && made.known) grounds.push('counted');
      else if (isReplay) grounds.push(`the repeat carries ${marker.header}`);
      else
        return inconclusive(
          'uncounted',
          isCounted && !made.known
            ? `Cannot tell how many were created: ${made.why}.`
            : `The lost answer was never read, so only a count can show how many were created${effect.uncounted === null ? ' (endpoint.operations.create.count)' : `: ${effect.uncounted}`}.`,
          [...retries, lost],
        );
    }
    if (grounds.length === 0) return inconclusive('not-cut', 'No connection was cut by us, so no answer was lost.');
    return pass(
      'one',
      `One resource after each lost answer and its repeat (${[...new Set(grounds)].join(', ')}).`,
      seenCalls,
    );
  },
});
