import { defineCheck, fail, pass } from '../define.js';
import { endOf, ids, succeeded, successOf, timelineOf, withoutEnds, withoutLanes } from '../shared/clients.js';

export default defineCheck({
  id: 'tolerates-unknown-fields',
  kind: 'client',
  topic: 'Errors',
  severity: 'major',
  title: 'New fields in answers do not break it',
  why: 'Providers add fields without notice and call it compatible: a strict parser fails on that day.',
  fix: 'Ignore members that you do not know, whatever their order, and treat unknown enum values as a case of their own.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9413'],
  needs: ['client.control', 'client.unknown-fields'],

  judge({ 'client.control': control, 'client.unknown-fields': under }) {
    const unable = withoutLanes(control, under);
    if (unable !== null) return unable;
    const blind = withoutEnds(under.runs);
    if (blind !== null) return blind;
    const broken = under.runs.find((run) => !succeeded(run));
    if (broken === undefined)
      return pass(
        'tolerated',
        'Extra members in another order: still a success.',
        under.runs.flatMap((run) => ids(run)),
      );
    return fail('broke', `Extra members in another order: your client ${endOf(broken)}.`, ids(broken), {
      expected: successOf(broken),
      measured: endOf(broken),
      timeline: timelineOf(broken),
    });
  },
});
