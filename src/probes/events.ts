// What probes of the receiver share: the control, and rounds with their effects.
import { effectsIn, isAccepted } from '../evidence/events.js';
import { statusOf } from '../evidence/exchange.js';
import type { EventControlEvidence, EventRound, EventRoundsEvidence, SettledEffects } from '../evidence/map.js';
import { NoEvidence } from '../transport/budget.js';
import type { Vector } from '../webhook/vector.js';
import type { ReceiverContext } from './define.js';

/** @throws NoEvidence where the receiver does not take a good event: whatever it refuses then shows nothing */
export function requireControl({ evidence }: Pick<ReceiverContext, 'evidence'>): EventControlEvidence {
  const control = evidence('webhook.control');
  const call = control.rounds[0]?.calls[0];
  if (call !== undefined && isAccepted(call)) return control;
  const status = call === undefined ? null : statusOf(call);
  throw new NoEvidence(
    'dependency',
    `the control failed: a good event was ${status === null ? 'not answered' : `answered ${status}`}`,
    { fact: 'receiver-refuses-good-events' },
  );
}

/** How long the receiver took for a good event, ms. */
export function handlingOf({ rounds }: EventRoundsEvidence): number {
  const times = rounds.flatMap(({ calls }) =>
    calls.map((call) => call.endedAtMs - (call.sentAtMs ?? call.startedAtMs)),
  );
  return Math.max(0, ...times);
}

/** Effects that the accepted ones of good events must have. */
function owed(rounds: readonly EventRound[], unit: number): number {
  // What is refused has no effect to wait for.
  const accepted = rounds.filter(({ calls }) => calls.every(isAccepted));
  return accepted.reduce((sum, { events }) => sum + new Set(events).size * unit, 0);
}

export function surplusOfGood(evidence: EventRoundsEvidence, unit: number): number {
  return effectsIn(evidence) - owed(evidence.rounds, unit);
}

/** Delivers some good events, and waits for the effects that are missing then. */
export async function deliverGood(context: ReceiverContext, vectors: readonly Vector[]): Promise<EventRoundsEvidence> {
  const unit = requireControl(context).unit ?? 0;
  const rounds: EventRound[] = [];
  for (const vector of vectors) rounds.push(await context.deliver(vector));
  const missing = owed(rounds, unit) - rounds.reduce((sum, { effects }) => sum + (effects ?? 0), 0);
  return { rounds, settled: await context.settle(missing > 0 ? missing : 'now') };
}

/** Delivers what must have no effect, waits as long as one could take, and closes with a good event. */
export async function deliverBad(context: ReceiverContext, vectors: readonly Vector[]): Promise<EventRoundsEvidence> {
  const { unit } = requireControl(context);
  const rounds: EventRound[] = [];
  for (const vector of vectors) rounds.push(await context.deliver(vector));
  const settled = await context.settle(0);
  const [valid] = context.vectors('valid');
  if (valid === undefined) return { rounds, settled };
  const closing = await context.deliver(valid);
  const missing = closing.calls.every(isAccepted) ? (unit ?? 0) - (closing.effects ?? 0) : 0;
  await context.settle(missing > 0 ? missing : 'now');
  return { rounds, settled, closing };
}

/** Waits for effects that must come, and then for those that must not. */
export async function settleExactly(context: ReceiverContext, more: number): Promise<SettledEffects | null> {
  const first = more > 0 ? await context.settle(more) : null;
  return settledBoth(first, await context.settle(0));
}

/** Two waits as one; null: webhook.effect is not configured. */
export function settledBoth(first: SettledEffects | null, second: SettledEffects | null): SettledEffects | null {
  if (first === null || second === null) return first ?? second;
  return {
    effects: first.effects === null || second.effects === null ? null : first.effects + second.effects,
    ids: first.ids === null || second.ids === null ? null : [...first.ids, ...second.ids],
    waitedMs: first.waitedMs + second.waitedMs,
    why: first.why ?? second.why,
  };
}
