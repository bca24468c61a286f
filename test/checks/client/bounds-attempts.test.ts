import check from '../../../src/checks/client/bounds-attempts.js';
import type { LanesEvidence } from '../../../src/evidence/map.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import type { GivenLanes, LaneInput } from '../../helpers/lane.js';
import {
  control,
  everyFault,
  facts,
  outage,
  recovered,
  runs,
  TWO_OPERATIONS,
  unableToRetry,
} from '../../helpers/lane.js';

const evidence = (under: LanesEvidence, calls = control(), lanes: GivenLanes = {}) => ({
  'client.facts': facts(),
  ...everyFault({ 'client.control': calls, 'client.outage': under, ...lanes }),
});
const HELD = { status: null, ended: 'client-closed', endedBy: 'client' } as const;
const hanging = (count: number) =>
  runs({ label: 'no answer', attempts: Array.from({ length: count }, () => HELD), ...endless });
const waits = (count: number) => Array.from({ length: count }, () => 200);
const endless: Partial<LaneInput> = { ended: 'patience', durationMs: 60_300 };

judgeCases(check, {
  ...unableToRetry((control, under) => evidence(under, control)),
  stopped: [
    { outcome: 'pass', evidence: evidence(outage([waits(3), waits(4)])), says: /4 to 5 attempts in 2 runs/ },
    { outcome: 'pass', evidence: evidence(outage([waits(9)])), name: 'ten attempts' },
    { outcome: 'pass', evidence: evidence(outage([[]])), name: 'it never retries' },
    {
      outcome: 'pass',
      evidence: evidence(outage([waits(3)]), control(), { 'client.hang': hanging(3) }),
      name: 'time-outs that take their time, within its bound',
    },
    {
      outcome: 'pass',
      evidence: evidence(outage([waits(3)]), control(), {
        'client.hang': runs({
          ...recovered('workload burst'),
          attempts: waits(20).map(() => ({ status: 429 })),
          otherWork: true,
        }),
      }),
      name: 'a workload',
    },
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
  'still-trying': [
    {
      outcome: 'inconclusive',
      evidence: evidence(outage([waits(1)]), control(), { 'client.hang': hanging(4) }),
      says: /"no answer" .* 4 attempts, more than under a lasting 503/,
    },
  ],
  'too-many': [
    {
      outcome: 'fail',
      evidence: evidence(outage([waits(3)]), control(), { 'client.hang': hanging(12) }),
      says: /^12 attempts under "no answer", still retrying after 60 s/,
      name: 'after time-outs only',
    },
    {
      outcome: 'fail',
      evidence: evidence(outage([waits(3)]), control(), {
        'client.truncated-response': runs({
          label: 'body cut short',
          attempts: Array.from({ length: 30 }, () => ({ status: 201, ended: 'we-cut' as const, fault: true })),
        }),
      }),
      name: 'after half an answer only',
    },
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
  'still-running': [
    {
      outcome: 'fail',
      evidence: evidence(outage([waits(3)]), control(), {
        'client.html-errors': runs({
          label: '502 with an HTML page',
          attempts: waits(5).map(() => ({ status: 502 })),
          ...endless,
        }),
      }),
      says: /"502 with an HTML page"/,
      name: 'slowly, after HTML',
    },
    {
      outcome: 'fail',
      evidence: evidence(outage([waits(3)]), control(), {
        'client.lasting-faults': runs({
          label: 'reset for good',
          attempts: waits(5).map(() => ({ status: null, ended: 'we-cut' as const, fault: true })),
          ...endless,
        }),
      }),
      says: /"reset for good"/,
      name: 'where a lasting reset alone is repeated for ever',
    },
    { outcome: 'fail', evidence: evidence(outage([[30_000]], endless)), says: /60 s .* 2 attempts/ },
  ],
});
