import check from '../../../src/checks/endpoint/rejects-unknown-version.js';
import { type ExchangeInput, exchange, FAILED_CONTROL, read } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const evidence = (call: ExchangeInput, control = read()) => ({
  'endpoint.authenticated': control,
  'endpoint.unknown-version': { call: exchange({ id: 'unknown-version.call', version: '1999-01-01', ...call }) },
});
const contract = { version: { name: 'Api-Version', value: '2025-06-01', unknown: 400 } };

judgeCases(check, {
  unset: [{ outcome: 'not-applicable', evidence: evidence({ status: 400 }), says: /seen: 400/ }],
  'control-failed': [{ outcome: 'inconclusive', evidence: evidence({ status: 400 }, FAILED_CONTROL), contract }],
  refused: [
    { outcome: 'pass', evidence: evidence({ status: 400 }), contract, says: /1999-01-01 was answered 400/ },
    {
      outcome: 'pass',
      evidence: evidence({ status: 404 }),
      contract: { version: { unknown: [400, 404], neverReleased: 'v0' } },
      says: /Version v0/,
    },
    {
      outcome: 'pass',
      evidence: evidence({ status: 200 }),
      contract: { version: { unknown: [200] } },
      name: 'a provider that documents to fall forward',
    },
  ],
  'falls-forward': [
    { outcome: 'fail', evidence: evidence({ status: 200 }), contract, says: /silently serves another version/ },
  ],
  'other-answer': [
    { outcome: 'fail', evidence: evidence({ status: 500 }), contract },
    { outcome: 'fail', evidence: evidence({ status: 406 }), contract, name: 'another refusal than documented' },
  ],
});
