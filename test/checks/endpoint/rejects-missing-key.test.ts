import check from '../../../src/checks/endpoint/rejects-missing-key.js';
import { type ExchangeInput, exchange, FAILED_CONTROL, read } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const evidence = (call: ExchangeInput, control = read()) => ({
  'endpoint.authenticated': control,
  'endpoint.unauthenticated': { call: exchange({ id: 'unauthenticated.call', credential: 'none', ...call }) },
});

judgeCases(check, {
  'control-failed': [
    { outcome: 'inconclusive', evidence: evidence({ status: 401 }, FAILED_CONTROL), says: /nothing follows/ },
    { outcome: 'inconclusive', evidence: evidence({ status: 401 }, read({ status: null, ended: 'timeout' })) },
  ],
  refused: [
    { outcome: 'pass', evidence: evidence({ status: 401 }) },
    { outcome: 'pass', evidence: evidence({ status: 403 }), name: 'the other status of the default set' },
    {
      outcome: 'pass',
      evidence: evidence({ status: 400 }),
      contract: { auth: { missing: 400 } },
      name: 'a documented status, written as a single value',
    },
    {
      outcome: 'pass',
      evidence: evidence({ status: 404 }),
      contract: { auth: { missing: [401, 404] } },
      name: 'one of a documented set',
    },
  ],
  'not-refused': [
    { outcome: 'fail', evidence: evidence({ status: 200 }), says: /answered 200/ },
    {
      outcome: 'fail',
      evidence: evidence({ status: 403 }),
      contract: { auth: { missing: 401 } },
      name: 'not as documented',
    },
    { outcome: 'fail', evidence: evidence({ status: 302 }), name: 'a redirect to a login page' },
    { outcome: 'fail', evidence: evidence({ status: 500 }), name: 'a crash' },
  ],
});
