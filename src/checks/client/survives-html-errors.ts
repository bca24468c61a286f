import { attemptsOf } from '../../evidence/waits.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { endOf, ids, lookedUp, succeeded, timelineOf, withoutEnds, withoutLanes } from '../shared/clients.js';

export default defineCheck({
  id: 'survives-html-errors',
  kind: 'client',
  topic: 'Errors',
  severity: 'major',
  title: 'HTML pages and garbage end in a clean error',
  why: 'Gateways answer with HTML: a parser that throws there hides the real fault, or worse, passes for success.',
  fix: 'Look at status and content type before parsing, and report both.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-8.3'],
  needs: ['client.control', 'client.refusals', 'client.html-errors'],

  judge({ 'client.control': control, 'client.refusals': refusals, 'client.html-errors': under }) {
    const unable = withoutLanes(control, under);
    if (unable !== null) return unable;
    const blind = withoutEnds(under.runs);
    if (blind !== null) return blind;
    // Some report every final failure by a signal.
    const usualSignals = refusals.runs.filter((run) => run.ended === 'exited').map((run) => run.process.signal);
    for (const run of under.runs) {
      const figures = { expected: 'a visible failure', measured: endOf(run), timeline: timelineOf(run) };
      const open = succeeded(run) ? lookedUp([run], control) : null;
      if (open !== null) return open;
      if (succeeded(run))
        return fail('taken-for-success', `${run.label}: your client reported success.`, ids(run), figures);
      // Endless retrying is judged by bounds-attempts.
      if (run.ended === 'patience' && attemptsOf(run).length > 1)
        return inconclusive(
          'still-retrying',
          `${run.label}: it was still retrying, so its final output is not known.`,
          ids(run),
        );
      if (run.ended === 'patience') return fail('hangs', `${run.label}: your client ${endOf(run)}.`, ids(run), figures);
      if (run.process.signal !== null && !usualSignals.includes(run.process.signal))
        return fail('crashed', `${run.label}: your client ${endOf(run)}.`, ids(run), figures);
    }
    return pass(
      'reported',
      `${under.runs.map((run) => `${run.label}: ${endOf(run)}`).join('; ')}.`,
      under.runs.flatMap((run) => ids(run)),
    );
  },
});
