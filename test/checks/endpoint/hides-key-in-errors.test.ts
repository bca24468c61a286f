import check from '../../../src/checks/endpoint/hides-key-in-errors.js';
import { type ExchangeInput, exchange, problem, traffic } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const wrong = problem(401, { id: 'wrong-key.call', credential: 'wrong' });
const evidence = (...inputs: ExchangeInput[]) => ({
  'endpoint.traffic': traffic(inputs.map((input, at) => exchange({ id: `traffic.${at + 1}`, ...input }))),
  'endpoint.wrong-key': { call: wrong },
  'endpoint.unauthenticated': { call: problem(401, { id: 'unauthenticated.call', credential: 'none' }) },
});
const inBody = { secret: 'API_KEY', where: 'body', encoding: 'plain' } as const;

judgeCases(check, {
  'no-answers': [{ outcome: 'inconclusive', evidence: evidence({ status: null }) }],
  hidden: [
    { outcome: 'pass', evidence: evidence({}, { status: null }), says: /^1 answer searched/ },
    {
      outcome: 'pass',
      evidence: evidence({}, { id: 'query-key.call', credential: 'query', status: 401, leaks: [inBody] }),
      name: 'a URL that is repeated, in which we put the key where none belongs',
    },
  ],
  repeated: [
    {
      outcome: 'fail',
      evidence: evidence({}, { status: 401, leaks: [inBody] }),
      says: /The body of .* repeats API_KEY\.$/,
    },
    {
      outcome: 'fail',
      evidence: evidence({ leaks: [{ secret: 'wrong key', where: 'header', encoding: 'base64' }] }),
      says: /The header of .* repeats wrong key \(base64\)\.$/,
      name: 'a success, in a header, the wrong key, encoded',
    },
    {
      outcome: 'fail',
      evidence: evidence({ status: 400, ended: 'closed', leaks: [inBody] }),
      name: 'an answer that was cut short',
    },
  ],
});
