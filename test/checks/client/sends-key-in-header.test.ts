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

const signedBy = { auth: { signature: { headers: ['X-Signature', 'X-Date'] } } };
const signed = (signature: string, date: string, body: string, waitMs?: number) => ({
  headers: [
    ['x-signature', signature],
    ['x-date', date],
  ] as const,
  body,
  digest: body,
  ...(waitMs === undefined ? {} : { waitMs }),
});

judgeCases(check, {
  signed: [
    {
      outcome: 'pass',
      evidence: evidence([signed('a1', '12:00:00', 'one'), signed('b2', '12:00:00', 'two', 5)], false),
      contract: signedBy,
      says: /All 2 calls carried X-Signature, X-Date, which changed/,
    },
    {
      outcome: 'pass',
      evidence: evidence([signed('a1', '12:00:00', 'one'), signed('a2', '12:00:03', 'one', 3000)], false),
      contract: signedBy,
      name: 'one body, signed anew',
    },
    {
      outcome: 'pass',
      evidence: evidence([
        signed('a1', '12:00:00', 'one'),
        signed('a1', '12:00:00', 'one'),
        signed('b', '1', 'two', 9),
      ]),
      contract: signedBy,
      name: 'a repeat may carry the same signature',
    },
  ],
  unsigned: [
    {
      outcome: 'fail',
      evidence: evidence([signed('a1', '12:00:00', 'one'), { headers: [['X-Date', '12:00:01']] }], false),
      contract: signedBy,
      says: /1 of 2 calls did not carry X-Signature, e\.g\. POST/,
    },
    {
      outcome: 'fail',
      evidence: evidence([signed('', '12:00:00', 'one')], false),
      contract: signedBy,
      name: 'an empty value',
    },
    {
      outcome: 'fail',
      evidence: evidence([carrying, carrying]),
      contract: { auth: { ...contract.auth, ...signedBy.auth } },
      name: 'beside a key that is there',
    },
  ],
  'same-signature': [
    {
      outcome: 'fail',
      evidence: evidence([signed('a1', '12:00:00', 'one'), signed('a1', '12:00:00', 'two')], false),
      contract: signedBy,
      says: /Two calls with different bodies/,
    },
  ],
  fixed: [
    {
      outcome: 'fail',
      evidence: evidence([signed('a1', '12:00:00', 'one'), signed('a1', '12:00:03', 'two', 3000)], false),
      contract: signedBy,
      says: /X-Signature has one and the same value on 2 different bodies/,
    },
  ],
  'alike-calls': [
    {
      outcome: 'inconclusive',
      evidence: evidence([signed('a1', '12:00:00', 'one'), signed('a1', '12:00:00', 'one')], false),
      contract: signedBy,
      says: /a body of its own/,
    },
  ],
  'no-key': [
    { outcome: 'not-applicable', evidence: evidence([carrying], false), contract, says: /client\.key/ },
    {
      outcome: 'not-applicable',
      evidence: evidence([{}], false),
      contract: { auth: 'none' },
      says: /an API that takes a key \(contract\.auth is none\)/,
    },
  ],
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
