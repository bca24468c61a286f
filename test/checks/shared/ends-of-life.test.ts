import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { announcementsOf } from '../../../src/checks/shared/ends-of-life.js';
import { exchange, NOON_EPOCH_MS } from '../../helpers/exchange.js';

const announced = (headers: Record<string, string>) => announcementsOf(exchange({ headers }))[0];
const NEW_YEAR = Date.UTC(2027, 0, 1);

describe('announcements', () => {
  // Where local time is UTC a date without a zone reads the same either way.
  beforeAll(() => void vi.stubEnv('TZ', 'America/New_York'));
  afterAll(() => void vi.unstubAllEnvs());

  it.each<[string, number | null]>([
    ['Fri, 01 Jan 2027 00:00:00 GMT', NEW_YEAR],
    ['2027-01-01', NEW_YEAR],
    ['2027-01-01T00:00:00Z', NEW_YEAR],
    ['2027-01-01T00:00:00', NEW_YEAR],
    ['2027-01-01 00:00', NEW_YEAR],
    ['2027-01-01T02:00:00+02:00', NEW_YEAR],
    ['2026-12-31T19:00:00-0500', NEW_YEAR],
    ['2027-02-30T25:00:00Z', null],
    ['1/2/2027', null],
    ['next year', null],
  ])('Sunset: %s', (value, at) => expect(announced({ Sunset: value })?.at).toBe(at));

  it.each<[string, number | null, boolean]>([
    ['@1798761600', NEW_YEAR, false],
    ['@1798761601; note=1', NEW_YEAR + 1000, false],
    ['@1798761601', NEW_YEAR + 1000, false],
    ['true', NOON_EPOCH_MS, true],
    ['?1', NOON_EPOCH_MS, true],
    // Seconds without their mark: no date, and no bare "1" either.
    ['1798761600', null, true],
    ['Fri, 01 Jan 2027 00:00:00 GMT', NEW_YEAR, true],
  ])('Deprecation: %s', (value, at, odd) => expect(announced({ Deprecation: value })).toMatchObject({ at, odd }));

  it('takes an HTTP-date alone for the form of Sunset', () => {
    expect(announced({ Sunset: 'Fri, 01 Jan 2027 00:00:00 GMT' })?.odd).toBe(false);
    expect(announced({ Sunset: '2027-01-01' })?.odd).toBe(true);
  });
});
