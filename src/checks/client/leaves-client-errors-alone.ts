import { defineCheck, fail, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { HELD_UP_BOUND, heldUp, ids, timelineOf, triesOf, withoutTries } from '../shared/clients.js';

/** The status that client.other-message answers with. */
const OF_WORDS = 422;

export default defineCheck({
  id: 'leaves-client-errors-alone',
  kind: 'client',
  topic: 'Retries',
  severity: 'blocker',
  title: 'Final refusals are not retried',
  why: 'A 4xx stays a 4xx: repeating it burns your quota, and may lock the account.',
  fix: 'Retry only the statuses that can pass by themselves.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-15.5'],
  bounds: [HELD_UP_BOUND],
  needs: ['client.control', 'client.refusals', 'client.other-message'],

  judge({ 'client.control': control, 'client.refusals': refusals, 'client.other-message': worded }, contract) {
    // The same refusal in other words is as final, where it is final at all.
    const isFinal = refusals.runs.some((run) => run.label === String(OF_WORDS));
    const under = { runs: [...refusals.runs, ...(isFinal ? worded.runs : [])] };
    const unable = withoutTries(control, under);
    if (unable !== null) return unable;
    // Under log-in auth one repeat with a fresh token is right.
    const allowed = (label: string) => (label === '401' && contract.auth.login !== undefined ? 2 : 1);
    const repeating = under.runs.filter((run) => triesOf(run, control).length > allowed(run.label));
    const first = repeating[0];
    if (first === undefined)
      return pass(
        'left-alone',
        `One attempt each on ${under.runs.map((run) => run.label).join(', ')}.`,
        under.runs.flatMap((run) => ids(run)),
      );
    const busy = heldUp(repeating);
    if (busy !== null) return busy;
    return fail(
      'repeated',
      `${repeating.map((run) => `${run.label}: ${plural(triesOf(run, control).length, 'attempt')}`).join(', ')}.`,
      ids(first),
      {
        expected: 'one attempt each',
        measured: plural(triesOf(first, control).length, 'attempt'),
        timeline: timelineOf(first),
      },
    );
  },
});
