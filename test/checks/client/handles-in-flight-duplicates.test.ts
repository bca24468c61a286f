import check from '../../../src/checks/client/handles-in-flight-duplicates.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import type { LaneInput } from '../../helpers/lane.js';
import { control, gaveUp, recovered, runs, unableToRetry } from '../../helpers/lane.js';

const contract = { idempotency: { header: 'Idempotency-Key', inFlight: { statuses: [409] } } };
const evidence = (input: LaneInput) => ({ 'client.control': control(), 'client.in-flight': runs(input) });
const first = { status: 409 };

judgeCases(check, {
  ...unableToRetry((control, under) => ({ 'client.control': control, 'client.in-flight': under }), contract),
  unset: [{ outcome: 'not-applicable', evidence: evidence(recovered('in flight', first)) }],
  undocumented: [
    {
      outcome: 'not-applicable',
      evidence: evidence(gaveUp('in flight', first)),
      contract: { idempotency: { header: 'Idempotency-Key' } },
    },
  ],
  'takes-no-key': [
    {
      outcome: 'not-applicable',
      evidence: {
        'client.control': control({ method: 'GET', key: null }),
        'client.in-flight': runs(gaveUp('in flight', first)),
      },
      contract,
    },
  ],
  'no-keys': [
    {
      outcome: 'inconclusive',
      evidence: evidence(recovered('in flight', { ...first, key: null }, { key: null })),
      contract,
    },
  ],
  repeated: [
    { outcome: 'pass', evidence: evidence(recovered('in flight', first)), contract },
    {
      outcome: 'pass',
      evidence: evidence({
        label: 'in flight',
        attempts: [{ ...first, key: 'k' }, { target: false, method: 'GET', url: '/v1/orders/1' }, { key: 'k' }],
      }),
      contract: { idempotency: { bodyField: '/externalId', inFlight: { statuses: [409] } } },
      name: 'after a look',
    },
  ],
  'looked-up': [
    {
      outcome: 'inconclusive',
      evidence: evidence({
        ...gaveUp('in flight', first),
        attempts: [
          ...(gaveUp('in flight', first).attempts ?? []),
          { target: false, method: 'GET', url: '/v1/orders?reference=1' },
        ],
      }),
      contract,
      says: /looked the result up \(GET \/v1\/orders\)/,
    },
  ],
  'gave-up': [
    { outcome: 'fail', evidence: evidence(gaveUp('in flight', first)), contract },
    {
      outcome: 'fail',
      evidence: evidence({ ...gaveUp('in flight', first), exitCode: 0 }),
      contract,
      name: 'taken for done',
    },
    {
      outcome: 'fail',
      evidence: {
        'client.control': runs(
          ...[1, 2].map((repeat) => ({ repeat, attempts: [{ target: false, method: 'GET', url: '/v1/me' }, {}] })),
        ),
        'client.in-flight': runs({
          label: 'in flight',
          attempts: [first, { target: false, method: 'GET', url: '/v1/me' }],
        }),
      },
      contract,
      name: 'a read that it makes anyway is no look-up',
    },
  ],
  'other-key': [
    {
      outcome: 'fail',
      evidence: evidence(recovered('in flight', first, { key: 'other' })),
      contract,
      says: /In attempt 2 it asked again with another key/,
    },
    {
      outcome: 'fail',
      evidence: evidence(recovered('in flight', first, { key: null })),
      contract,
      says: /with no key/,
      name: 'none',
    },
  ],
  failed: [{ outcome: 'fail', evidence: evidence({ ...recovered('in flight', first), exitCode: 1 }), contract }],
});
