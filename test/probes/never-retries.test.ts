// Which clients are not asked in odd ways to wait: those that were asked in the usual one, and never came again.
import { expect, it } from 'vitest';
import type { LaneRun } from '../../src/evidence/run.js';
import retryAfter from '../../src/probes/client/retry-after.js';
import dates from '../../src/probes/client/retry-after-dates.js';
import type { ClientContext } from '../../src/probes/define.js';
import { type AttemptInput, lane } from '../helpers/lane.js';

const ONCE: readonly AttemptInput[] = [{ status: 503, fault: true }];
const AGAIN: readonly AttemptInput[] = [...ONCE, {}];

function seen(asked: readonly AttemptInput[]): ClientContext['evidence'] {
  const run = (label: string, attempts: readonly AttemptInput[]): LaneRun =>
    lane({ label, attempts, ...(attempts.length === 1 && label !== 'no fault' ? { exitCode: 1 } : {}) });
  const evidence = {
    'client.control': { runs: [run('no fault', [{}])] },
    'client.server-errors': { runs: [run('503', ONCE)] },
    'client.rate-limits': { runs: [run('429', ONCE), run('429 with Retry-After', ONCE)] },
    'client.retry-after': { runs: [run('429', ONCE), run('503', asked)] },
  };
  return ((key: keyof typeof evidence) => evidence[key]) as unknown as ClientContext['evidence'];
}

it('asks every client to wait in seconds, also one that sends no call again without being asked', () => {
  expect(retryAfter.settled).toBeUndefined();
});

it('asks one that comes again only after a 503 that says when to wait until a date, too', () => {
  expect(dates.settled?.(seen(AGAIN))).toBeNull();
});

it('asks no other, and names all that it met', () => {
  const settled = dates.settled?.(seen(ONCE));
  expect(settled).toMatchObject({ never: true });
  expect(settled?.runs.map(({ label }) => label)).toEqual(['503', '429', '429 with Retry-After', '429', '503']);
});
