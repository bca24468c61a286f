import type { LanesEvidence } from '../../evidence/map.js';
import { fail, pass } from '../define.js';
import type { Verdict } from '../verdict.js';
import { endOf, ids, lookedUp, succeeded, timelineOf, triesOf, withoutTries } from './clients.js';

/** Whether one passing fault was followed by another attempt and success, in each of the runs. */
export function judgeOneRetry(control: LanesEvidence, under: LanesEvidence): Verdict {
  const unable = withoutTries(control, under);
  if (unable !== null) return unable;
  const all = under.runs.filter((run) => triesOf(run, control).length < 2 || !succeeded(run));
  const lacking = all.filter((run) => lookedUp([run], control) === null);
  const [first] = lacking;
  const open = first === undefined ? lookedUp(all, control) : null;
  if (open !== null) return open;
  if (first === undefined)
    return pass(
      'retried',
      `After one ${under.runs.map((run) => run.label).join(', ')} each it retried and succeeded.`,
      under.runs.flatMap((run) => ids(run)),
    );
  const why = triesOf(first, control).length < 2 ? 'it did not retry' : `it retried, yet ${endOf(first)}`;
  return fail('not-retried', `After one ${lacking.map((run) => run.label).join(', ')} ${why}.`, ids(first), {
    expected: 'another attempt, then success',
    measured: why,
    timeline: timelineOf(first),
  });
}
