// Requests that are signed: what can be told of a signature without the secret behind it.
import type { LaneRun } from '../../evidence/run.js';
import { fail, inconclusive, pass } from '../define.js';
import type { Verdict } from '../verdict.js';
import { plural } from './answers.js';
import type { Attempt } from './clients.js';

// A date among the signed headers has a grain of one second.
const MUST_CHANGE_WITHIN_MS = 2_000;

/** Whether each call carries all of `names`, and whether their values belong to the request. */
export function judgeSignature(runs: readonly LaneRun[], names: readonly string[]): Verdict {
  const calls = runs.flatMap(({ recording }) =>
    recording.attempts
      .filter(({ request }) => request.complete)
      .map((attempt) => ({ attempt, atMs: recording.startedAtEpochMs + attempt.times.firstByteAtMs })),
  );
  const listed = names.join(', ');
  const without = calls.filter(({ attempt }) => names.some((name) => carriedIn(attempt, name) === ''));
  const [first] = without;
  if (first !== undefined) {
    const missing = names.filter((name) => carriedIn(first.attempt, name) === '').join(', ');
    return fail(
      'unsigned',
      `${without.length} of ${plural(calls.length, 'call')} did not carry ${missing}, e.g. ${first.attempt.request.method} ${first.attempt.request.url.split('?')[0]}.`,
      [first.attempt.id],
      { expected: listed, measured: `no ${missing}` },
    );
  }
  const signed = calls.map((call) => ({
    ...call,
    body: call.attempt.request.digest?.bytes ?? null,
    signature: JSON.stringify(names.map((name) => carriedIn(call.attempt, name))),
  }));
  const withBody = signed.filter(({ body }) => body !== null);
  for (const one of withBody) {
    const other = withBody.find(({ body, signature }) => body !== one.body && signature === one.signature);
    if (other === undefined) continue;
    return fail(
      'same-signature',
      `Two calls with different bodies carry the same ${listed}.`,
      [one.attempt.id, other.attempt.id],
      { expected: 'a signature of its own for each body', measured: 'one for two bodies' },
    );
  }
  const bodies = new Set(withBody.map(({ body }) => body)).size;
  const times = withBody.map(({ atMs }) => atMs);
  const spanMs = times.length === 0 ? 0 : Math.max(...times) - Math.min(...times);
  const fixed = names.find((name) => new Set(withBody.map(({ attempt }) => carriedIn(attempt, name))).size === 1);
  if (bodies > 1 && fixed !== undefined && spanMs >= MUST_CHANGE_WITHIN_MS) {
    const shown = withBody.slice(0, 2).map(({ attempt }) => attempt.id);
    return fail(
      'fixed',
      `${fixed} has one and the same value on ${plural(bodies, 'different body', 'different bodies')}.`,
      shown,
      {
        expected: 'a value that changes with the request',
        measured: 'one value',
      },
    );
  }
  const at = signed.slice(0, 3).map(({ attempt }) => attempt.id);
  if (bodies < 2 && new Set(signed.map(({ signature }) => signature)).size < 2)
    return inconclusive(
      'alike-calls',
      `All ${plural(calls.length, 'call')} carried ${listed}, but none differs from the others, so it is unknown whether the signature belongs to the request: let each run send a body of its own.`,
      at,
    );
  return pass('signed', `All ${plural(calls.length, 'call')} carried ${listed}, which changed with the request.`, at);
}

function carriedIn({ request }: Attempt, name: string): string {
  return (request.headers.find(([one]) => one.toLowerCase() === name.toLowerCase())?.[1] ?? '').trim();
}
