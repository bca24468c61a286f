import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { HELD_UP_BOUND, heldUp, ids, withoutLanes, withoutWholeOutput } from '../shared/clients.js';
import { EVERY_FAULT, labelsOf, refusedRuns } from '../shared/one-operation.js';

export default defineCheck({
  id: 'logs-errors',
  kind: 'client',
  topic: 'Errors',
  severity: 'major',
  title: 'A failed call leaves its status or code in the log',
  why: 'If a failure leaves no line in the log, your customers find it first.',
  fix: 'Log method, path, status and error code of every failed answer.',
  refs: ['https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html'],
  bounds: [HELD_UP_BOUND],
  needs: ['client.refusals', ...EVERY_FAULT],

  judge({ 'client.control': control, 'client.refusals': refusals, 'client.lanes': lanes }) {
    const unable = withoutLanes(control, refusals);
    if (unable !== null) return unable;
    const under = refusedRuns(refusals, lanes);
    const silent = under.filter((run) => run.process.namedErrors.length === 0);
    // What is still trying has not failed yet, and may log it at its end.
    const over = silent.filter((run) => run.ended !== 'patience');
    const first = over[0] ?? silent[0];
    if (first === undefined)
      return pass(
        'logged',
        `The status or error code of each failed call is in the output (${labelsOf(under)}).`,
        refusals.runs.flatMap((run) => ids(run)),
      );
    if (first.ended === 'patience')
      return inconclusive(
        'still-running',
        `After ${first.label} your client was still running, so what it logs at its end is not known.`,
        ids(first),
      );
    if (first.process.sharedLogs)
      return inconclusive(
        'shared-log',
        'Several runs at once write to one log file (client.logs), so a status in it can be of any of them. Put {{lane}} into its path: each run gets a directory of its own.',
        ids(first),
      );
    const partial = withoutWholeOutput(silent) ?? heldUp(over);
    if (partial !== null) return partial;
    return fail(
      'missing',
      `After ${labelsOf(over)} the output holds neither the status nor the error code.`,
      ids(first),
      {
        expected: 'the status or error code in the output',
        measured: first.process.outputBytes === 0 ? 'no output' : 'neither',
      },
    );
  },
});
