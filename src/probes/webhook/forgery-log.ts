import { effectsIn } from '../../evidence/events.js';
import type { EventRound } from '../../evidence/map.js';
import { shapeOf, valuesIn } from '../../receiver/log-lines.js';
import { defineReceiverProbe } from '../define.js';
import { requireControl } from '../events.js';

const LOOKS = 20;
const LOOK_MS = 50;

export default defineReceiverProbe({
  key: 'webhook.forgery-log',
  says: 'looking for forged events in the log of your receiver',
  after: ['webhook.control'],
  settings: ['webhook.command'],
  events: 1,
  turn: 'forbidden',
  surplus: ({ round, settled }) => effectsIn({ rounds: [round], settled }),
  async run(context) {
    const { rounds, printed } = requireControl(context);
    const usual = new Set(shapesOf(printed ?? [], rounds).map(([, shape]) => shape));
    const [forged] = context.vectors('forged');
    if (forged === undefined) throw new Error('no vector is forged');
    context.printed();
    const round = await context.deliver(forged);
    const lines: string[] = [];
    for (let look = 0; look < LOOKS && lines.length === 0; look += 1) {
      const unusual = shapesOf(context.printed() ?? [], [round]).filter(([, shape]) => !usual.has(shape));
      lines.push(...unusual.map(([line]) => line));
      if (lines.length === 0) await context.pause(LOOK_MS);
    }
    return { round, lines, settled: await context.settle(0) };
  },
});

/** Each line with its shape, by what these deliveries were. */
function shapesOf(lines: readonly string[], rounds: readonly EventRound[]): [line: string, shape: string][] {
  const calls = rounds.flatMap((round) => round.calls);
  const [answered] = calls;
  const values = calls.flatMap(valuesIn);
  return lines.map((line) => [line, answered === undefined ? line : shapeOf(line, answered, values)]);
}
