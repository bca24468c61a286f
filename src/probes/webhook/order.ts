import { isAccepted } from '../../evidence/events.js';
import type { EventStates } from '../../evidence/map.js';
import { defineReceiverProbe, type ReceiverContext } from '../define.js';
import { deliverGood } from '../events.js';

const LOOK_MS = 50;

export default defineReceiverProbe({
  key: 'webhook.order',
  says: 'sending your receiver a later event first',
  after: ['webhook.control'],
  events: 4,
  async run(context) {
    const { earlier, state } = context.webhook;
    const before = earlier === undefined || state === undefined ? null : await inOrder(context);
    const evidence = await deliverGood(context, vectorsOf(context, 'later-event-first'));
    const isTaken = evidence.rounds.every(({ calls }) => calls.every(isAccepted));
    if (before === null) return { ...evidence, states: null, unread: null };
    if (typeof before === 'string') return { ...evidence, states: null, unread: before };
    if (!isTaken) return { ...evidence, states: { ...before, reversed: null }, unread: null };
    // What comes late may still overwrite it.
    await context.settle(0);
    try {
      return { ...evidence, states: { ...before, reversed: await context.state() }, unread: null };
    } catch (error) {
      return { ...evidence, states: null, unread: String(error) };
    }
  },
});

function vectorsOf(context: ReceiverContext, id: string) {
  return context.vectors('order').filter((one) => one.id === id);
}

/** Text: why the state could not be read; null: an event was not taken. */
async function inOrder(context: ReceiverContext): Promise<Omit<EventStates, 'reversed'> | string | null> {
  const [valid] = context.vectors('valid');
  const first = await deliverGood(context, vectorsOf(context, 'earlier-event'));
  const [round] = first.rounds;
  if (valid === undefined || round === undefined || !round.calls.every(isAccepted)) return null;
  try {
    const earlier = await context.state();
    const second = await context.deliver(valid, { event: round.events[0] ?? '' });
    if (!second.calls.every(isAccepted)) return null;
    const untilMs = performance.now() + context.webhook.settleMs;
    let now = await context.state();
    while (now === earlier && performance.now() < untilMs) {
      await context.pause(LOOK_MS);
      now = await context.state();
    }
    await context.settle('now');
    return { earlier, inOrder: now };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
