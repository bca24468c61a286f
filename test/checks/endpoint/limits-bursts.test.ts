import check from '../../../src/checks/endpoint/limits-bursts.js';
import { exchange } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

interface Facts {
  sent: number;
  limitedWith?: number;
  tookMs?: number;
  quota?: { requests: number; windowMs: number; burst?: number } | null;
}

const BEGUN_MS = 60_000;

function evidence({ sent, limitedWith, tookMs = 100, quota = { requests: 5, windowMs: 1000 } }: Facts) {
  const calls = Array.from({ length: sent }, (_, at) =>
    exchange({
      id: `burst.call.${at + 1}`,
      expected: [200],
      startedAtMs: BEGUN_MS,
      endedAtMs: BEGUN_MS + (at === sent - 1 ? tookMs : 20),
    }),
  );
  const limited =
    limitedWith === undefined
      ? null
      : exchange({ id: 'burst.further.99', status: limitedWith, expected: [200], endedAtMs: tookMs });
  return {
    'endpoint.burst': {
      calls: limited === null ? calls : [...calls, limited],
      limited: limited?.id ?? null,
      most: 150,
      quota,
      recovery: null,
    },
  };
}

judgeCases(check, {
  limited: [
    { outcome: 'pass', evidence: evidence({ sent: 8, limitedWith: 429 }), says: /After 8 calls of GET .* 429/ },
    { outcome: 'pass', evidence: evidence({ sent: 8, limitedWith: 503, quota: null }) },
  ],
  'other-status': [
    {
      outcome: 'fail',
      evidence: evidence({ sent: 8, limitedWith: 503 }),
      contract: { rateLimit: { statuses: [429] } },
      says: /After 8 calls .* that worked, one was answered 503, which contract\.rateLimit\.statuses does not name/,
      figures: { expected: '429', measured: '503' },
    },
    {
      outcome: 'fail',
      evidence: evidence({ sent: 8, limitedWith: 429, quota: null }),
      contract: { rateLimit: { statuses: [503] } },
      name: 'the usual status, but not the documented one',
    },
  ],
  'not-met': [
    { outcome: 'inconclusive', evidence: evidence({ sent: 150, quota: null }), says: /quota would say how many calls/ },
  ],
  'too-few': [
    {
      outcome: 'inconclusive',
      evidence: evidence({ sent: 10 }),
      says: /5 per 1 s takes 11/,
      name: 'two windows may meet',
    },
    { outcome: 'inconclusive', evidence: evidence({ sent: 16, tookMs: 4000 }), name: 'a slow burst' },
    {
      outcome: 'inconclusive',
      evidence: evidence({ sent: 16, quota: { requests: 5, windowMs: 1000, burst: 10 } }),
      name: 'a bucket that admits so many at once',
    },
  ],
  unlimited: [
    { outcome: 'fail', evidence: evidence({ sent: 16 }), says: /16 calls in 0\.1 s met no limit/ },
    { outcome: 'fail', evidence: evidence({ sent: 11 }), name: 'just enough' },
  ],
});
