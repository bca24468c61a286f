import { isAccepted } from '../../evidence/events.js';
import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { deliveredAgain, withoutEffects } from '../shared/events.js';

export default defineCheck({
  id: 'keeps-accepted-events',
  kind: 'webhook',
  topic: 'Webhooks',
  severity: 'blocker',
  title: 'Your receiver loses no event when it is killed',
  why: 'What was acknowledged is never delivered again: an event that is only in memory is lost when the receiver ends.',
  fix: 'Write the event, or the work that it causes, to durable storage before you answer 2xx.',
  refs: ['https://docs.stripe.com/webhooks#acknowledge-events-immediately'],
  needs: ['webhook.control', 'webhook.killed'],

  judge({ 'webhook.control': control, 'webhook.killed': { rounds, unit, why } }) {
    const unable = withoutEffects(control);
    if (unable !== null) return unable;
    const calls = rounds.flatMap(({ first, again, repeated }) => [...first, ...again, ...repeated]);
    if (rounds.length === 0)
      return notApplicable('not-ours', 'Applies with webhook.command: it must be killed and started again.');
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
