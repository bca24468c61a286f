import check from '../../../src/checks/endpoint/sends-retry-after.js';
import { type ExchangeInput, exchange, read, traffic } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const evidence = (...calls: ExchangeInput[]) => ({
  'endpoint.authenticated': read(),
  'endpoint.traffic': traffic(calls.map((call, at) => exchange({ id: `replay.call.${at}`, status: 429, ...call }))),
});
const after = (value: string, more: ExchangeInput = {}) => ({ headers: { 'Retry-After': value }, ...more });
const reset = (header: string) => ({ rateLimit: { headers: { reset: header } } });

judgeCases(check, {
  'never-limited': [
    { outcome: 'not-applicable', evidence: evidence({ status: 200 }), says: /limits-bursts/ },
    {
      outcome: 'not-applicable',
      evidence: evidence({ status: 403 }, { status: 503, headers: { 'Retry-After': '60' } }),
      name: 'a refusal and an outage are no limits',
    },
    {
      outcome: 'not-applicable',
      evidence: evidence({ id: 'refused-key.provoked', testCase: true }),
      name: 'a 429 that a test case of the API asks for is no limit',
    },
    {
      outcome: 'not-applicable',
      evidence: evidence({ json: { code: 'insufficient_quota' } }),
      contract: { errors: { default: { code: '/code' } }, rateLimit: { neverRetry: ['insufficient_quota'] } },
      name: 'where a retry is useless',
    },
    {
      outcome: 'not-applicable',
      evidence: evidence({ json: { error: 'insufficient_quota' } }),
      contract: {
        errors: { byStatus: { '429': { code: '/error' } } },
        rateLimit: { neverRetry: ['insufficient_quota'] },
      },
      name: 'where a retry is useless, by the shape of this status',
    },
  ],
  'other-status': [
    {
      outcome: 'inconclusive',
      evidence: evidence({ id: 'burst.call.1', status: 200 }, { id: 'burst.call.2', status: 503, expected: [200] }),
      contract: { rateLimit: { statuses: [429] } },
      says: /met no documented limit, but was answered 503/,
    },
  ],
  'not-met': [{ outcome: 'inconclusive', evidence: evidence({ id: 'burst.call.1', status: 200 }) }],
  missing: [
    { outcome: 'fail', evidence: evidence({}, after('2')), says: /without a time to wait/ },
    {
      outcome: 'fail',
      evidence: evidence({ status: 403, headers: { 'X-RateLimit-Remaining': '0' } }),
      name: 'a 403 that is a limit',
    },
    { outcome: 'fail', evidence: evidence({ id: 'burst.call.9', status: 503 }), name: 'a 503 that ends a burst' },
    { outcome: 'fail', evidence: evidence({ status: 529 }), contract: reset('X-Reset') },
  ],
  unreadable: [
    { outcome: 'fail', evidence: evidence(after('soon')), says: /Retry-After: soon/ },
    { outcome: 'fail', evidence: evidence(after('-5')), name: 'a negative number' },
    {
      outcome: 'fail',
      evidence: evidence({ headers: { 'Retry-After': '1 minute', 'X-Reset': '30' } }),
      contract: reset('X-Reset'),
      name: 'beside a good reset header',
    },
  ],
  decimal: [{ outcome: 'fail', evidence: evidence(after('2.0')), says: /whole seconds only/ }],
  sent: [
    { outcome: 'pass', evidence: evidence(after('2'), after('3')), says: /2 limit answers.*\(Retry-After, 2 s\)/ },
    { outcome: 'pass', evidence: evidence(after('Thu, 15 Jan 2026 12:01:00 GMT')), name: 'a date' },
    {
      outcome: 'pass',
      evidence: evidence({ headers: { 'X-Reset': '1768478430' } }),
      contract: { rateLimit: { headers: { reset: 'X-Reset', resetFormat: 'epoch-seconds' } } },
      says: /X-Reset, 30 s/,
    },
    {
      outcome: 'pass',
      evidence: evidence({ headers: { RateLimit: '"default";r=0;t=7' } }),
      contract: { rateLimit: { headers: { draft: true } } },
      says: /RateLimit, 7 s/,
    },
    {
      outcome: 'pass',
      evidence: evidence({ status: 403, text: 'API rate limit exceeded', headers: { 'Retry-After': '9' } }),
      name: 'a 403 with a wait',
    },
  ],
});
