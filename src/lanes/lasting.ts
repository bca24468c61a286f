// One fault for good, as often as it takes to judge the client's waits.
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
 * The first begins beside all others, its repeats as soon as the client asks again; those that decide come later and, where
 * they are short, on a quiet machine. No more of them begin once they have taken as long as one scenario may.
 */
export async function lastingFault(name: string, fault: Step, client: Client, lanes: Lanes): Promise<LaneRun[]> {
  const one = scenario(`${name} for good`, scriptOf(fault), { expectedMs: 60_000 });
  const further = repeated(Math.min(FEWEST_REPEATS, client.repeats) - 1, { ...one, repeat: 2 });
  const runs = await lanes.runFurther(one, further);
  // One that never asks again has no waits.
  if (runs.length === 1) return runs;
  let takenMs = 0;
  while (runs.length < client.repeats && isOpen(runs) && takenMs < client.patience) {
    const longestMs = Math.max(...runs.map((run) => run.recording.durationMs));
    const more = Math.min(FEWEST_REPEATS, client.repeats - runs.length);
    const another = repeated(more, { ...one, repeat: runs.length + 1 });
    const running =
      longestMs < QUIETLY_MS ? lanes.runQuietly(another, longestMs < ALONE_MS ? 1 : more) : lanes.run(another);
    const done = await running;
    takenMs += spanOf(done);
    runs.push(...done);
  }
  return runs;
}

/** From the first beginning to the last end, ms: what they waited for others before that is none of it. */
function spanOf(runs: readonly LaneRun[]): number {
  const recordings = runs.map(({ recording }) => recording);
  const ends = recordings.map(({ startedAtEpochMs, durationMs }) => startedAtEpochMs + durationMs);
  return Math.max(...ends) - Math.min(...recordings.map(({ startedAtEpochMs }) => startedAtEpochMs));
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
