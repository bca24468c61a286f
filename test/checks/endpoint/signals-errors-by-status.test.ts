import check from '../../../src/checks/endpoint/signals-errors-by-status.js';
import type { Exchange } from '../../../src/evidence/exchange.js';
import { exchange, problem, traffic } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const evidence = (...exchanges: Exchange[]) => ({
  'endpoint.traffic': traffic(exchanges),
  'endpoint.unauthenticated': { call: problem(401, { id: 'unauthenticated.call', credential: 'none' }) },
  'endpoint.wrong-key': { call: problem(401, { id: 'wrong-key.call', credential: 'wrong' }) },
  'endpoint.unknown-path': { call: problem(404, { id: 'unknown-path.call' }) },
});
const refused = (id: string): Exchange => ({
  ...exchange({ id, json: { status: 'error' } }),
  refusal: { by: 'contract', sign: '/status: error' },
});

judgeCases(check, {
  none: [{ outcome: 'inconclusive', evidence: evidence(exchange({ id: 'one' })) }],
  'by-status': [
    {
      outcome: 'pass',
      evidence: evidence(exchange({ id: 'one' }), problem(401, { id: 'two' }), problem(422, { id: 'three' })),
      says: /2 refusals, answered 401, 422/,
    },
  ],
  'in-success': [
    {
      outcome: 'fail',
      evidence: evidence(exchange({ id: 'one' }), refused('two'), problem(404, { id: 'three' }), refused('four')),
      says: /2 of 3 refusals.*GET \/v1\/ping: 200 with an error in its body \(\/status: error\)/,
      figures: { expected: '4xx or 5xx', measured: '200 with an error in its body (/status: error)' },
    },
  ],
});
