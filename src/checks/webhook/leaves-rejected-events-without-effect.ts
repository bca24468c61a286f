import { effectsIn, isAccepted } from '../../evidence/events.js';
import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { answerTo, callsOf, listed, withoutEffects } from '../shared/events.js';

export default defineCheck({
  id: 'leaves-rejected-events-without-effect',
  kind: 'webhook',
  topic: 'Webhooks',
  severity: 'blocker',
  title: 'Your receiver does nothing with an event that it must refuse',
  why: 'A refusal that comes after the work is none: the order is booked, and the answer says that it is not.',
  fix: 'Verify first, and hand the event on only then.',
  refs: ['https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md'],
  needs: ['webhook.control', 'webhook.refusals'],
  settings: ['webhook.effect'],

  judge({ 'webhook.control': control, 'webhook.refusals': refusals }) {
    const unable = withoutEffects(control);
    if (unable !== null) return unable;
    const { rounds, settled } = refusals;
    if (settled === null) return notApplicable('no-effect', 'Applies with webhook.effect.', [], ['webhook.effect']);
    if (settled.why !== null)
      return inconclusive(
        'effect-unread',
        `What became of the events cannot be told: ${settled.why}.`,
        callsOf(rounds),
      );
    const seen = effectsIn(refusals);
    const { closing } = refusals;
    if (seen === 0 && closing !== undefined && !closing.calls.every(isAccepted))
      return inconclusive(
        'refuses-all',
        `They had no effect, but a good event behind them was refused, too (${closing.calls.map(answerTo).join(', ')}).`,
        callsOf([closing, ...rounds]),
      );
    if (seen === 0)
      return pass(
        'no-effect',
        `${plural(rounds.length, 'event')} that must be refused had no effect within ${control.watchedMs ?? settled.waitedMs} ms.`,
        callsOf(rounds),
      );
    const guilty = rounds.filter(
      ({ effects, events }) => (effects ?? 0) > 0 || events.some((id) => settled.ids?.includes(id)),
    );
    const shown = guilty.length > 0 ? guilty : rounds;
    const which = guilty.length > 0 ? `: ${listed(guilty.map(({ says }) => says))}` : '';
    const answers =
      guilty.length > 0 && callsOf(guilty).every((call) => !isAccepted(call)) ? ', though they were refused' : '';
    return fail(
      'effect',
      `Events that must be refused had ${plural(seen, 'effect')}${answers}${which}.`,
      callsOf(shown),
      {
        expected: 'no effect',
        measured: plural(seen, 'effect'),
      },
    );
  },
});
