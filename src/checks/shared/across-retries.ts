import type { Contract } from '../../config/schema.js';
import type { LanesEvidence } from '../../evidence/map.js';
import { fail, inconclusive, pass } from '../define.js';
import type { Verdict } from '../verdict.js';
import { type Attempt, ids, runsWord, timelineOf, withoutOneOperation } from './clients.js';
import { operationsIn, runsOfOperation } from './one-operation.js';

export interface RetriedLanes {
  control: LanesEvidence;
  /** Without these nothing was tried. */
  asked: readonly LanesEvidence[];
  /** All of them, these included. */
  lanes: LanesEvidence;
}

/** Attempts of one operation that arrived whole, for each operation that was tried more than once. */
export function triedAgain(lanes: LanesEvidence, contract: Contract): Attempt[][] {
  return runsOfOperation(lanes)
    .flatMap((run) => operationsIn(run, contract))
    .map((attempts) => attempts.filter((call) => call.request.complete))
    .filter((attempts) => attempts.length > 1);
}

/** Whether something of the request is the same in all attempts of one operation. */
export function judgeAcrossRetries(
  { control, asked, lanes }: RetriedLanes,
  contract: Contract,
  kept: { name: string; same(one: Attempt, other: Attempt): boolean },
): Verdict {
  const unable = withoutOneOperation(control, { runs: asked.flatMap(({ runs }) => runs) });
  if (unable !== null) return unable;
  const runs = runsOfOperation(lanes).filter((run) => triedAgain({ runs: [run] }, contract).length > 0);
  if (runs.length === 0)
    return inconclusive(
      'never-retried',
      'Your client never repeated a call that had arrived whole, so there was nothing to compare.',
    );
  const changed = runs.find((run) =>
    triedAgain({ runs: [run] }, contract).some(([first, ...later]) =>
      later.some((call) => first !== undefined && !kept.same(first, call)),
    ),
  );
  if (changed === undefined)
    return pass(
      'kept',
      `One ${kept.name} over all attempts in ${runsWord(runs)} with retries.`,
      runs.slice(0, 2).flatMap((run) => ids(run)),
    );
  return fail('changed', `Under "${changed.label}" a later attempt carries another ${kept.name}.`, ids(changed), {
    expected: `one ${kept.name}`,
    measured: `another ${kept.name}`,
    timeline: timelineOf(changed),
  });
}
