import check from '../../../src/checks/endpoint/sends-unique-request-ids.js';
import { type ExchangeInput, exchange, problem, read, traffic } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const evidence = (...inputs: ExchangeInput[]) => ({
  'endpoint.traffic': traffic(inputs.map((input, at) => exchange({ id: `traffic.${at + 1}`, ...input }))),
  'endpoint.authenticated': read(),
  'endpoint.unauthenticated': { call: problem(401, { id: 'unauthenticated.call', credential: 'none' }) },
  'endpoint.unknown-path': { call: problem(404, { id: 'unknown-path.call' }) },
});
const contract = { requestId: { headers: ['X-Request-Id'] } };
const id = (value: string, rest: ExchangeInput = {}): ExchangeInput => ({
  headers: { 'X-Request-Id': value },
  ...rest,
});

judgeCases(check, {
  unset: [{ outcome: 'not-applicable', evidence: evidence(id('a'), id('a')) }],
  'too-few': [
    { outcome: 'inconclusive', evidence: evidence(), contract, says: /Only 0 answers/ },
    { outcome: 'inconclusive', evidence: evidence(id('a'), {}, {}), contract, name: 'the others carry none' },
    {
      outcome: 'inconclusive',
      evidence: evidence(id('a'), id('a', { repeats: 'traffic.1' })),
      contract,
      name: 'one id, and its replay',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence(id('a'), id('-', { status: 503 }), id('-', { status: 503 })),
      contract,
      name: 'gateways fill in one and the same',
    },
  ],
  unique: [
    {
      outcome: 'pass',
      evidence: evidence(id('a'), id('b', { status: 401 }), {}),
      contract,
      says: /^2 ids, no id twice\.$/,
    },
    {
      outcome: 'pass',
      evidence: evidence(id('a'), id('a', { repeats: 'traffic.1' }), id('b')),
      contract,
      says: /1 replay repeated/,
      name: 'a deliberate repeat shows the stored one',
    },
    {
      outcome: 'pass',
      evidence: evidence(id('b', { repeats: 'traffic.3' }), id('b', { repeats: 'traffic.3' }), id('a')),
      contract,
      name: 'two repeats of one call, recorded before it',
    },
    { outcome: 'pass', evidence: evidence(id('a'), id('A')), contract, name: 'letters count' },
  ],
  repeated: [
    { outcome: 'fail', evidence: evidence(id('a'), id('b'), id('a', { status: 404 })), contract, says: /same id a\.$/ },
    {
      outcome: 'fail',
      evidence: evidence(id('a'), id('b'), id('a', { repeats: 'traffic.2' })),
      contract,
      name: 'a repeat that shows the id of another call',
    },
  ],
});
