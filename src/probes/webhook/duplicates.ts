import { effectsIn } from '../../evidence/events.js';
import type { EventRound, EventRoundsEvidence } from '../../evidence/map.js';
import { defineReceiverProbe, type ReceiverContext } from '../define.js';
import { handlingOf, requireControl, settleExactly } from '../events.js';

// Where the contract says nothing of it.
const USUAL_DELIVERIES = 3;
const MOST_DELIVERIES = 6;
// Longer ones are not waited for: what counts is that one delivery is over when the next begins.
const LONGEST_WAIT_MS = 2_000;
const SHORTEST_WAIT_MS = 50;
const TIMES_HANDLING = 3;

export default defineReceiverProbe({
  key: 'webhook.duplicates',
  says: 'sending your receiver events more than once',
  after: ['webhook.control'],
  settings: ['webhook.effect'],
  events: 11,
  turn: 'forbidden',
  // A race has another number of effects each time.
  surplus: ({ rounds }, unit) => rounds.filter((one) => effectsIn(one) !== unit).length,
  async run(context) {
    const unit = requireControl(context).unit ?? 0;
    const rounds: EventRoundsEvidence[] = [];
    for (const vector of context.vectors('duplicates', 'overlapping duplicates', 'resigned duplicates')) {
      const round = await context.deliver(vector);
      rounds.push({ rounds: [round], settled: await settleExactly(context, unit - (round.effects ?? 0)) });
    }
    const again = await redelivered(context);
    if (again !== null)
      rounds.push({ rounds: [again], settled: await settleExactly(context, unit - (again.effects ?? 0)) });
    return { rounds };
  },
});

/** The sender saw no answer to the first delivery, and goes by its schedule. */
async function redelivered(context: ReceiverContext): Promise<EventRound | null> {
  const { maxDeliveries, redeliveriesMs } = context.target.contract.webhook ?? {};
  const [valid] = context.vectors('valid');
  if (valid === undefined) return null;
  const wanted = maxDeliveries ?? (redeliveriesMs === undefined ? USUAL_DELIVERIES : redeliveriesMs.length + 1);
  const first = await context.deliver(valid, { isCut: true });
  const rounds = [first];
  const handlingMs = handlingOf(context.evidence('webhook.control'));
  for (let attempt = 1; attempt < Math.min(Math.max(2, wanted), MOST_DELIVERIES); attempt += 1) {
    await context.pause(Math.min(Math.max(SHORTEST_WAIT_MS, TIMES_HANDLING * handlingMs), LONGEST_WAIT_MS));
    rounds.push(await context.deliver(valid, { event: first.events[0] ?? '', attempt }));
  }
  return {
    ...first,
    group: 'redeliveries',
    says: `an event whose first delivery was cut off, and ${rounds.length - 1} more as its sender repeats it`,
    events: rounds.flatMap(({ events }) => events),
    calls: rounds.flatMap(({ calls }) => calls),
    effects: rounds.some(({ effects }) => effects === null)
      ? null
      : rounds.reduce((sum, { effects }) => sum + (effects ?? 0), 0),
    alive: rounds.at(-1)?.alive ?? null,
  };
}
