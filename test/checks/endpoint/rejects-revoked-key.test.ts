import check from '../../../src/checks/endpoint/rejects-revoked-key.js';
import { type ExchangeInput, exchange, FAILED_CONTROL, read } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const evidence = (call: ExchangeInput, control = read()) => ({
  'endpoint.authenticated': control,
  'endpoint.revoked-key': { call: exchange({ id: 'revoked-key.call', credential: 'revoked', ...call }) },
});

judgeCases(check, {
  'control-failed': [{ outcome: 'inconclusive', evidence: evidence({ status: 401 }, FAILED_CONTROL) }],
  refused: [
    { outcome: 'pass', evidence: evidence({ status: 401 }) },
    { outcome: 'pass', evidence: evidence({ status: 410 }), contract: { auth: { revoked: 410 } } },
  ],
  'not-refused': [
    { outcome: 'fail', evidence: evidence({ status: 200 }), says: /answered 200/ },
    { outcome: 'fail', evidence: evidence({ status: 500 }), name: 'a crash is no refusal' },
  ],
});
