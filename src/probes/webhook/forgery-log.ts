import { defineReceiverProbe } from '../define.js';
import { requireControl } from '../events.js';

const LOOKS = 20;
const LOOK_MS = 50;

/** Lines that differ in figures and ids alone are one. */
function shapeOf(line: string): string {
  return line.replace(/evt_\w+/g, '#').replace(/\d+/g, '#');
}

export default defineReceiverProbe({
  key: 'webhook.forgery-log',
  says: 'looking for forged events in the log of your receiver',
  after: ['webhook.control'],
  missing: (_target, { command }) => (command === undefined ? 'webhook.command' : null),
  events: 1,
  async run(context) {
    const usual = new Set((requireControl(context).printed ?? []).map(shapeOf));
    const [forged] = context.vectors('forged');
    if (forged === undefined) throw new Error('no vector is forged');
    context.printed();
    const round = await context.deliver(forged);
    const lines: string[] = [];
    for (let look = 0; look < LOOKS && lines.length === 0; look += 1) {
      lines.push(...(context.printed() ?? []).filter((line) => !usual.has(shapeOf(line))));
      if (lines.length === 0) await context.pause(LOOK_MS);
    }
    await context.settle(0);
    return { round, lines };
  },
});
