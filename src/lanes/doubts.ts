// What a busy machine can make of a client that answers an answer with another call.
import type { LanesEvidence } from '../probes/evidence.js';
import type { Lanes } from './lanes.js';
import type { LaneRun } from './run.js';
import type { Scenario } from './scenario.js';
import { attemptsOf } from './waits.js';

const AT_ONCE = 4;

/**
 * A run of each. Those in which the client called more often than without a fault run once more, and quietly: held up by
 * the machine it gives up on answers that were sent in time, and what counts is a quiet run.
 */
export async function runWithDoubts(
  lanes: Pick<Lanes, 'run' | 'runQuietly'>,
  scenarios: readonly Scenario[],
  control: LanesEvidence,
): Promise<LaneRun[]> {
  const runs = await lanes.run(scenarios);
  const usual = Math.max(1, ...control.runs.map((run) => attemptsOf(run).length));
  const doubtful = runs.flatMap((run, at) => (attemptsOf(run).length > usual ? [at] : []));
  if (doubtful.length === 0) return runs;
  const again = await lanes.runQuietly(
    doubtful.flatMap((at) => scenarios[at] ?? []),
    AT_ONCE,
  );
  return runs.map((run, at) => again[doubtful.indexOf(at)] ?? run);
}
