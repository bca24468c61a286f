import { attemptsOf } from '../../lanes/waits.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { ids, oneOperationPerRun, retried, runsWord, timelineOf, withoutLanes } from '../shared/clients.js';

export default defineCheck({
  id: 'keeps-body-across-retries',
  kind: 'client',
  topic: 'Idempotency',
  severity: 'blocker',
  title: 'All attempts of one operation carry one body',
  why: 'A repeat with another body is refused, or performed as something else.',
  fix: 'Build the body before the retry loop: no timestamps or random parts inside it.',
  refs: ['https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/'],
  needs: ['client.control', 'client.server-errors', 'client.rate-limits', 'client.lost-connections', 'client.outage'],

  judge({
    'client.control': control,
    'client.server-errors': errors,
    'client.rate-limits': limits,
    'client.lost-connections': lost,
    'client.outage': outage,
  }) {
    const unable = withoutLanes(control, { runs: [...errors.runs, ...limits.runs] });
    if (unable !== null) return unable;
    if (!oneOperationPerRun(control))
      return inconclusive(
        'several-operations',
        'One run performs the operation several times, so attempts cannot be told from operations.',
        control.runs.flatMap((run) => ids(run)),
      );
    const runs = retried(errors, limits, lost, outage);
    if (runs.length === 0)
      return inconclusive('never-retried', 'Your client never repeated a call, so there was nothing to compare.');
    const changed = runs.find(
      (run) =>
        new Set(
          attemptsOf(run)
            .filter((call) => call.request.complete)
            .map((call) => call.logical),
        ).size > 1,
    );
    if (changed === undefined)
      return pass(
        'kept',
        `One body over all attempts in ${runsWord(runs)} with retries.`,
        runs.slice(0, 2).flatMap((run) => ids(run)),
      );
    return fail('changed', `Under "${changed.label}" a later attempt carries another body.`, ids(changed), {
      expected: 'one body',
      measured: 'another body',
      timeline: timelineOf(changed),
    });
  },
});
