import { describe, expect, it } from 'vitest';
import { contractSchema } from '../../src/config/schema.js';
import { announcedWait, isLimited, isLimitedInBurst, readReset, readRetryAfter } from '../../src/evidence/limits.js';
import { type ExchangeInput, exchange, NOON_EPOCH_MS } from '../helpers/exchange.js';

const NONE = contractSchema.parse({});

describe('Retry-After', () => {
  it.each([
    ['0', { form: 'seconds', ms: 0 }],
    ['120', { form: 'seconds', ms: 120_000 }],
    ['2.5', { form: 'decimal', ms: 2500 }],
    ['Thu, 15 Jan 2026 12:00:30 GMT', { form: 'date', ms: 30_000 }],
    ['Thursday, 15-Jan-26 12:00:30 GMT', { form: 'date', ms: 30_000 }],
    ['Thu, 15 Jan 2026 11:00:00 GMT', { form: 'date', ms: 0 }],
    ['', null],
    ['-1', null],
    ['soon', null],
    ['2026-01-15T12:00:30Z', null],
    ['1e3', null],
  ])('%j', (text, expected) => {
    expect(readRetryAfter(text, NOON_EPOCH_MS)).toEqual(expected);
  });
});

describe('a reset', () => {
  const noon = NOON_EPOCH_MS / 1000;
  it.each([
    ['30', undefined, { ms: 30_000, format: 'delta-seconds' }],
    [`${noon + 30}`, undefined, { ms: 30_000, format: 'epoch-seconds' }],
    [`${NOON_EPOCH_MS + 30}`, undefined, { ms: 30, format: 'epoch-ms' }],
    ['6m0s', undefined, { ms: 360_000, format: 'duration' }],
    ['1h2m3.5s', undefined, { ms: 3_723_500, format: 'duration' }],
    ['120ms', undefined, { ms: 120, format: 'duration' }],
    ['Thu, 15 Jan 2026 12:01:00 GMT', undefined, { ms: 60_000, format: 'http-date' }],
    ['2026-01-15T12:01:00.000Z', undefined, { ms: 60_000, format: 'rfc3339' }],
    ['2026-01-15T13:01:00+01:00', 'rfc3339', { ms: 60_000, format: 'rfc3339' }],
    ['2026-01-15', 'rfc3339', null],
    ['30', 'delta-seconds', { ms: 30_000, format: 'delta-seconds' }],
    ['30', 'epoch-seconds', null],
    [`${noon + 30}`, 'delta-seconds', null],
    [`${noon + 30}`, 'epoch-ms', null],
    ['30', 'duration', null],
    ['tomorrow', undefined, null],
    ['', undefined, null],
  ] as const)('%j as %s', (text, format, expected) => {
    expect(readReset(text, format, NOON_EPOCH_MS)).toEqual(expected);
  });
});

describe('a limit answer', () => {
  const remaining = { 'X-RateLimit-Remaining': '0' };
  it.each<[string, ExchangeInput, boolean, boolean]>([
    ['429', { status: 429 }, true, true],
    ['529', { status: 529 }, true, true],
    ['a plain 403', { status: 403 }, false, true],
    ['a 403 with a wait', { status: 403, headers: { 'Retry-After': '60' } }, true, true],
    ['a 403 with nothing remaining', { status: 403, headers: remaining }, true, true],
    ['a 403 in words', { status: 403, text: 'API rate limit exceeded' }, true, true],
    [
      'a 403 that links to the page about limits',
      { status: 403, text: '{"message":"Forbidden","documentation_url":"https://docs.example.com/rate-limits"}' },
      false,
      true,
    ],
    [
      'a 403 in words, with a link behind them',
      { status: 403, text: '{"message":"You exceeded a rate limit.","documentation_url":"https://docs.example.com/"}' },
      true,
      true,
    ],
    ['an outage', { status: 503, headers: { 'Retry-After': '60' } }, false, true],
    ['a 503 in words', { status: 503, text: 'SlowDown' }, true, true],
    ['a validation error', { status: 422, text: 'rate limit' }, false, false],
    ['a success with nothing remaining', { status: 200, headers: remaining }, false, false],
    ['no answer', { status: null }, false, false],
    ['a 429 cut by us', { status: 429, ended: 'cut-by-us' }, true, true],
  ])('%s', (_, input, anywhere, inBurst) => {
    expect([isLimited(exchange(input), NONE), isLimitedInBurst(exchange(input), NONE)]).toEqual([anywhere, inBurst]);
  });

  it('goes by the statuses of the contract', () => {
    const contract = contractSchema.parse({ rateLimit: { statuses: [420] } });
    expect(isLimitedInBurst(exchange({ status: 420 }), contract)).toBe(true);
    expect(isLimitedInBurst(exchange({ status: 403 }), contract)).toBe(false);
  });
});

describe('the announced wait', () => {
  const withHeaders = (headers: Record<string, string>) => exchange({ status: 429, headers });
  const reset = contractSchema.parse({ rateLimit: { headers: { reset: 'X-Reset', draft: true } } });

  it('prefers Retry-After, then the reset header, then the draft', () => {
    const all = { 'Retry-After': '2', 'X-Reset': '30', RateLimit: '"a";r=0;t=40' };
    expect(announcedWait(withHeaders(all), reset)?.ms).toBe(2000);
    expect(announcedWait(withHeaders({ ...all, 'Retry-After': 'soon' }), reset)?.ms).toBe(30_000);
    expect(announcedWait(withHeaders({ RateLimit: all.RateLimit }), reset)?.ms).toBe(40_000);
    expect(announcedWait(withHeaders({ RateLimit: 'limit=5, remaining=0, reset=9' }), reset)?.ms).toBe(9000);
    expect(announcedWait(withHeaders({ 'X-Reset': '30' }), NONE)).toBeNull();
  });

  it("reads dates by the server's own clock", () => {
    const late = { Date: 'Thu, 15 Jan 2026 11:00:00 GMT', 'Retry-After': 'Thu, 15 Jan 2026 11:00:05 GMT' };
    expect(announcedWait(withHeaders(late), NONE)?.ms).toBe(5000);
  });
});
