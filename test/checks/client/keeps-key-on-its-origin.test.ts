import check from '../../../src/checks/client/keeps-key-on-its-origin.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { control, facts, type LaneInput, runs, unable } from '../../helpers/lane.js';

const inHeader = { secret: 'endpoint.key', encoding: 'plain', where: 'header', name: 'x-api-key' } as const;
const evidence = (elsewhere: LaneInput['elsewhere'], hasKey = true) => ({
  'client.facts': facts({ hasKey }),
  'client.redirect': runs({ label: 'redirect', attempts: [{ status: 307, fault: true }], elsewhere: elsewhere ?? [] }),
  'client.control': control(),
});

judgeCases(check, {
  ...unable((control, under) => ({ 'client.facts': facts(), 'client.redirect': under, 'client.control': control })),
  'not-followed': [{ outcome: 'pass', evidence: evidence([]) }],
  'followed-bare': [
    { outcome: 'pass', evidence: evidence([{ method: 'GET' }]) },
    { outcome: 'pass', evidence: evidence([{ body: '{"amount":1}' }]), name: 'the body is for another check' },
  ],
  'unknown-key': [{ outcome: 'inconclusive', evidence: evidence([{ method: 'GET' }], false) }],
  'handed-over': [
    { outcome: 'fail', evidence: evidence([{ found: [inHeader] }]), says: /the credential in x-api-key\.$/ },
    ...(['url', 'body', 'trailer'] as const).map((where) => ({
      outcome: 'fail' as const,
      evidence: evidence([{ found: [{ ...inHeader, where, name: null }] }]),
      name: `in the ${where}`,
    })),
    {
      outcome: 'fail',
      evidence: evidence([{ headers: [['Cookie', 'session=1']] }]),
      says: /cookies\.$/,
      name: 'a cookie',
    },
    {
      outcome: 'fail',
      evidence: evidence([{ headers: [['Authorization', 'Bearer x']] }], false),
      name: 'a credential that is not configured',
    },
    {
      outcome: 'fail',
      evidence: evidence([{ headers: [['X-Api-Secret', 'x']] }], false),
      contract: { auth: { headers: [{ name: 'X-Api-Id' }, { name: 'X-Api-Secret' }] } },
      says: /x-api-secret\.$/,
      name: 'one header of a pair',
    },
    {
      outcome: 'fail',
      evidence: evidence([{ headers: [['X-Session', 'x']] }], false),
      contract: { auth: { login: { path: '/login', token: '/token', header: 'X-Session' } } },
      name: 'a token in a header of its own',
    },
    { outcome: 'fail', evidence: evidence([{ method: 'GET' }, { found: [inHeader] }]), name: 'on the second call' },
  ],
});
