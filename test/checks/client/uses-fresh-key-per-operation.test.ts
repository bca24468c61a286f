import check from '../../../src/checks/client/uses-fresh-key-per-operation.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { runs, TWO_OPERATIONS } from '../../helpers/lane.js';

const contract = { idempotency: { header: 'Idempotency-Key' } };
const meaningful = { idempotency: { header: 'Idempotency-Key', style: 'meaningful' } } as const;
const keys = (one: string, other: string, logical = 'op-1') => ({
  'client.control': runs({ attempts: [{ key: one }] }, { attempts: [{ key: other, logical }], repeat: 2 }),
});

judgeCases(check, {
  unset: [{ outcome: 'not-applicable', evidence: keys('k-1', 'k-2') }],
  'no-keys': [{ outcome: 'inconclusive', evidence: { 'client.control': runs({}, { repeat: 2 }) }, contract }],
  fresh: [
    { outcome: 'pass', evidence: keys('k-1', 'k-2'), contract },
    { outcome: 'pass', evidence: { 'client.control': TWO_OPERATIONS }, contract, name: 'several in one run' },
    {
      outcome: 'pass',
      evidence: keys('k-1', 'k-2', 'op-2'),
      contract: { idempotency: { bodyField: '/externalId' } },
      name: 'in the body',
    },
  ],
  stable: [{ outcome: 'pass', evidence: keys('order-7', 'order-7'), contract: meaningful }],
  shared: [{ outcome: 'fail', evidence: keys('k-1', 'k-1'), contract, says: /style: meaningful/ }],
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
      evidence: {
        'client.control': runs(
          ...[1, 2].map((repeat) => ({
            repeat,
            attempts: [
              { key: `k-${repeat}`, logical: 'op-1' },
              { key: `k-${repeat}`, logical: 'op-2' },
            ],
          })),
        ),
      },
      contract,
      name: 'within one run',
    },
  ],
});
