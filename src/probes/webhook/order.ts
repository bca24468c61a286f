import { effectsIn, isAccepted } from '../../evidence/events.js';
import type { EventOrderEvidence, EventRound, EventRoundsEvidence } from '../../evidence/map.js';
import { defineReceiverProbe, type ReceiverContext } from '../define.js';
import { deliverGood, requireControl, settledBoth, surplusOfGood } from '../events.js';

const LOOK_MS = 50;

export default defineReceiverProbe({
  key: 'webhook.order',
  says: 'sending your receiver a later event first',
  after: ['webhook.control'],
  events: 4,
  turn: 'counted',
  // Who drops an event because a later one of its object is there already may be right.
  surplus: (evidence, unit) => surplusOfGood(evidence.inOrder, unit) + Math.max(0, effectsIn(evidence) - 2 * unit),
  async run(context) {
    const { inOrder, ...before } = await deliverInOrder(context);
    const reversed = await deliverGood(context, vectorsOf(context, 'later-event-first'));
    const evidence = { ...reversed, inOrder };
    if (before.states === null || !reversed.rounds.every(isTaken)) return { ...evidence, ...before };
    // What comes late may still overwrite it.
    await context.settle(0);
    const state = await stateOf(context);
    if ('unread' in state) return { ...evidence, states: null, unread: state.unread };
    return { ...evidence, states: { ...before.states, reversed: state.now }, unread: null };
  },
});

function vectorsOf(context: ReceiverContext, id: string) {
  return context.vectors('order').filter((one) => one.id === id);
}

function isTaken({ calls }: EventRound): boolean {
  return calls.every(isAccepted);
}

async function stateOf(context: ReceiverContext): Promise<{ now: string } | { unread: string }> {
  try {
    return { now: await context.state() };
  } catch (error) {
    return { unread: error instanceof Error ? error.message : String(error) };
  }
}

/** Two events of one object as they come about, with the state after each where the config says where it stands. */
async function deliverInOrder(
  context: ReceiverContext,
): Promise<Pick<EventOrderEvidence, 'inOrder' | 'states' | 'unread'>> {
  const unit = requireControl(context).unit ?? 0;
  const [valid] = context.vectors('valid');
  const first = await deliverGood(context, vectorsOf(context, 'earlier-event'));
  const [round] = first.rounds;
  const without = (inOrder: EventRoundsEvidence, unread: string | null = null) => ({ inOrder, states: null, unread });
  if (valid === undefined || round === undefined || !isTaken(round)) return without(first);
  const { earlier, state } = context.webhook;
  const before = earlier === undefined || state === undefined ? null : await stateOf(context);
  const second = await context.deliver(valid, { event: round.events[0] ?? '' });
  const sentMs = performance.now();
  const after =
    before === null || 'unread' in before || !isTaken(second) ? null : await changedState(context, before.now);
  const missing = isTaken(second) ? unit - (second.effects ?? 0) : 0;
  const settled = settledBoth(first.settled, await context.settle(missing > 0 ? missing : 'now'));
  const inOrder = { rounds: [round, second], settled };
  if (before === null) return without(inOrder);
  if ('unread' in before) return without(inOrder, before.unread);
  if (after === null) return without(inOrder);
  if ('unread' in after) return without(inOrder, after.unread);
  const asked = context.apiReads()?.filter(({ atMs }) => atMs >= sentMs) ?? [];
  const isUntold = asked.length > 0 && !asked.some(({ isTold }) => isTold);
  const states = { earlier: before.now, inOrder: after.now, ...(isUntold ? { untold: true as const } : {}) };
  return { inOrder, states: { ...states, reversed: null }, unread: null };
}

/** The state once it is another one; where it stays, after as long as an effect may take. */
async function changedState(context: ReceiverContext, before: string) {
  const untilMs = performance.now() + context.webhook.settleMs;
  for (;;) {
    const state = await stateOf(context);
    if ('unread' in state || state.now !== before || performance.now() >= untilMs) return state;
    await context.pause(LOOK_MS);
  }
}
