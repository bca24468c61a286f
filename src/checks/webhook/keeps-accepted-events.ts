import { isAccepted } from '../../evidence/events.js';
import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { withoutEffects } from '../shared/events.js';

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
      if (kept < answered.length * unit)
        return fail(
          'lost',
          `Your receiver was killed ${moment}: of ${plural(answered.length, 'event')} that it had answered 2xx, ${plural(answered.length * unit - kept, 'effect')} never came.`,
          answered,
          { expected: plural(answered.length * unit, 'effect'), measured: String(kept) },
        );
      if (afterAgain < first.length * unit && again.every(isAccepted))
        return fail(
          'lost-when-repeated',
          `Your receiver was killed ${moment}. ${plural(again.length, 'event')} without an answer were delivered again and answered 2xx, but ${plural(first.length * unit - afterAgain, 'effect')} never came.`,
          [...first, ...again],
          { expected: plural(first.length * unit, 'effect'), measured: String(afterAgain) },
        );
    }
    return pass(
      'kept',
      `Killed ${rounds.map(({ moment }) => moment).join(' and ')} and started again, your receiver lost none of ${plural(rounds.flatMap(({ first }) => first).length, 'event')}.`,
      calls,
    );
  },
});
