import check from '../../../src/checks/endpoint/hides-internals-in-errors.js';
import { type ExchangeInput, exchange, problem, traffic } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const missing = problem(401, { id: 'unauthenticated.call', credential: 'none' });
const unknown = problem(404, { id: 'unknown-path.call' });
const evidence = (...inputs: ExchangeInput[]) => ({
  'endpoint.traffic': traffic(inputs.map((input, at) => exchange({ id: `traffic.${at + 1}`, ...input }))),
  'endpoint.unauthenticated': { call: missing },
  'endpoint.unknown-path': { call: unknown },
});
const stack = 'Error: boom\n    at handle (/srv/api/dist/orders.js:12:7)\n    at next (node:internal/x:1:2)';

judgeCases(check, {
  'no-answers': [
    { outcome: 'inconclusive', evidence: evidence() },
    { outcome: 'inconclusive', evidence: evidence({ status: null, ended: 'refused' }), name: 'nobody answered' },
  ],
  hidden: [
    {
      outcome: 'pass',
      evidence: evidence({ status: 200, text: '[', body: { truncated: true } }),
      name: 'a long list is no error page',
    },
    { outcome: 'pass', evidence: evidence({ json: { id: 'ord_1' } }, { status: 404, json: { title: 'Not Found' } }) },
    {
      outcome: 'pass',
      evidence: evidence({ status: null }, {}),
      says: /^1 answer searched/,
      name: 'one of two answered',
    },
    {
      outcome: 'pass',
      evidence: evidence({ headers: { Server: 'nginx/1.24.0', 'X-Powered-By': 'PHP/7.4.3' } }),
      name: 'a banner is for another check',
    },
    {
      outcome: 'pass',
      evidence: evidence({
        text: Buffer.from(stack).toString('base64'),
        headers: { 'Content-Type': 'application/octet-stream' },
        body: { encoding: 'base64' },
      }),
      name: 'binary content is not read as text',
    },
  ],
  'too-long': [
    { outcome: 'inconclusive', evidence: evidence({ status: 500, text: '<style>', body: { truncated: true } }) },
  ],
  shown: [
    {
      outcome: 'fail',
      evidence: evidence({ status: 500, text: stack, body: { truncated: true } }),
      name: 'in the part of a long page that was kept',
    },
    {
      outcome: 'fail',
      evidence: evidence({}, { status: 500, text: stack }),
      says: /GET \/v1\/ping \(500\) shows a Node\.js stack trace/,
    },
    { outcome: 'fail', evidence: evidence({ status: 500, json: { stack } }), name: 'inside JSON' },
    {
      outcome: 'fail',
      evidence: evidence(
        { status: 500, text: 'cannot open /srv/api/config/keys.ts' },
        { status: 400, json: { detail: 'ERROR: syntax error at or near "x"' } },
        { status: 500, json: { stack } },
      ),
      says: /^GET \/v1\/ping \(500\) shows a Node\.js stack trace.* In all, 3 answers show something\.$/,
      name: 'a path first, a query then: the trace is the worst',
    },
    {
      outcome: 'fail',
      evidence: evidence(
        { status: 500, text: 'cannot open /srv/api/config/keys.ts' },
        { status: 400, json: { detail: 'ERROR: syntax error at or near "x"' } },
      ),
      says: /shows an SQL error/,
      name: 'a query is worse than a path',
    },
    {
      outcome: 'fail',
      evidence: evidence({ status: 500, text: `\u001b[31mSQLSTATE[42S02]\u001b[0m: not found` }),
      name: 'coloured for a terminal',
    },
    {
      outcome: 'fail',
      evidence: evidence({ status: 500, text: 'at f (/srv/\u001b]0;x\u0007a.js:1:2)' }),
      name: 'control characters inside what is quoted',
    },
  ],
});
