import { isAccepted } from '../../evidence/events.js';
import type { EventRound, KilledRound } from '../../evidence/map.js';
import { defineReceiverProbe, type ReceiverContext } from '../define.js';
import { handlingOf, requireControl, settleExactly } from '../events.js';

// So many are in its hands when it is killed.
const AT_ONCE = 8;
// So many times webhook.settleMs are waited for an effect before it counts as lost.
const TRIES = 3;
// A receiver that answers faster than this is killed by its first answer: a timer cannot hit the time between.
const QUICK_MS = 20;

export default defineReceiverProbe({
  key: 'webhook.killed',
  says: 'killing your receiver while it handles events',
  after: ['webhook.control'],
  settings: ['webhook.effect'],
  events: 18,
  turn: 'kills',
  surplus: ({ rounds, unit, why }) =>
    why === null ? rounds.reduce((sum, { first, afterRepeated }) => sum + afterRepeated - first.length * unit, 0) : 0,
  async run(context) {
    const control = requireControl(context);
    const unit = control.unit ?? 0;
    // A receiver that is not ours is not killed.
    if (context.webhook.command === undefined) return { rounds: [], unit, why: null };
    const handlingMs = handlingOf(control);
    const rounds = [
      await killed(context, 'while it handled events', unit, handlingMs < QUICK_MS ? 'first answer' : handlingMs / 2),
      await killed(context, 'after it had answered', unit, 'all answers'),
    ];
    const settled = await context.settle(0);
    const end = rounds.at(-1);
    if (end !== undefined) end.afterRepeated += settled?.effects ?? 0;
    const lost = rounds.find(({ kept }) => kept < 0);
    const why = lost === undefined ? null : 'webhook.effect does not survive the end of the process';
    return { rounds, unit, why: settled?.why ?? why };
  },
});

interface Counted extends KilledRound {
  /** What comes late is added. */
  afterRepeated: number;
}

async function killed(
  context: ReceiverContext,
  moment: KilledRound['moment'],
  unit: number,
  when: number | 'first answer' | 'all answers',
): Promise<Counted> {
  const [valid] = context.vectors('valid');
  if (valid === undefined) throw new Error('no vector is valid');
  await context.settle('now');
  const events = await context.deliverAndKill(valid, when === 'all answers' ? 1 : AT_ONCE, when);
  const answered = events.filter((round) => round.calls.every(isAccepted));
  const open = events.filter((round) => !answered.includes(round));
  await context.restart();
  const kept = await settledEffects(context, answered.length * unit);
  const again = await deliverAgain(context, open);
  const missing = events.length * unit - kept - effectsOf(again);
  const afterAgain = kept + effectsOf(again) + (await settledEffects(context, missing));
  const repeated = await deliverAgain(context, answered);
  const afterRepeated = afterAgain + effectsOf(repeated) + (await settledEffects(context, 0));
  return {
    moment,
    first: events.flatMap(({ calls }) => calls),
    kept,
    again: again.flatMap(({ calls }) => calls),
    afterAgain,
    repeated: repeated.flatMap(({ calls }) => calls),
    afterRepeated,
  };
}

/**
 * Effects seen while so many are waited for. What was under way may be taken up again late: only what never comes is lost.
 * The first time only what must come is waited for: the sum in the end shows what came beyond it.
 */
async function settledEffects(context: ReceiverContext, expected: number): Promise<number> {
  if (context.isFirst) return (await context.settle(expected > 0 ? expected : 'now'))?.effects ?? 0;
  let seen = 0;
  for (let tries = 0; tries < TRIES; tries += 1) {
    seen += (await settleExactly(context, expected - seen))?.effects ?? 0;
    if (seen >= expected) break;
  }
  return seen;
}

async function deliverAgain(context: ReceiverContext, rounds: readonly EventRound[]): Promise<EventRound[]> {
  const [valid] = context.vectors('valid');
  const again: EventRound[] = [];
  for (const { events } of rounds)
    if (valid !== undefined) again.push(await context.deliver(valid, { event: events[0] ?? '', attempt: 1 }));
  return again;
}

function effectsOf(rounds: readonly EventRound[]): number {
  return rounds.reduce((sum, { effects }) => sum + (effects ?? 0), 0);
}
