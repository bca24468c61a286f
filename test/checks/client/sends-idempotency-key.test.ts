import check from '../../../src/checks/client/sends-idempotency-key.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { control, runs } from '../../helpers/lane.js';

const contract = { idempotency: { header: 'Idempotency-Key' } };
const inBody = { idempotency: { bodyField: '/externalId' } };
const header = ['Idempotency-Key', 'k-1'] as const;

judgeCases(check, {
  unset: [{ outcome: 'not-applicable', evidence: { 'client.control': control() } }],
  'no-calls': [
    { outcome: 'inconclusive', evidence: { 'client.control': control({ method: 'GET' }) }, contract },
    { outcome: 'inconclusive', evidence: { 'client.control': control({ target: false }) }, contract },
  ],
  'takes-no-key': ['GET', 'PUT'].map((method) => ({
    outcome: 'not-applicable',
    evidence: { 'client.control': control({ method, key: null }) },
    contract,
    name: method,
  })),
  sent: [
    {
      outcome: 'pass',
      evidence: { 'client.control': control({ headers: [header] }) },
      contract,
      says: /all 2 creates/,
    },
    {
      outcome: 'pass',
      evidence: { 'client.control': control({ body: '{"externalId":"k-1"}' }) },
      contract: inBody,
      says: /body \/externalId/,
      name: 'in the body',
    },
    {
      outcome: 'pass',
      evidence: { 'client.control': runs({ attempts: [{ method: 'GET' }, { key: 'k-1', headers: [header] }] }) },
      contract,
      name: 'a read without a key beside it',
    },
  ],
  missing: [
    {
      outcome: 'fail',
      evidence: { 'client.control': control({ key: null, headers: [['idempotency-key', '']] }) },
      contract,
      says: /carries an empty Idempotency-Key/,
    },
    { outcome: 'fail', evidence: { 'client.control': runs({}) }, contract, says: /POST \/v1\/orders carries no/ },
    {
      outcome: 'fail',
      evidence: { 'client.control': control({ key: null }) },
      contract: { idempotency: { header: 'Idempotency-Key', methods: ['POST', 'PATCH'] } },
      name: 'where several methods take a key',
    },
    {
      outcome: 'fail',
      evidence: { 'client.control': control({ key: null, headers: [['X-Request-Id', 'b1f0']] }) },
      contract,
      name: 'a look-alike',
    },
    {
      outcome: 'fail',
      evidence: { 'client.control': control({ key: null }) },
      contract: inBody,
      name: 'no body member',
    },
  ],
  twice: [
    {
      outcome: 'fail',
      evidence: { 'client.control': control({ headers: [header, ['idempotency-key', 'k-2']] }) },
      contract,
    },
  ],
});
