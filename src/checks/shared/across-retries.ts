import type { LaneRun } from '../../lanes/run.js';
import { attemptsOf } from '../../lanes/waits.js';
import type { LanesEvidence } from '../../probes/evidence.js';
import type { Verdict } from '../../types.js';
import { fail, inconclusive, pass } from '../define.js';
import { type Attempt, ids, oneOperationPerRun, retried, runsWord, timelineOf, withoutLanes } from './clients.js';

export interface RetriedLanes {
  control: LanesEvidence;
  /** Without these nothing was tried. */
  asked: readonly LanesEvidence[];
  /** Read too, where the client retried in them. */
  others: readonly LanesEvidence[];
}

/** Whether something of the request is the same in all attempts of one operation. */
export function judgeAcrossRetries(
  { control, asked, others }: RetriedLanes,
  kept: { name: string; same(one: Attempt, other: Attempt): boolean },
): Verdict {
  const unable = withoutLanes(control, { runs: asked.flatMap(({ runs }) => runs) });
  if (unable !== null) return unable;
  if (!oneOperationPerRun(control))
    return inconclusive(
      'several-operations',
      'One run performs the operation several times, so attempts cannot be told from operations.',
      control.runs.flatMap((run) => ids(run)),
    );
  const whole = (run: LaneRun) => attemptsOf(run).filter((call) => call.request.complete);
  const runs = retried(...asked, ...others).filter((run) => whole(run).length > 1);
  if (runs.length === 0)
    return inconclusive(
      'never-retried',
      'Your client never repeated a call that had arrived whole, so there was nothing to compare.',
    );
  const changed = runs.find((run) => {
    const [first, ...later] = whole(run);
    return first !== undefined && later.some((call) => !kept.same(first, call));
  });
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
