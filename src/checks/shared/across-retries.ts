import type { Contract } from '../../config/schema.js';
import type { LanesEvidence } from '../../evidence/map.js';
import type { LaneRun } from '../../evidence/run.js';
import { fail, inconclusive, pass } from '../define.js';
import type { Verdict } from '../verdict.js';
import { type Attempt, ids, placeOf, runsWord, timelineOf, withoutOneOperation } from './clients.js';
import { operationsIn, runsOfOperation } from './one-operation.js';

export interface RetriedLanes {
  control: LanesEvidence;
  /** Without these nothing was tried. */
  asked: readonly LanesEvidence[];
  /** All of them, these included. */
  lanes: LanesEvidence;
}

interface Kept {
  name: string;
  same(one: Attempt, other: Attempt): boolean;
  /** "another key than": what a changed attempt carries, before the name of the first one. */
  changed(first: Attempt, later: Attempt): string;
}

/** Attempts of one operation that arrived whole, for each operation that was tried more than once. */
export function triedAgain(lanes: LanesEvidence, contract: Contract): Attempt[][] {
  return runsOfOperation(lanes)
    .flatMap((run) => operationsIn(run, contract))
    .map((attempts) => attempts.filter((call) => call.request.complete))
    .filter((attempts) => attempts.length > 1);
}

/** Whether something of the request is the same in all attempts of one operation. */
export function judgeAcrossRetries({ control, asked, lanes }: RetriedLanes, contract: Contract, kept: Kept): Verdict {
  const unable = withoutOneOperation(control, { runs: asked.flatMap(({ runs }) => runs) });
  if (unable !== null) return unable;
  const runs = runsOfOperation(lanes).filter((run) => triedAgain({ runs: [run] }, contract).length > 0);
  if (runs.length === 0)
    return inconclusive(
      'never-retried',
      'Your client never repeated a call that had arrived whole, so there was nothing to compare.',
    );
  const change = runs.map((run) => changeIn(run, contract, kept)).find((one) => one !== null);
  if (change == null)
    return pass(
      'kept',
      `One ${kept.name} over all attempts in ${runsWord(runs)} with retries.`,
      runs.slice(0, 2).flatMap((run) => ids(run)),
    );
  const { run, first, later } = change;
  return fail(
    'changed',
    `Under "${run.label}" attempt ${placeOf(run, later)} carries ${kept.changed(first, later)} attempt ${placeOf(run, first)}.`,
    ids(run),
    { expected: `one ${kept.name}`, measured: `another ${kept.name}`, timeline: timelineOf(run) },
  );
}

function changeIn(
  run: LaneRun,
  contract: Contract,
  { same }: Kept,
): { run: LaneRun; first: Attempt; later: Attempt } | null {
  for (const [first, ...others] of triedAgain({ runs: [run] }, contract)) {
    const later = others.find((call) => first !== undefined && !same(first, call));
    if (first !== undefined && later !== undefined) return { run, first, later };
  }
  return null;
}
