import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { announcementsOf } from '../../src/checks/shared/ends-of-life.js';
import { parseHttpDate, parseIsoDate } from '../../src/evidence/http-date.js';
import { readReset } from '../../src/evidence/limits.js';
import { exchange, NOON_EPOCH_MS } from '../helpers/exchange.js';

const EXAMPLE = Date.UTC(1994, 10, 6, 8, 49, 37);
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

describe('an HTTP date', () => {
  it.each([
    // The three examples of RFC 9110, 5.6.7.
    ['Sun, 06 Nov 1994 08:49:37 GMT', EXAMPLE],
    ['Sunday, 06-Nov-94 08:49:37 GMT', EXAMPLE],
    ['Sun Nov  6 08:49:37 1994', EXAMPLE],
    ['Sun Nov 16 08:49:37 1994', EXAMPLE + 10 * 86_400_000],
    ['Sat, 31 Dec 2016 23:59:60 GMT', Date.UTC(2017, 0, 1)],
    ['Thu, 29 Feb 2024 00:00:00 GMT', Date.UTC(2024, 1, 29)],
    ['Sat, 29 Feb 2025 00:00:00 GMT', null],
    ['Tue, 31 Feb 2026 00:00:00 GMT', null],
    ['Tuesday, 31-Feb-26 00:00:00 GMT', null],
    ['Tue Feb 31 00:00:00 2026', null],
    ['Fri, 31 Apr 2026 00:00:00 GMT', null],
    ['Thu, 00 Jan 2026 00:00:00 GMT', null],
    ['Thu, 15 Jan 2026 24:00:00 GMT', null],
    ['Thu, 15 Jan 2026 12:60:00 GMT', null],
    ['Thu, 15 Jan 2026 12:00:61 GMT', null],
    ['Thu, 15 Foo 2026 12:00:00 GMT', null],
    ['Thu, 15 Jan 2026 12:00:00 UTC', null],
    ['Thu, 15 Jan 2026 12:00:00', null],
    ['Thu, 15 Jan 26 12:00:00 GMT', null],
    ['Thursday, 15 Jan 2026 12:00:00 GMT', null],
    ['Thu, 5 Jan 2026 12:00:00 GMT', null],
    ['Thu Jan 5 12:00:00 2026', null],
    ['thu, 15 jan 2026 12:00:00 gmt', null],
    ['2026-01-15T12:00:00Z', null],
    ['', null],
  ])('%j', (text, expected) => {
    expect(parseHttpDate(text, NOON_EPOCH_MS)).toBe(expected);
  });

  it('takes a year of two digits that seems over 50 years ahead for one of the past', () => {
    const at = (text: string) => parseHttpDate(text, NOON_EPOCH_MS);
    expect(at('Wednesday, 15-Jan-76 12:00:00 GMT')).toBe(Date.UTC(2076, 0, 15, 12));
    expect(at('Thursday, 15-Jan-76 12:00:01 GMT')).toBe(Date.UTC(1976, 0, 15, 12, 0, 1));
    expect(at('Friday, 31-Dec-99 23:59:59 GMT')).toBe(Date.UTC(1999, 11, 31, 23, 59, 59));
    expect(at('Thursday, 01-Jan-70 00:00:00 GMT')).toBe(Date.UTC(2070, 0, 1));
    expect(parseHttpDate('Friday, 01-Jan-10 00:00:00 GMT', Date.UTC(2099, 0, 1))).toBe(Date.UTC(2010, 0, 1));
  });

  it('is the same instant in each of the forms', () => {
    const instant = fc.integer({ min: Date.UTC(1977, 0, 1) / 1000, max: Date.UTC(2075, 0, 1) / 1000 });
    fc.assert(
      fc.property(instant, (seconds) => {
        const imf = new Date(seconds * 1000).toUTCString();
        const [, day = '', month = '', year = '', time = ''] = imf.split(/,? /);
        const name = DAYS[new Date(seconds * 1000).getUTCDay()] ?? '';
        const forms = [
          imf,
          `${name}, ${day}-${month}-${year.slice(2)} ${time} GMT`,
          `${name.slice(0, 3)} ${month} ${day.replace(/^0/, ' ')} ${time} ${year}`,
        ];
        expect(forms.map((form) => parseHttpDate(form, NOON_EPOCH_MS))).toEqual(forms.map(() => seconds * 1000));
      }),
      { seed: 9110 },
    );
  });
});

describe('a day that the calendar does not have', () => {
  it('is no ISO date', () => {
    expect(parseIsoDate('2026-02-28')).toBe(Date.UTC(2026, 1, 28));
    expect(parseIsoDate('2026-02-31')).toBeNull();
    expect(parseIsoDate('2026-02-31T12:00:00Z')).toBeNull();
    expect(parseIsoDate('2026-13-01')).toBeNull();
  });

  it('resets no limit and announces no end', () => {
    expect(readReset('2026-02-31T12:00:00Z', 'rfc3339', NOON_EPOCH_MS)).toBeNull();
    expect(readReset('Tue, 31 Feb 2026 12:00:00 GMT', 'http-date', NOON_EPOCH_MS)).toBeNull();
    const ended = announcementsOf(exchange({ headers: { Sunset: 'Tue, 31 Feb 2026 00:00:00 GMT' } }));
    expect(ended).toMatchObject([{ field: 'Sunset', at: null }]);
    const iso = announcementsOf(exchange({ headers: { Deprecation: '2026-02-31' } }));
    expect(iso).toMatchObject([{ field: 'Deprecation', at: null }]);
  });
});
