import { defineCheck, fail, inconclusive, pass } from '../define.js';
import {
  cutShort,
  endOf,
  ids,
  lookedUp,
  metFault,
  succeeded,
  successOf,
  timelineOf,
  withoutEnds,
  withoutLanes,
} from '../shared/clients.js';

export default defineCheck({
  id: 'tolerates-unknown-fields',
  kind: 'client',
  topic: 'Errors',
  severity: 'major',
  title: 'New fields and enum values in answers do not break it',
  why: 'Providers add fields and enum values without notice and call it compatible: a strict parser fails on that day.',
  fix: 'Ignore members that you do not know, whatever their order, and treat unknown enum values as a case of their own.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9413'],
  needs: ['client.control', 'client.unknown-fields'],

  judge({ 'client.control': control, 'client.unknown-fields': { runs, value } }) {
    const [fields, valued] = runs;
    const unable = withoutLanes(control, { runs: fields === undefined ? [] : [fields] }) ?? cutShort(runs);
    if (unable !== null) return unable;
    const blind = withoutEnds(runs);
    if (blind !== null) return blind;
    if (fields !== undefined && !succeeded(fields))
      return fail('broke', `Extra members in another order: your client ${endOf(fields)}.`, ids(fields), {
        expected: successOf(fields),
        measured: endOf(fields),
        timeline: timelineOf(fields),
      });
    const at = runs.flatMap((run) => ids(run));
    const tried = valued !== undefined && value !== null && metFault(valued);
    if (!tried)
      return pass(
        'tolerated',
        'Extra members in another order: still a success. No member of the answer looks like an enumeration, so no unknown value was tried.',
        at,
      );
    const place = `${value.pointer} (instead of ${value.known})`;
    if (succeeded(valued))
      return pass(
        'tolerated-both',
        `Extra members in another order, and an unknown value at ${place}: still a success.`,
        at,
      );
    const waits = valued.ended !== 'exited' || lookedUp([valued], control) !== null;
    if (waits || value.decides)
      return inconclusive(
        'asks-for-value',
        `Extra members are a success; with an unknown value at ${place} your client ${endOf(valued)}${waits ? ', having asked or waited for more' : ''}. It may rightly continue only with a value that it knows.`,
        ids(valued),
      );
    return fail('broke-on-value', `With an unknown value at ${place} your client ${endOf(valued)}.`, ids(valued), {
      expected: successOf(valued),
      measured: endOf(valued),
      timeline: timelineOf(valued),
    });
  },
});
