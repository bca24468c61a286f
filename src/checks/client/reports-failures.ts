import { defineCheck, fail, inconclusive, pass } from '../define.js';
import {
  endOf,
  ids,
  lookedUp,
  runsWord,
  succeeded,
  successOf,
  timelineOf,
  withoutEnds,
  withoutLanes,
} from '../shared/clients.js';
import { EVERY_FAULT, failedRuns, labelsOf } from '../shared/one-operation.js';

export default defineCheck({
  id: 'reports-failures',
  kind: 'client',
  topic: 'Errors',
  severity: 'blocker',
  title: 'A final failure is visible in the exit code',
  why: 'A job that prints an error and exits 0 is green in every scheduler: nobody looks.',
  fix: 'Exit non-zero (or answer the trigger with an error) when the operation finally failed.',
  refs: ['https://pubs.opengroup.org/onlinepubs/9799919799/'],
  needs: ['client.refusals', ...EVERY_FAULT],

  judge({
    'client.control': control,
    'client.refusals': refusals,
    'client.outage': outage,
    'client.hang': hang,
    'client.lanes': lanes,
  }) {
    const asked = [...refusals.runs, ...outage.runs];
    const unable = withoutLanes(control, { runs: [...asked, ...hang.runs] });
    if (unable !== null) return unable;
    const blind = withoutEnds(asked);
    if (blind !== null) return blind;
    const ended = failedRuns(lanes).filter((run) => run.ended === 'exited' && run.process.reported);
    if (ended.length === 0) return inconclusive('no-end', 'No failing run came to an end.');
    const all = ended.filter(succeeded);
    const silent = all.filter((run) => lookedUp([run], control) === null);
    const [first] = silent;
    const open = first === undefined ? lookedUp(all, control) : null;
    if (open !== null) return open;
    if (first === undefined)
      return pass(
        'visible',
        `${runsWord(ended)} that failed finally, none of which looks like a success.`,
        ended.slice(0, 2).flatMap((run) => ids(run)),
      );
    return fail('hidden', `After a final ${labelsOf(silent)} your client ${endOf(first)}.`, ids(first), {
      expected: `not ${successOf(first)}`,
      measured: endOf(first),
      timeline: timelineOf(first),
    });
  },
});
