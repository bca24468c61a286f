import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { endOf, ids, lookedUp, succeeded, timelineOf, withoutEnds, withoutLanes } from '../shared/clients.js';

export default defineCheck({
  id: 'rejects-truncated-responses',
  kind: 'client',
  topic: 'Errors',
  severity: 'major',
  title: 'A truncated answer is an error',
  why: 'A client that takes half an answer for a whole one loses orders without a trace.',
  fix: 'Check that the body is complete (most HTTP libraries do, when asked to read it whole) and parses.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-8.6'],
  needs: ['client.control', 'client.truncated-response'],

  judge({ 'client.control': control, 'client.truncated-response': under }) {
    const unable = withoutLanes(control, under);
    if (unable !== null) return unable;
    const blind = withoutEnds(under.runs);
    if (blind !== null) return blind;
    const fooled = under.runs.find((run) => succeeded(run));
    const open = fooled === undefined ? null : lookedUp([fooled], control);
    if (open !== null) return open;
    if (fooled !== undefined)
      return fail('taken-for-success', 'The body was cut short, yet your client reported success.', ids(fooled), {
        expected: 'a visible failure',
        measured: endOf(fooled),
        timeline: timelineOf(fooled),
      });
    const endless = under.runs.find((run) => run.ended === 'patience');
    if (endless !== undefined) {
      return inconclusive('no-end', `Your client ${endOf(endless)}, so its final output is not known.`, ids(endless));
    }
    return pass(
      'rejected',
      under.runs.map((run) => `Your client ${endOf(run)}.`).join(' '),
      under.runs.flatMap((run) => ids(run)),
    );
  },
});
