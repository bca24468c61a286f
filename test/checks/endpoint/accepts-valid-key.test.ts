import check from '../../../src/checks/endpoint/accepts-valid-key.js';
import { FAILED_CONTROL, read } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

judgeCases(check, {
  accepted: [
    { outcome: 'pass', evidence: { 'endpoint.authenticated': read() }, says: /GET \/v1\/ping with the key/ },
    {
      outcome: 'pass',
      evidence: { 'endpoint.authenticated': read({ status: 404, expected: [404] }) },
      name: 'the config expects another status',
    },
  ],
  refused: [
    { outcome: 'fail', evidence: { 'endpoint.authenticated': FAILED_CONTROL }, says: /answered 401/ },
    {
      outcome: 'fail',
      evidence: { 'endpoint.authenticated': read({ status: 302, headers: { Location: '/login' } }) },
      name: 'sent to a login page',
    },
    {
      outcome: 'fail',
      evidence: { 'endpoint.authenticated': read({ status: 204, expected: [200, 201] }) },
      name: 'a success that was not expected',
    },
    {
      outcome: 'fail',
      evidence: { 'endpoint.authenticated': read({ status: 200, ended: 'closed' }) },
      name: 'an answer that was cut short',
      says: /no answer \(closed\)/,
    },
  ],
});
