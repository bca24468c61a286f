import check from '../../../src/checks/client/survives-lost-response.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import type { LaneInput } from '../../helpers/lane.js';
import { control, gaveUp, recovered, runs, TWO_OPERATIONS, unable } from '../../helpers/lane.js';

const contract = { idempotency: { header: 'Idempotency-Key' } };
const evidence = (input: LaneInput, calls = control()) => ({
  'client.control': calls,
  'client.lost-response': runs(input),
});
const LOST = 'answer lost';
const usual = unable((control, under) => ({ 'client.control': control, 'client.lost-response': under }), contract);

judgeCases(check, {
  ...usual,
  'control-failed': [
    ...usual['control-failed'],
    {
      outcome: 'inconclusive',
      evidence: evidence(recovered(LOST), runs({ attempts: [], ended: 'no-request' })),
      contract,
      name: 'it sent nothing',
    },
  ],
  unset: [{ outcome: 'not-applicable', evidence: evidence(recovered(LOST)) }],
  'several-operations': [
    { outcome: 'inconclusive', evidence: evidence(recovered(LOST), TWO_OPERATIONS), contract },
    {
      outcome: 'inconclusive',
      evidence: evidence(recovered(LOST), runs({ attempts: [{ method: 'GET' }, { key: 'k', logical: 'op-2' }] })),
      contract,
      name: 'a read and a write',
    },
  ],
  reads: [
    {
      outcome: 'not-applicable',
      evidence: evidence(recovered(LOST, { method: 'GET', key: null }), control({ method: 'GET', key: null })),
      contract,
    },
  ],
  recovered: [
    {
      outcome: 'pass',
      evidence: evidence({
        label: LOST,
        attempts: [
          { status: null, key: 'k' },
          { status: null, key: 'k', logical: null, ended: 'client-closed', endedBy: 'client' },
          { key: 'k' },
        ],
      }),
      contract,
      name: 'by an attempt after one that did not arrive whole',
    },
    {
      outcome: 'pass',
      evidence: evidence(
        recovered(LOST, { method: 'PUT', key: null }, { method: 'PUT', key: null }),
        control({ method: 'PUT', key: null }),
      ),
      contract,
      says: /repeated a call that does no harm twice/,
    },
    { outcome: 'pass', evidence: evidence(recovered(LOST)), contract, says: /with the same key and body/ },
    {
      outcome: 'pass',
      evidence: evidence({
        ...recovered(LOST),
        attempts: [...(recovered(LOST).attempts ?? []), { target: false, method: 'GET', url: '/v1/orders/1' }],
      }),
      contract,
      name: 'and then read what it had made',
    },
    {
      outcome: 'pass',
      evidence: evidence(
        recovered(LOST, { digest: 'd' }, { digest: 'd', logical: 'op-2', url: '/v1/orders?attempt=2' }),
      ),
      contract,
      name: 'the same body at another address',
    },
    { outcome: 'pass', evidence: evidence(recovered(LOST)), contract: { idempotency: { bodyField: '/externalId' } } },
  ],
  'looked-up': [
    {
      outcome: 'inconclusive',
      evidence: evidence({
        ...gaveUp(LOST),
        attempts: [...(gaveUp(LOST).attempts ?? []), { target: false, method: 'GET', url: '/v1/orders?reference=1' }],
      }),
      contract,
      says: /looked the result up \(GET \/v1\/orders\)/,
    },
  ],
  'gave-up': [{ outcome: 'fail', evidence: evidence(gaveUp(LOST)), contract, says: /exit 1/ }],
  'other-key': [
    {
      outcome: 'fail',
      evidence: evidence({ ...recovered(LOST, {}, { key: 'other' }), effects: 2 }),
      contract,
      says: /attempt 2 carries another key/,
    },
    {
      outcome: 'fail',
      evidence: evidence(recovered(LOST, { key: 'o-1' }, { key: 'o-2' })),
      contract: { idempotency: { bodyField: '/externalId' } },
      name: 'in a body field',
    },
  ],
  'other-body': [
    {
      outcome: 'fail',
      evidence: evidence(recovered(LOST, {}, { logical: 'op-2' })),
      contract,
      says: /attempt 2 carries another body/,
    },
  ],
  'several-effects': [
    { outcome: 'fail', evidence: evidence({ ...recovered(LOST), effects: 2 }), contract, says: /2 effects/ },
  ],
  failed: [{ outcome: 'fail', evidence: evidence({ ...recovered(LOST), exitCode: 3 }), contract, says: /exit 3/ }],
});
