import { ownFirstWaitsMs } from '../../evidence/usual.js';
import { waitsOf } from '../../evidence/waits.js';
import { defineCheck, fail, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { looksLikeMilliseconds, MILLISECONDS, neverAskedAgain } from '../shared/asked-wait.js';
import { endOf, ids, seconds, timelineOf, triesOf, withoutTries } from '../shared/clients.js';

const HOUR_MS = 3_600_000;

export default defineCheck({
  id: 'bounds-retry-after',
  kind: 'client',
  topic: 'Retries',
  severity: 'major',
  title: 'It does not wait an hour inside one call',
  why: 'Waiting an hour inside one call blocks a worker; coming back early makes the ban longer.',
  fix: 'Above a bound of your own, give up, report it, and try again later from a queue.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3'],
  bounds: [`It is asked to wait ${HOUR_MS / 1000} s, and must end, without another attempt, within client.patience.`],
  needs: ['client.facts', 'client.control', 'client.long-retry-after', 'client.server-errors'],

  judge({
    'client.facts': facts,
    'client.control': control,
    'client.long-retry-after': under,
    'client.server-errors': errors,
  }) {
    const unable = neverAskedAgain(control, under) ?? withoutTries(control, under);
    if (unable !== null) return unable;
    for (const run of under.runs) {
      const attempts = triesOf(run, control);
      const figures = {
        expected: `one attempt, and an end within ${seconds(facts.patienceMs)}`,
        timeline: timelineOf(run),
      };
      if (attempts.length > 1) {
        const waitedMs = waitsOf(run)[0] ?? 0;
        const own = ownFirstWaitsMs(errors);
        const guess = looksLikeMilliseconds(run, { askedMs: HOUR_MS, waitedMs, own }) ? MILLISECONDS : null;
        const story = `Asked to wait an hour, it came back after ${seconds(waitedMs)}${guess?.words ?? ''}.`;
        return fail('too-early', story, ids(run), {
          ...figures,
          ...guess?.figures,
          measured: plural(attempts.length, 'attempt'),
        });
      }
      if (run.ended === 'patience')
        return fail(
          'hangs',
          `Asked to wait an hour, it was still waiting after ${seconds(facts.patienceMs)} (client.patience).`,
          ids(run),
          { ...figures, measured: 'no end' },
        );
    }
    return pass(
      'gave-up',
      `Asked to wait an hour, it gave up${under.runs.map((run) => ` and ${endOf(run)}`).join('')}.`,
      under.runs.flatMap((run) => ids(run)),
    );
  },
});
