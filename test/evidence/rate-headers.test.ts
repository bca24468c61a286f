import { describe, expect, it } from 'vitest';
import type { contractSchema } from '../../src/config/schema.js';
import { falls, readRateHeaders, remainingIn } from '../../src/evidence/rate-headers.js';
import { exchange, NOON_EPOCH_MS } from '../helpers/exchange.js';

type Declared = NonNullable<NonNullable<ReturnType<typeof contractSchema.parse>['rateLimit']>['headers']>;

const NAMED: Declared = {
  limit: 'X-RateLimit-Limit',
  remaining: 'X-RateLimit-Remaining',
  reset: 'X-RateLimit-Reset',
};
const DRAFT: Declared = { draft: true };

function read(headers: Record<string, string>, declared: Declared) {
  return readRateHeaders(exchange({ id: 'one', headers }), declared);
}

const named = (limit: string, remaining: string, reset: string) => ({
  'X-RateLimit-Limit': limit,
  'X-RateLimit-Remaining': remaining,
  'X-RateLimit-Reset': reset,
});

describe('rate headers by name', () => {
  it.each([
    ['epoch-seconds', `${NOON_EPOCH_MS / 1000 + 30}`],
    ['epoch-ms', `${NOON_EPOCH_MS + 30_000}`],
    ['delta-seconds', '30'],
    ['duration', '30s'],
    ['http-date', 'Thu, 15 Jan 2026 12:00:30 GMT'],
  ] as const)('%s', async (resetFormat, reset) => {
    const { resetMs, faults, ...figures } = await read(named('100', '99', reset), { ...NAMED, resetFormat });
    // The exchange ends 20 ms after it began.
    expect(Math.abs((resetMs ?? 0) - 30_000)).toBeLessThanOrEqual(20);
    expect([figures.limit, figures.remaining, faults]).toEqual([100, 99, []]);
  });

  it('says what is absent and what is in another form', async () => {
    const { faults } = await read(
      { 'X-RateLimit-Remaining': 'many', 'X-RateLimit-Reset': '30' },
      { ...NAMED, resetFormat: 'epoch-seconds' },
    );
    expect(faults).toEqual([
      'no X-RateLimit-Limit',
      'X-RateLimit-Remaining: many is no number',
      'X-RateLimit-Reset: 30 is no epoch-seconds',
    ]);
  });
});

describe('RateLimit of the draft', () => {
  const full = { limit: 100, remaining: 50, resetMs: 30_000, windowMs: 60_000, faults: [] };
  it.each([
    ['a list of policies', { RateLimit: '"default";r=50;t=30', 'RateLimit-Policy': '"default";q=100;w=60' }, full],
    [
      'the policy of the same name',
      { RateLimit: '"b";r=50;t=30', 'RateLimit-Policy': '"a";q=5;w=1, "b";q=100;w=60' },
      full,
    ],
    ['without a time', { RateLimit: '"a";r=50' }, { ...full, limit: null, resetMs: null, windowMs: null }],
    ['a dictionary', { RateLimit: 'limit=100, remaining=50, reset=30', 'RateLimit-Policy': '100;w=60' }, full],
    [
      'three fields',
      {
        'RateLimit-Limit': '100',
        'RateLimit-Remaining': '50',
        'RateLimit-Reset': '30',
        'RateLimit-Policy': '100;w=60',
      },
      full,
    ],
    [
      'a limit with its policy inside',
      { 'RateLimit-Limit': '100, 100;w=60', 'RateLimit-Remaining': '50', 'RateLimit-Reset': '30' },
      { ...full, windowMs: null },
    ],
  ])('%s', async (_, headers, expected) => {
    expect(await read(headers, DRAFT)).toEqual({ exchange: 'one', ...expected });
  });

  it.each(['50', 'remaining: 50', '"a";r=-1', '"a";r="x"', '', '"unended'])('%j is in no form', async (field) => {
    const { faults, remaining } = await read({ RateLimit: field }, DRAFT);
    expect([faults.length, remaining]).toEqual([1, null]);
  });

  it('of several policies falls where one of them does', async () => {
    const readings = await Promise.all(
      [97, 96, 95].map((reads) => read({ RateLimit: `"writes";r=10;t=60, "reads";r=${reads};t=60` }, DRAFT)),
    );
    expect(readings.map(({ remaining }) => remaining)).toEqual([10, 10, 10]);
    expect(remainingIn(readings)).toEqual([97, 96, 95]);
    expect(falls(remainingIn(readings))).toBe(true);
  });

  it('of several policies is the first where none falls', async () => {
    const one = await read({ RateLimit: '"writes";r=10;t=60, "reads";r=97;t=60' }, DRAFT);
    expect(remainingIn([one, one])).toEqual([10, 10]);
  });

  it('is told when absent', async () => {
    expect((await read({}, DRAFT)).faults).toEqual(['no RateLimit']);
  });
});
