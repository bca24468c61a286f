import check from '../../../src/checks/client/uses-unguessable-keys.js';
import type { ContractInput } from '../../../src/config/schema.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { control, runs } from '../../helpers/lane.js';

const contract = { idempotency: { style: 'opaque' } } as const;
const meaningful = { idempotency: { style: 'meaningful' } } as const;
const both: ContractInput = { idempotency: { style: ['opaque', 'meaningful'] } };
const keys = (one: string, other = '7b0c3a52-8f7e-4d3e-9a51-0f2b6c1d2e3f', logical = 'op-1') => ({
  'client.control': runs({ attempts: [{ key: one }] }, { attempts: [{ key: other, logical }], repeat: 2 }),
});

judgeCases(check, {
  unset: [{ outcome: 'not-applicable', evidence: keys('k-1') }],
  'no-keys': [{ outcome: 'inconclusive', evidence: { 'client.control': runs({}, { repeat: 2 }) }, contract }],
  'takes-no-key': [
    { outcome: 'not-applicable', evidence: { 'client.control': control({ method: 'GET', key: null }) }, contract },
  ],
  opaque: [
    { outcome: 'pass', evidence: keys('f47ac10b-58cc-4372-a567-0e02b2c3d479'), contract, says: /2 keys/ },
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
    { outcome: 'fail', evidence: keys('1736942400000'), contract, says: /at most 43 bits/, name: 'a timestamp' },
    { outcome: 'fail', evidence: keys('f47ac10b-58cc-4372-a567-0e02b2c3d479', '2'), contract, name: 'a counter' },
  ],
  stable: [
    { outcome: 'pass', evidence: keys('order-7', 'order-7'), contract: meaningful },
    { outcome: 'pass', evidence: keys('order-7', 'order-7'), contract: both, name: 'the provider advises both' },
  ],
  unstable: [{ outcome: 'fail', evidence: keys('order-7', 'order-8'), contract: meaningful }],
  'different-operations': [
    { outcome: 'inconclusive', evidence: keys('order-7', 'order-8', 'op-2'), contract: meaningful },
  ],
});
