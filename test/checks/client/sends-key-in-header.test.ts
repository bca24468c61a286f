import check from '../../../src/checks/client/sends-key-in-header.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { facts, type LaneInput, runs } from '../../helpers/lane.js';

const contract = { auth: { headers: [{ name: 'X-Api-Key' }] } };
const inHeader = { secret: 'endpoint.key', encoding: 'plain', where: 'header', name: 'x-api-key' } as const;
const carrying = { headers: [['X-Api-Key', '[secret:endpoint.key]']] as const, found: [inHeader] };
const other = { headers: [['X-Api-Key', 'another']] as const };
const evidence = (attempts: LaneInput['attempts'], hasKey = true) => ({
  'client.facts': facts({ hasKey }),
  'client.lanes': runs({ attempts: attempts ?? [] }),
});

judgeCases(check, {
  'no-key': [{ outcome: 'not-applicable', evidence: evidence([carrying], false), contract, says: /client\.key/ }],
  login: [
    {
      outcome: 'not-applicable',
      evidence: evidence([carrying]),
      contract: { auth: { login: { path: '/login', token: '/token' } } },
    },
  ],
  elsewhere: [{ outcome: 'not-applicable', evidence: evidence([carrying]), contract: { auth: { query: 'key' } } }],
  carried: [
    { outcome: 'pass', evidence: evidence([carrying, carrying]), contract, says: /All 2 calls .* x-api-key/ },
    {
      outcome: 'pass',
      evidence: evidence([
        {
          headers: [['Authorization', 'Basic x']],
          found: [{ ...inHeader, encoding: 'base64', name: 'authorization' }],
        },
      ]),
      contract: { auth: { basic: {} } },
      name: 'Basic',
    },
    {
      outcome: 'pass',
      evidence: evidence([{ logical: null }, carrying]),
      contract,
      name: 'a request that was cut off is no call',
    },
  ],
  missing: [
    { outcome: 'fail', evidence: evidence([carrying, {}]), contract, says: /1 of 2 calls/ },
    {
      outcome: 'fail',
      evidence: evidence([{ found: [{ ...inHeader, where: 'body', name: null }] }]),
      contract,
      name: 'in the body',
    },
    {
      outcome: 'fail',
      evidence: evidence([{ found: [{ ...inHeader, name: 'cookie' }] }]),
      contract,
      name: 'in another header',
    },
    {
      outcome: 'fail',
      evidence: evidence([{ found: [{ ...inHeader, where: 'trailer' }] }]),
      contract,
      name: 'under that name in a trailer',
    },
    { outcome: 'fail', evidence: evidence([carrying, other]), contract, name: 'now and then another value' },
  ],
  'other-key': [{ outcome: 'inconclusive', evidence: evidence([other, other]), contract, says: /set client\.key/ }],
});
