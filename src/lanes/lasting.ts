// One fault for good, as often as it takes to judge the client's waits.
import { performance } from 'node:perf_hooks';
import type { Client } from '../config/schema.js';
import { firstWaitOf, USUAL_WAIT } from '../evidence/first-wait.js';
import { growthOf } from '../evidence/growth.js';
import { jitterOf } from '../evidence/jitter.js';
import { type Waits, waitsIn } from '../evidence/lateness.js';
import { FEWEST_REPEATS } from '../evidence/repeats.js';
import type { LaneRun } from '../evidence/run.js';
import { scriptOf } from '../proxy/arm.js';
import type { Step } from '../proxy/script.js';
import type { Lanes } from './lanes.js';
import { repeated, scenario } from './scenario.js';

// Each start of another process disturbs short waits; long ones bear it, and to keep all others waiting would cost more.
const ALONE_MS = 3_000;
const QUIETLY_MS = 12_000;

/**
 * The first runs begin beside all others; those that decide come later and, where they are short, on a quiet
 * machine. No more of them begin once they have taken as long as one scenario may.
 */
export async function lastingFault(name: string, fault: Step, client: Client, lanes: Lanes): Promise<LaneRun[]> {
  const one = scenario(`${name} for good`, scriptOf(fault), { expectedMs: 60_000 });
  const runs = await lanes.run(repeated(FEWEST_REPEATS, one));
  const begunAt = performance.now();
  while (runs.length < client.repeats && isOpen(runs) && performance.now() - begunAt < client.patience) {
    const longestMs = Math.max(...runs.map((run) => run.recording.durationMs));
    const more = Math.min(FEWEST_REPEATS, client.repeats - runs.length);
    const further = repeated(more, { ...one, repeat: runs.length + 1 });
    const running =
      longestMs < QUIETLY_MS ? lanes.runQuietly(further, longestMs < ALONE_MS ? 1 : more) : lanes.run(further);
    runs.push(...(await running));
  }
  return runs;
}

function isOpen(runs: readonly LaneRun[]): boolean {
  return !runs.some((run) => run.ended === 'interrupted') && mayTellMore(waitsIn(runs));
}

/** Whether more runs may tell what these do not. */
export function mayTellMore({ waits, lateness }: Waits): boolean {
  const firsts = waits.flatMap((one) => one.slice(0, 1));
  return (
    growthOf(waits, lateness, false).verdict === 'unclear' ||
    jitterOf(waits, lateness).verdict === 'unclear' ||
    (firsts.length > 0 && firstWaitOf(firsts, lateness, USUAL_WAIT) === 'unclear')
  );
}
