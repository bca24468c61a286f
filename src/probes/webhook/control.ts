import { isDeepStrictEqual } from 'node:util';
import { isAccepted } from '../../evidence/events.js';
import type { EventControlEvidence, EventRound, SettledEffects } from '../../evidence/map.js';
import { schemeOf } from '../../webhook/schemes.js';
import type { Vector } from '../../webhook/vector.js';
import { defineReceiverProbe, type ReceiverContext } from '../define.js';
import { settledBoth, settleExactly } from '../events.js';

// Where the contract says nothing: the shortest that providers give.
const USUAL_ACK_MS = 5_000;
// So many times webhook.settleMs more before an effect counts as missing.
const LATE_TRIES = 4;
const ALIKE =
  'a second good event had not as many effects as the first; {{unique}} in webhook.event makes each event be about something new';

export default defineReceiverProbe({
  key: 'webhook.control',
  says: 'sending your receiver good events',
  after: [],
  events: 2,
  turn: 'open',
  async run(context) {
    const { scheme, target } = context;
    const [valid] = context.vectors('valid');
    if (valid === undefined) throw new Error('no vector is valid');
    await context.watch();
    context.printed();
    const first = await deliverOne(context, valid, 1);
    const isTaken = first.round.calls.every(isAccepted);
    const second = isTaken && first.settled?.why == null ? await deliverOne(context, valid, effectsOf(first)) : null;
    const both = second === null ? [first] : [first, second];
    const isAlike = second === null || effectsOf(first) === effectsOf(second);
    const settled = settledBoth(first.settled, second?.settled ?? null);
    const why = settled?.why ?? (isAlike ? null : ALIKE);
    return {
      scheme: { name: scheme.name, hasTimestamp: scheme.timestamp !== null, several: scheme.further !== null },
      told: toldOf(context),
      ackMs: target.contract.webhook?.ackMs ?? USUAL_ACK_MS,
      rounds: both.map(({ round }) => round),
      settled: settled === null ? null : { ...settled, why },
      unit: settled === null || why !== null ? null : effectsOf(first),
      watchedMs: null,
      printed: context.printed(),
    };
  },
});

function toldOf({ target, webhook, scheme }: ReceiverContext): EventControlEvidence['told'] {
  const name = target.contract.webhook?.scheme;
  const named = name === undefined ? null : schemeOf({ scheme: name, changing: [...scheme.changing] }, webhook.event);
  const [secret] = [webhook.secret ?? []].flat();
  return {
    scheme: name !== undefined && isDeepStrictEqual(named, scheme) ? name : null,
    secretEnv: target.secrets.find(({ value }) => value === secret)?.name ?? null,
  };
}

interface One {
  round: EventRound;
  settled: SettledEffects | null;
}

async function deliverOne(context: ReceiverContext, valid: Vector, expected: number): Promise<One> {
  const round = await context.deliver(valid);
  const isTaken = round.calls.every(isAccepted);
  const settled = await settleExactly(context, isTaken ? expected - (round.effects ?? 0) : 0);
  const isMissing = isTaken && round.effects === 0 && settled?.effects === 0;
  return { round, settled: isMissing ? await settledLate(context, settled) : settled };
}

/** An effect that is slower than the config says is not missing. */
async function settledLate(context: ReceiverContext, settled: SettledEffects): Promise<SettledEffects> {
  const { settleMs } = context.webhook;
  let { waitedMs } = settled;
  for (let tries = 0; tries < LATE_TRIES; tries += 1) {
    const late = await context.settle(1);
    waitedMs += late?.waitedMs ?? 0;
    const why = `the effect of a good event came after about ${waitedMs} ms, and webhook.settleMs is ${settleMs}: set it higher`;
    if ((late?.effects ?? 0) > 0) return { ...settled, waitedMs, why };
  }
  return { ...settled, waitedMs };
}

function effectsOf({ round, settled }: One): number {
  return (round.effects ?? 0) + (settled?.effects ?? 0);
}
