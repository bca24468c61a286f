import check from '../../../src/checks/endpoint/reads-with-live-key.js';
import { FAILED_CONTROL, read, target } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const live = (call = read()) => ({ 'endpoint.target': target('live'), 'endpoint.authenticated': call });

judgeCases(check, {
  keyless: [
    { outcome: 'not-applicable', evidence: live(), contract: { auth: 'none' }, says: /contract\.auth is none/ },
  ],
  sandbox: [
    {
      outcome: 'not-applicable',
      evidence: { 'endpoint.target': target('sandbox'), 'endpoint.authenticated': FAILED_CONTROL },
    },
  ],
  accepted: [{ outcome: 'pass', evidence: live(), says: /on live\.example\.com with the production key/ }],
  refused: [
    { outcome: 'fail', evidence: live(FAILED_CONTROL), says: /answered 401/ },
    { outcome: 'fail', evidence: live(read({ status: 403 })), name: 'an account that is not enabled yet' },
  ],
});
