import { defineCheck, fail, pass } from '../define.js';
import { endOf, ids, succeeded, timelineOf, triesOf, withoutLanes } from '../shared/clients.js';

export default defineCheck({
  id: 'retries-server-errors',
  kind: 'client',
  topic: 'Retries',
  severity: 'blocker',
  title: 'Server errors are tried again',
  why: 'Such answers pass in seconds; a client that gives up turns them into failures for your users.',
  fix: 'Retry these answers a few times, with a growing, jittered wait.',
  refs: ['https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/'],
  needs: ['client.control', 'client.server-errors'],

  judge({ 'client.control': control, 'client.server-errors': under }) {
    const unable = withoutLanes(control, under);
    if (unable !== null) return unable;
    const lacking = under.runs.filter((run) => triesOf(run, control).length < 2 || !succeeded(run));
    const first = lacking[0];
    if (first === undefined)
      return pass(
        'retried',
        `After one ${under.runs.map((run) => run.label).join(', ')} each it tried again and succeeded.`,
        under.runs.flatMap((run) => ids(run)),
      );
    const why = triesOf(first, control).length < 2 ? 'it did not try again' : `it tried again, yet ${endOf(first)}`;
    return fail('not-retried', `After one ${lacking.map((run) => run.label).join(', ')} ${why}.`, ids(first), {
      expected: 'another attempt, then success',
      measured: why,
      timeline: timelineOf(first),
    });
  },
});
