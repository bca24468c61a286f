import { isAccepted } from '../../evidence/events.js';
import type { KilledEvidence } from '../../evidence/map.js';
import { defineCheck, fail } from '../define.js';
import { plural } from '../shared/answers.js';
import { judgeDuplicates } from '../shared/duplicates.js';
import { deliveredAgain } from '../shared/events.js';
import type { Verdict } from '../verdict.js';

export default defineCheck({
  id: 'processes-events-once',
  kind: 'webhook',
  topic: 'Webhooks',
  severity: 'blocker',
  title: 'Your receiver processes an event once if it comes again later',
  why: 'Every provider delivers events more than once. Without a memory of their ids, the customer is credited twice.',
  fix: 'Keep the event id with the work that it caused, in one transaction, and acknowledge what is known. Do not compare bodies: some of their members change.',
  refs: ['https://docs.stripe.com/webhooks#handle-duplicate-events'],
  needs: ['webhook.control', 'webhook.duplicates', 'webhook.killed'],

  judge({ 'webhook.control': control, 'webhook.duplicates': duplicates, 'webhook.killed': killed }) {
    const verdict = judgeDuplicates(['duplicates', 'resigned duplicates', 'redeliveries'], control, duplicates);
    return (verdict.outcome === 'pass' ? judgeKilled(killed) : null) ?? verdict;
  },
});

/** null: nothing is wrong, or effects cannot be told. */
function judgeKilled({ rounds, unit, why }: KilledEvidence): Verdict | null {
  if (why !== null) return null;
  for (const { moment, first, again, repeated, kept, afterAgain, afterRepeated } of rounds) {
    const expected = first.length * unit;
    const calls = [...first, ...again, ...repeated];
    const figures = (effects: number) => ({
      expected: plural(expected, 'effect'),
      measured: plural(effects, 'effect'),
    });
    // What was acknowledged and lost is another fault.
    const isLost = kept < first.filter(isAccepted).length * unit;
    if (afterAgain < expected && !isLost && again.every(isAccepted))
      return fail(
        'seen-not-processed',
        `Your receiver was killed ${moment}. ${deliveredAgain(again.length)}, but of ${plural(expected, 'effect')} ${afterAgain} came: it marks events as seen before it has processed them.`,
        calls,
        figures(afterAgain),
      );
    if (afterAgain > expected || (afterRepeated > expected && !isLost))
      return fail(
        'twice-after-a-kill',
        `Your receiver was killed ${moment} and started again. Then ${plural(first.length, 'event')}, delivered again, had ${plural(Math.max(afterAgain, afterRepeated), 'effect')} in place of ${expected}: it has forgotten what it had processed.`,
        calls,
        figures(Math.max(afterAgain, afterRepeated)),
      );
  }
  return null;
}
