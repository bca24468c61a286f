import check from '../../../src/checks/endpoint/sends-request-id.js';
import { type ExchangeInput, exchange, read, traffic } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const evidence = (...inputs: ExchangeInput[]) => ({
  'endpoint.traffic': traffic(inputs.map((input, at) => exchange({ id: `traffic.${at + 1}`, ...input }))),
  'endpoint.authenticated': read(),
});
const header = { requestId: { headers: ['X-Request-Id', 'X-Amzn-Trace-Id'] } };
const body = { requestId: { body: '/meta/request' } };
const sent: ExchangeInput = { headers: { 'x-request-id': 'req_1' } };

judgeCases(check, {
  unset: [
    { outcome: 'not-applicable', evidence: evidence(sent) },
    { outcome: 'not-applicable', evidence: evidence(sent), contract: { requestId: {} }, name: 'no place named' },
  ],
  none: [
    { outcome: 'inconclusive', evidence: evidence(), contract: header },
    {
      outcome: 'inconclusive',
      evidence: evidence({ status: 404 }, { status: null }),
      contract: header,
      name: 'no success',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence({ status: 204 }),
      contract: body,
      name: 'an answer without a body has no place for it',
    },
  ],
  sent: [
    { outcome: 'pass', evidence: evidence(sent, { status: 500 }), contract: header, says: /All 1 success answer/ },
    {
      outcome: 'pass',
      evidence: evidence({ headers: { 'X-Amzn-Trace-Id': 'r' } }),
      contract: header,
      name: 'the second name',
    },
    {
      outcome: 'pass',
      evidence: evidence({ json: { meta: { request: 17 } } }),
      contract: body,
      name: 'in the body, a number',
    },
    {
      outcome: 'pass',
      evidence: evidence({ json: { meta: { request: 'r' } } }, { status: 204 }),
      contract: body,
      name: 'beside an answer without a body',
    },
  ],
  missing: [
    { outcome: 'fail', evidence: evidence(sent, {}), contract: header, says: /^1 of 2 success answers/ },
    {
      outcome: 'fail',
      evidence: evidence({ headers: { 'X-Request-Id': '' } }),
      contract: header,
      name: 'an empty header',
    },
    { outcome: 'fail', evidence: evidence({ status: 204 }), contract: header, name: 'a 204 without the header' },
    {
      outcome: 'fail',
      evidence: evidence({ json: { meta: { request: {} } } }),
      contract: body,
      name: 'an object is no id',
    },
    { outcome: 'fail', evidence: evidence({ text: 'OK' }), contract: body, name: 'not JSON' },
  ],
});
