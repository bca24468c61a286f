import { attemptsOf } from '../../evidence/waits.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { ids, seconds, timelineOf, withoutLanes } from '../shared/clients.js';

// Common client time-outs are 30 s.
const LEAST_PATIENCE_MS = 31_000;

export default defineCheck({
  id: 'times-out',
  kind: 'client',
  topic: 'Retries',
  severity: 'blocker',
  title: 'A call without an answer times out',
  why: 'Without a time-out one silent connection holds a worker for ever, and then all of them.',
  fix: 'Set a time-out for the whole call: connect, headers and body.',
  refs: ['https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/'],
  bounds: [
    `A client that is watched for less than ${LEAST_PATIENCE_MS / 1000} s (client.patience) cannot show that it has no time-out.`,
  ],
  needs: ['client.facts', 'client.control', 'client.hang'],

  judge({ 'client.facts': facts, 'client.control': control, 'client.hang': under }) {
    const unable = withoutLanes(control, under);
    if (unable !== null) return unable;
    const held: string[] = [];
    for (const run of under.runs) {
      const [first] = attemptsOf(run);
      if (first === undefined) continue;
      const heldMs = (first.times.endedAtMs ?? run.recording.durationMs) - first.times.firstByteAtMs;
      if (first.endedBy === 'client' && run.ended !== 'patience') {
        held.push(`${run.label}: after ${seconds(heldMs)}`);
        continue;
      }
      // Patience begins with the first call of any kind, and ends the process: that is no time-out of its own.
      const [earliest = first] = run.recording.attempts;
      const watchedMs = facts.patienceMs - (first.times.firstByteAtMs - earliest.times.firstByteAtMs);
      if (first.endedBy === 'client' && heldMs < watchedMs - 1000) {
        held.push(`${run.label}: after ${seconds(heldMs)}`);
        continue;
      }
      if (watchedMs < LEAST_PATIENCE_MS)
        return inconclusive(
          'impatient',
          `It still waited after ${seconds(watchedMs)}, when client.patience (${facts.patienceMs} ms) ended; usual time-outs are 30 s, so less than 31 s cannot show whether there is one: set client.patience: ${Math.ceil((LEAST_PATIENCE_MS + facts.patienceMs - watchedMs) / 1000) * 1000} or more.`,
          ids(run),
        );
      const [, next] = attemptsOf(run);
      const { trigger, reported } = run.process;
      if (reported && trigger !== null && trigger.status !== null)
        return inconclusive(
          'left-open',
          `${run.label}: your service answered its trigger with ${trigger.status}, but the call${next === undefined ? '' : ' that it gave up'} stayed open for ${seconds(heldMs)}.`,
          ids(run),
        );
      const story =
        next === undefined
          ? `it still waited after ${seconds(heldMs)}`
          : `it sent the call again after ${seconds(next.times.firstByteAtMs - first.times.firstByteAtMs)}, but held on to the first one and was still running after ${seconds(heldMs)}`;
      return fail('no-time-out', `${run.label}: ${story}.`, ids(run), {
        expected: `given up within ${seconds(facts.patienceMs)}`,
        measured: 'no end',
        timeline: timelineOf(run),
      });
    }
    return pass(
      'gave-up',
      `It gave up the call (${held.join('; ')}).`,
      under.runs.flatMap((run) => ids(run)),
    );
  },
});
