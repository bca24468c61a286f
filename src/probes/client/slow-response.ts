import type { LanesEvidence } from '../../evidence/map.js';
import { attemptsOf } from '../../evidence/waits.js';
import { scenario } from '../../lanes/scenario.js';
import { ok, scriptOf, step } from '../../proxy/arm.js';
import { NoEvidence } from '../../transport/budget.js';
import { defineClientProbe } from '../define.js';

// Shares of the client's own time-out: sooner is no test, later may meet the time-out itself.
const SOONEST = 0.5;
const LATEST = 0.9;
const AIM = 0.75;

/** How long the client held its first unanswered call, ms; null where it held on to the end. */
function firstGiveUpMs({ runs }: LanesEvidence): number | null {
  const first = runs.map((run) => attemptsOf(run)[0]).find((attempt) => attempt?.endedBy === 'client');
  if (first === undefined || first.times.endedAtMs === null) return null;
  return first.times.endedAtMs - first.times.firstByteAtMs;
}

export default defineClientProbe({
  key: 'client.slow-response',
  says: 'answering your client just before its own time-out',
  after: ['client.hang', 'client.delays'],
  runs: 0,
  async run(context, lanes) {
    const gaveUpAfterMs = firstGiveUpMs(context.evidence('client.hang'));
    if (gaveUpAfterMs === null)
      throw new NoEvidence('dependency', 'the client showed no time-out of its own to stay inside of');
    const { delays } = context.evidence('client.delays');
    const inside = delays.findLast(({ ms }) => ms >= gaveUpAfterMs * SOONEST && ms <= gaveUpAfterMs * LATEST);
    const ms = inside?.ms ?? Math.round(gaveUpAfterMs * AIM);
    const slow = scenario(`answered after ${ms} ms`, scriptOf(step('delay', { ms }), ok), {
      expectedMs: ms,
      timing: true,
    });
    const runs = inside === undefined ? await lanes.run([slow]) : [inside.run];
    // On a busy machine our answer comes later than asked, beyond the time-out: what counts is a quiet one.
    const isOvertaken = runs.some((run) => attemptsOf(run).length > 1);
    return { runs: isOvertaken ? await lanes.runQuietly([slow], 1) : runs };
  },
});
