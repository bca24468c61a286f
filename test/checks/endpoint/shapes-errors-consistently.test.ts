import check from '../../../src/checks/endpoint/shapes-errors-consistently.js';
import { type ExchangeInput, exchange, problem, traffic } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const evidence = (...exchanges: ReturnType<typeof exchange>[]) => ({
  'endpoint.traffic': traffic(exchanges),
  'endpoint.unauthenticated': { call: problem(401, { id: 'unauthenticated.call', credential: 'none' }) },
  'endpoint.wrong-key': { call: problem(401, { id: 'wrong-key.call', credential: 'wrong' }) },
});
const at = (id: string, status: number, rest: ExchangeInput = {}) => problem(status, { id, ...rest });
const code = (value: unknown): ExchangeInput => ({ headers: {}, json: { error: { code: value } } });
const html: ExchangeInput = { headers: { 'Content-Type': 'text/html' }, text: '<h1>Error</h1>' };

const problems = { errors: { default: { contentType: 'application/problem+json', required: ['/type', '/title'] } } };
const coded = { errors: { default: { code: '/error/code' } } };

judgeCases(check, {
  unset: [
    { outcome: 'not-applicable', evidence: evidence(at('a', 404)) },
    { outcome: 'not-applicable', evidence: evidence(at('a', 404)), contract: { errors: {} }, name: 'no shape at all' },
    {
      outcome: 'not-applicable',
      evidence: evidence(at('a', 404)),
      contract: { errors: { byStatus: { '5xx': { code: '/code' } } } },
      name: 'none for the errors seen',
    },
    {
      outcome: 'not-applicable',
      evidence: evidence(at('a', 404, html)),
      contract: { errors: { default: {} } },
      name: 'an empty shape promises nothing',
    },
  ],
  none: [
    { outcome: 'inconclusive', evidence: evidence(exchange({ id: 'a' })), contract: problems },
    {
      outcome: 'inconclusive',
      evidence: evidence(at('a', 429, html), at('b', 503, html), at('unknown-path.call', 404, html)),
      contract: problems,
      name: 'a limit, a gateway, and the unknown path that has a check of its own',
    },
  ],
  shaped: [
    {
      outcome: 'pass',
      evidence: evidence(at('a', 401), at('b', 422), exchange({ id: 'c' })),
      contract: problems,
      says: /All 2 error/,
    },
    {
      outcome: 'pass',
      evidence: evidence(at('a', 400, code('bad')), at('b', 429, html), at('c', 502, html)),
      contract: coded,
      name: 'pages of a limiter and a gateway among them',
    },
    {
      outcome: 'pass',
      evidence: evidence(at('a', 401, code('no_key')), at('b', 422)),
      contract: { errors: { ...coded.errors, byStatus: { '422': { required: ['/title'] } } } },
      name: 'one status has a shape of its own',
    },
    {
      outcome: 'pass',
      evidence: evidence(at('a', 401, code('no_key')), at('b', 500, html)),
      contract: { errors: { ...coded.errors, byStatus: { '5xx': { contentType: 'text/html' } } } },
      name: 'one class has a shape of its own',
    },
    {
      outcome: 'pass',
      evidence: evidence(at('a', 401), at('b', 404, html)),
      contract: { errors: { ...problems.errors, byStatus: { '404': {} } } },
      name: 'nothing is promised for one status',
    },
    {
      outcome: 'pass',
      evidence: evidence(at('a', 401)),
      contract: { errors: { default: { contentType: 'application/problem+json; charset=utf-8' } } },
      name: 'a promised content type with a parameter',
    },
    {
      outcome: 'pass',
      evidence: evidence(at('a', 401), at('b', 414, { ...html, provokes: 414 })),
      contract: problems,
      says: /^All 1 error answer have .* Not counted: 1 answer \(414\)/,
      name: 'a URL that the HTTP server refused before any code of the API',
    },
    { outcome: 'pass', evidence: evidence(at('a', 401, code(1001))), contract: coded, name: 'a code that is a number' },
  ],
  deviates: [
    {
      outcome: 'fail',
      evidence: evidence(at('a', 401), at('b', 405, { ...html, provokes: 405 })),
      contract: problems,
      says: /\(405\)/,
      name: 'an unusual method',
    },
    {
      outcome: 'fail',
      evidence: evidence(
        at('a', 401),
        at('b', 414, {
          headers: { Date: 'Thu, 15 Jan 2026 12:00:00 GMT' },
          json: { error: 'too long' },
          provokes: 414,
        }),
      ),
      contract: problems,
      says: /\(414\)/,
      name: 'a URL that the API itself found too long',
    },
    {
      outcome: 'fail',
      evidence: evidence(
        at('a', 401),
        at('b', 413, { ...html, text: '<hr><center>nginx/1.24.0</center>', provokes: 413 }),
      ),
      contract: problems,
      says: /\(413\): an HTML page of a server before the API \(nginx\); content type text\/html/,
      name: 'the page of a server before the API',
    },
    {
      outcome: 'fail',
      evidence: evidence(at('a', 401), at('b', 404, html)),
      contract: problems,
      says: /^1 of 2 .*text\/html/,
    },
    { outcome: 'fail', evidence: evidence(at('a', 401)), contract: coded, says: /no \/error\/code/ },
    { outcome: 'fail', evidence: evidence(at('a', 401, { json: undefined })), contract: coded, name: 'no body' },
    { outcome: 'fail', evidence: evidence(at('a', 400, code(null))), contract: coded, name: 'a code that is null' },
    { outcome: 'fail', evidence: evidence(at('a', 400, code(''))), contract: coded, name: 'a code that is empty' },
    {
      outcome: 'fail',
      evidence: evidence(at('a', 500, html)),
      contract: coded,
      name: 'a crash page is an answer of the API',
    },
    {
      outcome: 'fail',
      evidence: evidence(at('a', 422, code('bad'))),
      contract: { errors: { byStatus: { '422': { required: ['/errors'] } } } },
      name: 'not the shape of its own status',
    },
    {
      outcome: 'fail',
      evidence: evidence(at('a', 401, { headers: { 'Content-Type': 'application/json' } })),
      contract: problems,
      name: 'another content type',
    },
  ],
});
