import { NOISY_MS } from '../../evidence/lateness.js';
import type { LaneRun } from '../../evidence/run.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import {
  type Attempt,
  endOf,
  ids,
  isProtected,
  otherKeyIn,
  placeOf,
  succeeded,
  timelineOf,
  triesOf,
  withoutTries,
} from '../shared/clients.js';
import { busyNote } from '../shared/machine.js';

export default defineCheck({
  id: 'survives-slow-responses',
  kind: 'client',
  topic: 'Retries',
  severity: 'major',
  title: 'A slow answer leads to no second create',
  why: 'An answer that comes just in time must not meet a duplicate that is already on its way with a new key.',
  fix: "Make the time-out longer than the provider's slowest answer, and keep the key when repeating.",
  refs: ['https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/'],
  bounds: [
    'The answer comes before the time-out that the client showed where none came.',
    `Where the machine is ${NOISY_MS} ms late or more, a second create stays open: the answer may have come too late.`,
  ],
  needs: ['client.control', 'client.slow-response'],

  judge({ 'client.control': control, 'client.slow-response': under }) {
    const unable = withoutTries(control, under);
    if (unable !== null) return unable;
    for (const run of under.runs) {
      const attempts = triesOf(run, control);
      const other = otherKeyIn(attempts);
      const unprotected = attempts.length > 1 && (other !== null || !attempts.every((call) => isProtected(call)));
      const { timerLateMaxMs, timerLateMeanMs } = run.recording.noise;
      if (unprotected && timerLateMaxMs >= NOISY_MS && attempts[0]?.endedBy === 'client')
        return inconclusive(
          'busy',
          `${run.label}: it sent the create again, but the answer may have come after its time-out.${busyNote({ timersMs: timerLateMeanMs })}`,
          ids(run),
        );
      if (unprotected)
        return fail(
          'duplicated',
          `While the answer was on its way (${run.label}) it sent the create again${withOther(run, attempts)}.`,
          ids(run),
          { expected: 'one operation', measured: plural(attempts.length, 'attempt'), timeline: timelineOf(run) },
        );
      if (!succeeded(run))
        return inconclusive(
          'failed',
          `${run.label}: your client ${endOf(run)}, although the answer came within its own time-out.`,
          ids(run),
        );
    }
    return pass(
      'waited',
      `${under.runs.map((run) => run.label).join(', ')}: one operation, success.`,
      under.runs.flatMap((run) => ids(run)),
    );
  },
});

function withOther(run: LaneRun, attempts: readonly Attempt[]): string {
  const other = otherKeyIn(attempts);
  const isKeyless = attempts.some(({ request }) => request.idempotencyKey === null);
  return other === null || isKeyless ? ' without a key' : ` with another key in attempt ${placeOf(run, other)}`;
}
