import check from '../../../src/checks/client/uses-fresh-key-per-operation.js';
import type { LanesEvidence } from '../../../src/evidence/map.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { type AttemptInput, type LaneInput, runs, TWO_OPERATIONS } from '../../helpers/lane.js';

const contract = { idempotency: { header: 'Idempotency-Key' } };
const meaningful = { idempotency: { header: 'Idempotency-Key', style: 'meaningful' } } as const;
const only = (control: LanesEvidence, ...others: readonly LaneInput[]) => ({
  'client.control': control,
  'client.lanes': { runs: [...control.runs, ...runs(...others).runs] },
});
const keys = (one: string, other: string, logical = 'op-1', ...others: readonly LaneInput[]) =>
  only(runs({ attempts: [{ key: one }] }, { attempts: [{ key: other, logical }], repeat: 2 }), ...others);
const burst = (...attempts: readonly AttemptInput[]): LaneInput => ({
  label: 'workload burst',
  script: null,
  attempts,
});

judgeCases(check, {
  unset: [{ outcome: 'not-applicable', evidence: keys('k-1', 'k-2') }],
  'no-keys': [
    { outcome: 'inconclusive', evidence: only(runs({}, { repeat: 2 })), contract },
    {
      outcome: 'inconclusive',
      evidence: only(runs({ attempts: [{ key: 'k-1' }] }, { repeat: 2 })),
      contract,
      name: 'one',
    },
  ],
  'takes-no-key': [
    {
      outcome: 'not-applicable',
      evidence: only(runs({ attempts: [{ method: 'GET' }] }, { attempts: [{ method: 'GET' }], repeat: 2 })),
      contract,
    },
  ],
  fresh: [
    {
      outcome: 'pass',
      evidence: keys('k-1', 'k-2', 'op-1', { label: '500', attempts: [{ key: 'k-1' }] }),
      contract,
      name: 'beside a run that is not over, as who resumes its work does',
    },
    {
      outcome: 'pass',
      evidence: keys(
        'k-1',
        'k-2',
        'op-1',
        { label: '500', attempts: [{ key: 'k-3', status: 500 }] },
        { label: '502', attempts: [{ key: 'k-3' }], beganAfterMs: 60_000 },
      ),
      contract,
      name: 'taken up again after a failure',
    },
    { outcome: 'pass', evidence: keys('k-1', 'k-2'), contract },
    { outcome: 'pass', evidence: only(TWO_OPERATIONS), contract, name: 'several in one run' },
    {
      outcome: 'pass',
      evidence: keys('k-1', 'k-2', 'op-1', burst({}, { logical: 'op-2' })),
      contract,
      name: 'no key at all is not for this check',
    },
    {
      outcome: 'pass',
      evidence: keys('k-1', 'k-2', 'op-2'),
      contract: { idempotency: { bodyField: '/externalId' } },
      name: 'in the body',
    },
    {
      outcome: 'pass',
      evidence: keys('k-1', 'k-2', 'op-1', {
        label: '503',
        attempts: [
          { status: 503, key: 'k-3' },
          { key: 'k-3', logical: 'op-2' },
        ],
      }),
      contract,
      name: 'another body after a fault is not for this check',
    },
    {
      outcome: 'pass',
      evidence: keys(
        'k-1',
        'k-2',
        'op-1',
        burst({ key: 'k-3' }, { key: 'k-3', logical: 'op-2', operation: 'refund', target: false }),
        {
          label: 'reads',
          script: null,
          attempts: [
            { key: 'k-4', method: 'GET' },
            { key: 'k-4', method: 'GET', logical: 'op-2' },
          ],
        },
      ),
      contract,
      name: 'one key for two kinds of operation, or on reads',
    },
  ],
  stable: [{ outcome: 'pass', evidence: keys('order-7', 'order-7'), contract: meaningful }],
  shared: [{ outcome: 'fail', evidence: keys('k-1', 'k-1'), contract, says: /style: meaningful/ }],
  'used-again': [
    {
      outcome: 'fail',
      evidence: keys('k-1', 'k-2', 'op-1', { label: '500', attempts: [{ key: 'k-1' }], beganAfterMs: 60_000 }),
      contract,
      says: /k-1 was sent again by a run that began after/,
    },
  ],
  reused: [
    { outcome: 'fail', evidence: keys('k-1', 'k-1', 'op-2'), contract, says: /different bodies .* k-1/ },
    {
      outcome: 'fail',
      evidence: keys('k-1', 'k-1', 'op-2'),
      contract: meaningful,
      name: 'meaningful, and yet two bodies',
    },
    {
      outcome: 'fail',
      evidence: keys('k-1', 'k-1', 'op-2'),
      contract: { idempotency: { header: 'Idempotency-Key', methods: ['POST', 'PATCH'] } },
      name: 'where several methods take a key',
    },
    {
      outcome: 'fail',
      evidence: only(
        runs(
          ...[1, 2].map((repeat) => ({
            repeat,
            attempts: [
              { key: `k-${repeat}`, logical: 'op-1' },
              { key: `k-${repeat}`, logical: 'op-2' },
            ],
          })),
        ),
      ),
      contract,
      name: 'within one run',
    },
    {
      outcome: 'fail',
      evidence: keys('k-1', 'k-2', 'op-1', burst({ key: 'k-3' }, { key: 'k-3', logical: 'op-2' })),
      contract,
      name: 'within a workload',
    },
  ],
});
