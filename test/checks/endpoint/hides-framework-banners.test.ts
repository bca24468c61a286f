import check from '../../../src/checks/endpoint/hides-framework-banners.js';
import { type ExchangeInput, exchange, problem, read, traffic } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const evidence = (...inputs: ExchangeInput[]) => ({
  'endpoint.traffic': traffic(inputs.map((input, at) => exchange({ id: `traffic.${at + 1}`, ...input }))),
  'endpoint.authenticated': read(),
  'endpoint.unauthenticated': { call: problem(401, { id: 'unauthenticated.call', credential: 'none' }) },
});

judgeCases(check, {
  'no-answers': [
    { outcome: 'inconclusive', evidence: evidence() },
    { outcome: 'inconclusive', evidence: evidence({ status: null, ended: 'refused' }), name: 'nobody answered' },
  ],
  hidden: [
    { outcome: 'pass', evidence: evidence({}, { status: 404 }), says: /^2 answers without/ },
    {
      outcome: 'pass',
      evidence: evidence({ headers: { Server: 'nginx', 'X-Powered-By': 'hidden' } }),
      name: 'the name of a server, and a word that hides one',
    },
  ],
  named: [
    {
      outcome: 'fail',
      evidence: evidence({}, { status: 500, headers: { 'X-Powered-By': 'PHP/7.4.3' } }),
      says: /^1 of 2 answers, e\.g\. GET \/v1\/ping \(500\): X-Powered-By: PHP\/7\.4\.3\.$/,
    },
    {
      outcome: 'fail',
      evidence: evidence(
        { headers: { Server: 'nginx/1.24.0' } },
        { headers: { Server: 'nginx/1.24.0', 'X-Powered-By': 'Express' } },
      ),
      figures: { measured: 'Server: nginx/1.24.0; X-Powered-By: Express' },
      name: 'each banner once',
    },
    {
      outcome: 'fail',
      evidence: evidence({}, { status: 405, headers: { 'X-Powered-By': 'Express' }, provokes: 405 }),
      name: 'on a provoked error alone',
    },
  ],
});
