import check from '../../../src/checks/endpoint/sends-request-id-on-errors.js';
import { type ExchangeInput, exchange, problem, traffic } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const evidence = (...inputs: ExchangeInput[]) => ({
  'endpoint.traffic': traffic(inputs.map((input, at) => exchange({ id: `traffic.${at + 1}`, ...input }))),
  'endpoint.unauthenticated': { call: problem(401, { id: 'unauthenticated.call', credential: 'none' }) },
  'endpoint.unknown-path': { call: problem(404, { id: 'unknown-path.call' }) },
});
const header = { requestId: { headers: ['X-Request-Id'] } };
const either = { requestId: { headers: ['X-Request-Id'], body: '/request_id' } };
const sent = { 'X-Request-Id': 'req_1' };

judgeCases(check, {
  unset: [{ outcome: 'not-applicable', evidence: evidence({ status: 401 }) }],
  none: [
    { outcome: 'inconclusive', evidence: evidence({}), contract: header },
    {
      outcome: 'inconclusive',
      evidence: evidence({ status: 429 }, { status: 503 }),
      contract: header,
      name: 'not of the API',
    },
  ],
  sent: [
    { outcome: 'pass', evidence: evidence({ status: 401, headers: sent }, {}), contract: header },
    {
      outcome: 'pass',
      evidence: evidence({ status: 404, json: { request_id: 'req_2' } }, { status: 500, headers: sent }),
      contract: either,
      name: 'header or body',
    },
    {
      outcome: 'pass',
      evidence: evidence({ status: 401, headers: sent }, { status: 429 }, { status: 502 }),
      contract: header,
      name: 'a limit and a gateway carry none of the API’s ids',
    },
    {
      outcome: 'pass',
      evidence: evidence({ status: 401, headers: sent }, { status: 431, provokes: 414 }),
      contract: header,
      says: /All 1 error answer carry .* Not counted: 1 answer \(431\)/,
      name: 'a URL that the HTTP server refused before any code of the API',
    },
  ],
  missing: [
    {
      outcome: 'fail',
      evidence: evidence({ status: 401, headers: sent }, { status: 413, text: '', provokes: 413 }),
      contract: header,
      says: /\(413\)/,
      name: 'a body that was too large',
    },
    {
      outcome: 'fail',
      evidence: evidence(
        { status: 401, headers: sent },
        { status: 414, headers: { Date: 'Thu, 15 Jan 2026 12:00:00 GMT' }, json: { code: 'long' }, provokes: 414 },
      ),
      contract: header,
      says: /\(414\)/,
      name: 'a URL that the API itself found too long',
    },
    {
      outcome: 'fail',
      evidence: evidence({ status: 401, headers: sent }, { status: 404 }),
      contract: header,
      says: /\(404\)/,
    },
    {
      outcome: 'fail',
      evidence: evidence({ status: 400, text: '<h1>Bad Request</h1>', headers: { 'Content-Type': 'text/html' } }),
      contract: either,
      name: 'an HTML page',
    },
  ],
});
