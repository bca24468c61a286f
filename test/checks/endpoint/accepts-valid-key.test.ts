import check from '../../../src/checks/endpoint/accepts-valid-key.js';
import type { ReadEvidence } from '../../../src/evidence/map.js';
import { FAILED_CONTROL, read, target } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const evidence = (call: ReadEvidence, environment: 'sandbox' | 'live' = 'sandbox') => ({
  'endpoint.authenticated': call,
  'endpoint.target': target(environment),
});

judgeCases(check, {
  keyless: [
    {
      outcome: 'not-applicable',
      evidence: evidence(read({ credential: 'none' })),
      contract: { auth: 'none' },
      says: /contract\.auth is none/,
    },
  ],
  'control-failed': [
    {
      outcome: 'inconclusive',
      evidence: evidence(read({ status: 500, credential: 'none' })),
      contract: { auth: 'none' },
      says: /GET \/v1\/ping was answered 500/,
    },
  ],
  live: [{ outcome: 'not-applicable', evidence: evidence(FAILED_CONTROL, 'live'), says: /reads-with-live-key/ }],
  accepted: [
    { outcome: 'pass', evidence: evidence(read()), says: /GET \/v1\/ping with the key/ },
    {
      outcome: 'pass',
      evidence: evidence(read({ status: 404, expected: [404] })),
      name: 'the config expects another status',
    },
  ],
  refused: [
    { outcome: 'fail', evidence: evidence(FAILED_CONTROL), says: /answered 401/ },
    {
      outcome: 'fail',
      evidence: evidence(read({ status: 302, headers: { Location: '/login' } })),
      name: 'sent to a login page',
    },
    {
      outcome: 'fail',
      evidence: evidence(read({ status: 204, expected: [200, 201] })),
      name: 'a success that was not expected',
    },
    {
      outcome: 'fail',
      evidence: evidence(read({ status: 200, ended: 'closed' })),
      name: 'an answer that was cut short',
      says: /no answer \(closed\)/,
    },
  ],
});
