import { attemptsOf } from '../../lanes/waits.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import {
  ids,
  isProtected,
  oneOperationPerRun,
  retried,
  runsWord,
  timelineOf,
  withoutLanes,
} from '../shared/clients.js';

export default defineCheck({
  id: 'protects-retried-writes',
  kind: 'client',
  topic: 'Idempotency',
  severity: 'blocker',
  title: 'A write that is sent again is protected by a key',
  why: 'Retrying an unprotected write after a 5xx, a cut or a time-out performs it twice.',
  fix: 'Send an idempotency key, or do not retry this call and look the result up instead.',
  refs: [
    'https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/',
    'https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2',
  ],
  needs: ['client.control', 'client.server-errors', 'client.lost-connections', 'client.outage', 'client.lost-response'],

  judge({
    'client.control': control,
    'client.server-errors': errors,
    'client.lost-connections': lost,
    'client.outage': outage,
    'client.lost-response': answer,
  }) {
    const unable = withoutLanes(control, { runs: [...errors.runs, ...lost.runs] });
    if (unable !== null) return unable;
    if (!oneOperationPerRun(control))
      return inconclusive(
        'several-operations',
        'One run performs the operation several times, so attempts cannot be told from operations.',
        control.runs.flatMap((run) => ids(run)),
      );
    const runs = retried(errors, lost, outage, answer);
    const bare = runs.find((run) => attemptsOf(run).some((call) => call.request.complete && !isProtected(call)));
    if (bare !== undefined)
      return fail(
        'unprotected',
        `Under "${bare.label}" the call was sent again without an idempotency key.`,
        ids(bare),
        {
          expected: 'a key, or no second attempt',
          measured: plural(attemptsOf(bare).length, 'unprotected attempt'),
          timeline: timelineOf(bare),
        },
      );
    if (runs.length === 0)
      return pass(
        'not-retried',
        'Your client never sends a write again, so nothing is performed twice.',
        errors.runs.flatMap((run) => ids(run)),
      );
    return pass(
      'protected',
      `All attempts in ${runsWord(runs)} with retries carry a key (or do no harm twice).`,
      runs.slice(0, 2).flatMap((run) => ids(run)),
    );
  },
});
