import check from '../../../src/checks/client/uses-unguessable-keys.js';
import type { ContractInput } from '../../../src/config/schema.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { type AttemptInput, callsIn, control, runs, TWO_OPERATIONS } from '../../helpers/lane.js';

const contract = { idempotency: { style: 'opaque' } } as const;
const meaningful = { idempotency: { style: 'meaningful' } } as const;
const both: ContractInput = { idempotency: { style: ['opaque', 'meaningful'] } };
const GOOD = '7b0c3a52-8f7e-4d3e-9a51-0f2b6c1d2e3f';
const keys = (one: string, other = GOOD, logical = 'op-1') => twoRuns([{ key: one }], [{ key: other, logical }]);
const twoRuns = (one: readonly AttemptInput[], again: readonly AttemptInput[]) =>
  callsIn(runs({ attempts: one }, { attempts: again, repeat: 2 }));
const orders = (first: string, second: string, logical = 'op-1'): AttemptInput[] => [
  { key: first },
  { key: second, logical },
];

judgeCases(check, {
  unset: [{ outcome: 'not-applicable', evidence: keys('k-1') }],
  'no-keys': [
    { outcome: 'inconclusive', evidence: callsIn(runs({}, { repeat: 2 })), contract },
    {
      outcome: 'inconclusive',
      evidence: twoRuns(orders('order-7', 'order-7'), [{}]),
      contract: meaningful,
      name: 'a key in one run alone shows nothing of a re-run',
    },
  ],
  'takes-no-key': [{ outcome: 'not-applicable', evidence: callsIn(control({ method: 'GET', key: null })), contract }],
  opaque: [
    { outcome: 'pass', evidence: keys('f47ac10b-58cc-4372-a567-0e02b2c3d479'), contract, says: /2 keys/ },
    {
      outcome: 'pass',
      evidence: keys('V1StGXR8_Z5jd', '3K7wQ9xLm_Z5jdHi6B-myT4pRt'),
      contract,
      says: /at least 70 bits/,
      name: 'the weakest key counts',
    },
    { outcome: 'pass', evidence: keys('V1StGXR8_Z5jdHi6B-myT'), contract, name: 'nanoid' },
    { outcome: 'pass', evidence: keys('V1StGXR8_Z5jdHi6B-myT'), contract: both, name: 'the provider advises both' },
    { outcome: 'pass', evidence: keys('01HZX3KQ4Y8W7N2M5P6R9T0VAB'), contract, name: 'ULID' },
    {
      outcome: 'pass',
      evidence: keys('a2019-12-31b58cc4372a5670e02b2c3d479'),
      contract,
      name: 'hexadecimal digits that look like a date',
    },
  ],
  meaning: [
    { outcome: 'fail', evidence: keys('ada@example.com-1'), contract, says: /email/ },
    { outcome: 'fail', evidence: keys('create_2026-01-15_f47ac10b58cc4372a5670e02b2c3d479'), contract, says: /a date/ },
    { outcome: 'fail', evidence: keys('+4915112345678'), contract, says: /phone/ },
    { outcome: 'fail', evidence: keys('order-12345'), contract: both, name: 'neither opaque nor stable' },
    { outcome: 'fail', evidence: keys('order-12345'), contract, says: /words of an operation/ },
  ],
  guessable: [
    {
      outcome: 'fail',
      evidence: callsIn(
        runs({ attempts: [{ key: GOOD }] }, { attempts: [{ key: 'f47ac10b-58cc-4372-a567-0e02b2c3d479' }], repeat: 2 }),
        { label: '503', attempts: [{ key: GOOD, status: 503 }, { key: 'again-2' }] },
      ),
      contract,
      says: /again-2/,
      name: 'of a later attempt',
    },
    { outcome: 'fail', evidence: keys('1736942400000'), contract, says: /at most 43 bits/, name: 'a timestamp' },
    { outcome: 'fail', evidence: keys('f47ac10b-58cc-4372-a567-0e02b2c3d479', '2'), contract, name: 'a counter' },
  ],
  stable: [
    { outcome: 'pass', evidence: keys('order-7', 'order-7'), contract: meaningful },
    { outcome: 'pass', evidence: keys('order-7', 'order-7'), contract: both, name: 'the provider advises both' },
    {
      outcome: 'pass',
      evidence: twoRuns(orders('order-7', 'order-8', 'op-2'), orders('order-7', 'order-8', 'op-2')),
      contract: meaningful,
      name: 'two operations in each run',
    },
    {
      outcome: 'pass',
      evidence: twoRuns(orders('order-7', 'order-8'), orders('order-8', 'order-7')),
      contract: meaningful,
      name: 'two operations with one body, in any order',
    },
  ],
  unstable: [
    { outcome: 'fail', evidence: keys('order-7', 'order-8'), contract: meaningful, says: /order-7, then order-8/ },
    {
      outcome: 'fail',
      evidence: twoRuns(orders('order-7', 'order-8', 'op-2'), orders('order-7', 'order-9', 'op-2')),
      contract: meaningful,
      says: /order-8, then order-9/,
      name: 'the second of two operations',
    },
    { outcome: 'fail', evidence: callsIn(TWO_OPERATIONS), contract: meaningful, says: /k-1a, then k-2a/ },
  ],
  'different-operations': [
    { outcome: 'inconclusive', evidence: keys('order-7', 'order-8', 'op-2'), contract: meaningful },
  ],
});
