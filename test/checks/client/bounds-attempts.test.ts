import check from '../../../src/checks/client/bounds-attempts.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import type { LaneInput } from '../../helpers/lane.js';
import { control, facts, outage, runs, TWO_OPERATIONS, unableToRetry } from '../../helpers/lane.js';

const evidence = (under: ReturnType<typeof outage>, calls = control()) => ({
  'client.facts': facts(),
  'client.control': calls,
  'client.outage': under,
});
const waits = (count: number) => Array.from({ length: count }, () => 200);
const endless: Partial<LaneInput> = { ended: 'patience', durationMs: 60_300 };

judgeCases(check, {
  ...unableToRetry((control, under) => ({
    'client.facts': facts(),
    'client.control': control,
    'client.outage': under,
  })),
  stopped: [
    { outcome: 'pass', evidence: evidence(outage([waits(3), waits(4)])), says: /4 to 5 attempts in 2 runs/ },
    { outcome: 'pass', evidence: evidence(outage([waits(9)])), name: 'ten attempts' },
    { outcome: 'pass', evidence: evidence(outage([[]])), name: 'it never retries' },
    {
      outcome: 'pass',
      evidence: evidence(
        runs({
          label: '503 for good',
          attempts: ['op-1', 'op-2'].flatMap((logical) => waits(6).map(() => ({ status: 503, logical }))),
        }),
        TWO_OPERATIONS,
      ),
      name: 'six for each of two operations',
    },
  ],
  'too-many': [
    { outcome: 'fail', evidence: evidence(outage([waits(3), waits(10)])), says: /^11 attempts under a lasting 503\.$/ },
    { outcome: 'fail', evidence: evidence(outage([waits(40)], endless)), says: /still retrying after 60 s/ },
    {
      outcome: 'fail',
      evidence: evidence(outage([waits(11)], { label: '429 for good' })),
      says: /^12 attempts under a lasting 429\.$/,
      name: 'under the fault that it retries',
    },
    {
      outcome: 'fail',
      evidence: evidence(outage([waits(3)])),
      contract: { retry: { maxAttempts: 3 } },
      name: 'of the contract',
    },
  ],
  'still-running': [{ outcome: 'fail', evidence: evidence(outage([[30_000]], endless)), says: /60 s .* 2 attempts/ }],
});
