import check from '../../../src/checks/endpoint/recovers-after-limit.js';
import { type ExchangeInput, exchange, read, traffic } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const evidence = (...calls: ExchangeInput[]) => ({
  'endpoint.authenticated': read(),
  'endpoint.traffic': traffic(calls.map((call) => exchange({ expected: [200], ...call }))),
});
const wait = { 'Retry-After': '2' };
const limited = (id: string, more: ExchangeInput = {}) => ({ id, status: 429, headers: wait, ...more });
const after = (of: string) => ({ of, after: 'limit' as const });
const recovery = (more: ExchangeInput = {}, of = 'burst.call.5') => ({
  id: 'burst.recovery',
  resent: after(of),
  startedAtMs: 2070,
  ...more,
});

judgeCases(check, {
  'never-limited': [{ outcome: 'not-applicable', evidence: evidence({ id: 'replay.first' }) }],
  'other-status': [
    {
      outcome: 'inconclusive',
      evidence: evidence({ id: 'burst.call.1' }, { id: 'burst.call.2', status: 503, expected: [200] }),
      contract: { rateLimit: { statuses: [429] } },
      says: /met no documented limit, but was answered 503/,
    },
  ],
  'not-met': [{ outcome: 'inconclusive', evidence: evidence({ id: 'burst.call.1' }) }],
  recovered: [
    {
      outcome: 'pass',
      evidence: evidence(limited('burst.call.5'), limited('burst.call.6'), recovery({}, 'burst.call.6')),
      says: /worked again 2\.1 s after/,
    },
    {
      outcome: 'pass',
      evidence: evidence(limited('replay.first'), {
        id: 'replay.again',
        resent: after('replay.first'),
        startedAtMs: 2100,
      }),
      name: 'a call of another probe',
    },
    {
      outcome: 'pass',
      evidence: evidence(
        limited('race.call.1', { startedAtMs: 1000 }),
        limited('replay.first', { startedAtMs: 5000 }),
        { id: 'replay.again', resent: after('replay.first'), startedAtMs: 8020 },
      ),
      says: /worked again 3 s after/,
      name: 'of two limited calls the one that was repeated',
    },
  ],
  'still-limited': [
    {
      outcome: 'fail',
      evidence: evidence(limited('burst.call.5'), recovery({ status: 429 })),
      says: /429 again, 2\.1 s after/,
    },
    {
      outcome: 'fail',
      evidence: evidence(
        limited('replay.first'),
        { id: 'replay.again', resent: after('replay.first'), startedAtMs: 2100 },
        limited('burst.call.5', { startedAtMs: 4000 }),
        recovery({ status: 429, startedAtMs: 6100 }),
      ),
      name: 'although another call recovered',
    },
  ],
  'unknown-wait': [
    {
      outcome: 'inconclusive',
      evidence: evidence(limited('burst.call.5', { headers: {} }), recovery({ status: 429 })),
    },
  ],
  'not-repeated': [
    { outcome: 'inconclusive', evidence: evidence(limited('replay.first')), says: /asked to wait 2 s/ },
    {
      outcome: 'inconclusive',
      evidence: evidence(
        limited('replay.first'),
        limited('replay.again', { resent: after('replay.first'), startedAtMs: 2100 }),
      ),
      name: 'limited again by calls beside it',
    },
    { outcome: 'inconclusive', evidence: evidence(limited('burst.call.5'), recovery({ status: 500 })) },
    {
      outcome: 'inconclusive',
      evidence: evidence(limited('addresses.of.after-limit'), { id: 'burst.recovery.after-limit', startedAtMs: 2100 }),
      name: 'names that look like a repeat are none',
    },
  ],
});
