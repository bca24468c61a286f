import check from '../../../src/checks/client/sends-idempotency-key.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { callsIn, control, runs } from '../../helpers/lane.js';

const contract = { idempotency: { header: 'Idempotency-Key' } };
const inBody = { idempotency: { bodyField: '/externalId' } };
const header = ['Idempotency-Key', 'k-1'] as const;

judgeCases(check, {
  unset: [{ outcome: 'not-applicable', evidence: callsIn(control()) }],
  'no-calls': [
    { outcome: 'inconclusive', evidence: callsIn(control({ method: 'GET' })), contract },
    { outcome: 'inconclusive', evidence: callsIn(control({ target: false })), contract },
  ],
  'takes-no-key': ['GET', 'PUT'].map((method) => ({
    outcome: 'not-applicable',
    evidence: callsIn(control({ method, key: null })),
    contract,
    name: method,
  })),
  sent: [
    {
      outcome: 'pass',
      evidence: callsIn(
        control({ key: 'k-1', headers: [header] }),
        { label: 'reset', attempts: [{ logical: null, status: null }] },
        { label: 'workload burst', otherWork: true, attempts: [{ operation: 'quote', target: false }] },
      ),
      contract,
      says: /all 2 creates/,
      name: 'neither what never arrived whole nor another operation',
    },
    {
      outcome: 'pass',
      evidence: callsIn(control({ headers: [header] })),
      contract,
      says: /all 2 creates/,
    },
    {
      outcome: 'pass',
      evidence: callsIn(control({ body: '{"externalId":"k-1"}' })),
      contract: inBody,
      says: /body \/externalId/,
      name: 'in the body',
    },
    {
      outcome: 'pass',
      evidence: callsIn(runs({ attempts: [{ method: 'GET' }, { key: 'k-1', headers: [header] }] })),
      contract,
      name: 'a read without a key beside it',
    },
  ],
  missing: [
    {
      outcome: 'fail',
      evidence: callsIn(control({ key: 'k-1', headers: [header] }), {
        label: 'no answer',
        attempts: [{ status: null, key: 'k-3', headers: [header] }, { status: null }],
      }),
      contract,
      says: /^Under "no answer" POST/,
      name: 'on a repeat after a time-out',
    },
    {
      outcome: 'fail',
      evidence: callsIn(control({ key: 'k-1', headers: [header] }), {
        label: 'workload burst',
        otherWork: true,
        attempts: [{ operation: 'quote', target: false }, { operation: 'create' }],
      }),
      contract,
      name: 'in a workload',
    },
    {
      outcome: 'fail',
      evidence: callsIn(control({ key: null, headers: [['idempotency-key', '']] })),
      contract,
      says: /carries an empty Idempotency-Key/,
    },
    { outcome: 'fail', evidence: callsIn(runs({})), contract, says: /POST \/v1\/orders carries no/ },
    {
      outcome: 'fail',
      evidence: callsIn(control({ key: null })),
      contract: { idempotency: { header: 'Idempotency-Key', methods: ['POST', 'PATCH'] } },
      name: 'where several methods take a key',
    },
    {
      outcome: 'fail',
      evidence: callsIn(control({ key: null, headers: [['X-Request-Id', 'b1f0']] })),
      contract,
      name: 'a look-alike',
    },
    {
      outcome: 'fail',
      evidence: callsIn(control({ key: null })),
      contract: inBody,
      name: 'no body member',
    },
  ],
  twice: [
    {
      outcome: 'fail',
      evidence: callsIn(control({ headers: [header, ['idempotency-key', 'k-2']] })),
      contract,
    },
  ],
});
