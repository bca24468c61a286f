import check from '../../../src/checks/endpoint/answers-unknown-paths.js';
import { type ExchangeInput, exchange, FAILED_CONTROL, problem, read } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const id = 'unknown-path.call';
const evidence = (call: ReturnType<typeof exchange>, control = read()) => ({
  'endpoint.unknown-path': { call },
  'endpoint.authenticated': control,
});
const html: ExchangeInput = {
  id,
  status: 404,
  headers: { 'Content-Type': 'text/html; charset=utf-8' },
  text: '<html><body>Not Found</body></html>',
};
const problems = { errors: { default: { contentType: 'application/problem+json', required: ['/type', '/title'] } } };
const code = { errors: { default: { code: '/error/code' } } };

judgeCases(check, {
  'control-failed': [{ outcome: 'inconclusive', evidence: evidence(problem(404, { id }), FAILED_CONTROL) }],
  'not-404': [
    { outcome: 'fail', evidence: evidence(exchange({ id, json: {} })), says: /answered 200/ },
    { outcome: 'fail', evidence: evidence(problem(401, { id })), name: 'another refusal' },
    { outcome: 'fail', evidence: evidence(exchange({ id, status: 301 })), name: 'a redirect' },
  ],
  '404': [
    { outcome: 'pass', evidence: evidence(exchange(html)), says: /text\/html.*promises no shape/ },
    { outcome: 'pass', evidence: evidence(exchange({ id, status: 404 })), says: /no content type/ },
    {
      outcome: 'pass',
      evidence: evidence(problem(404, { id })),
      contract: { errors: { default: {} } },
      name: 'an empty shape promises nothing',
    },
  ],
  '404-in-shape': [
    { outcome: 'pass', evidence: evidence(problem(404, { id })), contract: problems },
    {
      outcome: 'pass',
      evidence: evidence(
        problem(404, {
          id,
          headers: { 'content-type': 'Application/Problem+JSON; charset=utf-8' },
          json: { title: 'Not Found', type: 'about:blank' },
        }),
      ),
      contract: problems,
      name: 'content type in other letters and with a parameter',
    },
    {
      outcome: 'pass',
      evidence: evidence(exchange({ id, status: 404, json: { error: { code: 'not_found' } } })),
      contract: { errors: { default: { required: ['/type'] }, byStatus: { '404': { code: '/error/code' } } } },
      name: 'the shape of its own status wins',
    },
  ],
  'other-shape': [
    { outcome: 'fail', evidence: evidence(exchange(html)), contract: problems, says: /text\/html.*no JSON body/ },
    { outcome: 'fail', evidence: evidence(problem(404, { id })), contract: code, says: /no \/error\/code/ },
    {
      outcome: 'fail',
      evidence: evidence(exchange({ id, status: 404, json: { error: { code: null } } })),
      contract: code,
      name: 'a code that is null is none',
    },
    {
      outcome: 'fail',
      evidence: evidence(exchange({ id, status: 404, json: ['not_found'] })),
      contract: { errors: { byStatus: { '4xx': { code: '/code' } } } },
      name: 'an array is no object',
    },
  ],
});
