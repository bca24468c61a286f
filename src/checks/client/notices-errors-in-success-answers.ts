import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { endOf, ids, lookedUp, succeeded, timelineOf, withoutEnds, withoutLanes } from '../shared/clients.js';

export default defineCheck({
  id: 'notices-errors-in-success-answers',
  kind: 'client',
  topic: 'Errors',
  severity: 'blocker',
  title: 'An error in a 200 answer is not taken for a success',
  why: 'This API refuses with 200 and says so in the body: a client that reads the status alone takes every refusal for a success.',
  fix: 'Look at the member that reports an error (contract.errors.inSuccess) before you read anything else of a 2xx.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-15.3', 'https://www.rfc-editor.org/rfc/rfc9457'],
  needs: ['client.control', 'client.errors-in-success'],

  judge({ 'client.control': control, 'client.errors-in-success': under }) {
    const unable = withoutLanes(control, under);
    if (unable !== null) return unable;
    const blind = withoutEnds(under.runs);
    if (blind !== null) return blind;
    const fooled = under.runs.find((run) => succeeded(run));
    const open = fooled === undefined ? null : lookedUp([fooled], control);
    if (open !== null) return open;
    if (fooled !== undefined)
      return fail(
        'taken-for-success',
        'The operation was refused by a 200 with an error in its body, yet your client reported success.',
        ids(fooled),
        { expected: 'a visible failure', measured: endOf(fooled), timeline: timelineOf(fooled) },
      );
    const endless = under.runs.find((run) => run.ended === 'patience');
    if (endless !== undefined)
      return inconclusive('no-end', `Your client ${endOf(endless)}, so its final output is not known.`, ids(endless));
    return pass(
      'noticed',
      `200 with an error in its body: ${under.runs.map((run) => `your client ${endOf(run)}`).join('; ')}.`,
      under.runs.flatMap((run) => ids(run)),
    );
  },
});
