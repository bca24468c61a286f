import { effectsIn, isAccepted } from '../../evidence/events.js';
import type { EventRoundsEvidence } from '../../evidence/map.js';
import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { callsOf, deliveredAgain, withoutEffects } from '../shared/events.js';
import type { Verdict } from '../verdict.js';

export default defineCheck({
  id: 'keeps-accepted-events',
  kind: 'webhook',
  topic: 'Webhooks',
  severity: 'blocker',
  title: 'Your receiver loses no event that it acknowledged',
  why: 'What was acknowledged is never delivered again: an event that is only in memory is lost when the receiver ends, and one that is taken for another of its object is never processed.',
  fix: 'Write the event, or the work that it causes, to durable storage before you answer 2xx. Tell events apart by their own ids, not by those of their objects.',
  refs: ['https://docs.stripe.com/webhooks#acknowledge-events-immediately'],
  needs: ['webhook.control', 'webhook.killed', 'webhook.order'],

  judge({ 'webhook.control': control, 'webhook.killed': { rounds, unit, why }, 'webhook.order': { inOrder } }) {
    const unable = withoutEffects(control) ?? judgePair(inOrder, control.unit ?? 0);
    if (unable !== null) return unable;
    const calls = rounds.flatMap(({ first, again, repeated }) => [...first, ...again, ...repeated]);
    if (rounds.length === 0)
      return notApplicable(
        'not-ours',
        'Applies with webhook.command: it must be killed and started again.',
        [],
        ['webhook.command'],
      );
    if (why !== null) return inconclusive('effect-unread', `What became of the events cannot be told: ${why}.`, calls);
    for (const { moment, first, kept, again, afterAgain } of rounds) {
      const answered = first.filter(isAccepted);
      const owed = plural(answered.length * unit, 'effect');
      if (kept < answered.length * unit)
        return fail(
          'lost',
          `Your receiver was killed ${moment}. Of ${owed} that its 2xx answers had promised, ${kept} came.`,
          answered,
          { expected: owed, measured: plural(kept, 'effect') },
        );
      const all = plural(first.length * unit, 'effect');
      if (afterAgain < first.length * unit && again.every(isAccepted))
        return fail(
          'lost-when-repeated',
          `Your receiver was killed ${moment}. ${deliveredAgain(again.length)}, but of ${all} ${afterAgain} came.`,
          [...first, ...again],
          { expected: all, measured: plural(afterAgain, 'effect') },
        );
    }
    return pass(
      'kept',
      `Killed ${rounds.map(({ moment }) => moment).join(' and ')} and started again, your receiver lost none of ${plural(rounds.flatMap(({ first }) => first).length, 'event')}.`,
      calls,
    );
  },
});

/** Two events of one object: both have their effects. null: they had, or cannot tell. */
function judgePair(pair: EventRoundsEvidence, unit: number): Verdict | null {
  const { rounds, settled } = pair;
  const seen = effectsIn(pair);
  if (rounds.length < 2 || settled === null || settled.why !== null || !callsOf(rounds).every(isAccepted)) return null;
  if (seen >= rounds.length * unit) return null;
  const owed = plural(rounds.length * unit, 'effect');
  return fail(
    'lost-of-object',
    `Two events of one object were answered 2xx, but of ${owed} ${seen} came: your receiver takes the second for the first, or drops it.`,
    callsOf(rounds),
    { expected: owed, measured: plural(seen, 'effect') },
  );
}
