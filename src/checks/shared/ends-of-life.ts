// What an answer announces about the end of its API version: Sunset (RFC 8594) and Deprecation (RFC 9745).

import type { Exchange } from '../../evidence/exchange.js';
import { answerHeader } from '../../evidence/exchange.js';
import { parseHttpDate, parseIsoDate } from '../../evidence/http-date.js';

export interface Announcement {
  field: 'Sunset' | 'Deprecation';
  value: string;
  /** Epoch ms; null where the value is no date. */
  at: number | null;
  /** The value is not in the form that its RFC prescribes. */
  odd: boolean;
}

/** A structured-field date, RFC 9651 3.3.7. */
const STRUCTURED_DATE = /^@(-?\d{1,15})\s*(?:;.*)?$/;
const ISO_DATE = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;

export function announcementsOf(exchange: Exchange): Announcement[] {
  const found: Announcement[] = [];
  const now = exchange.startedAtEpochMs;
  const sunset = answerHeader(exchange, 'sunset');
  const deprecation = answerHeader(exchange, 'deprecation');
  if (deprecation !== undefined) {
    const seconds = STRUCTURED_DATE.exec(deprecation)?.[1];
    const at = seconds === undefined ? dateOf(deprecation, now) : Number(seconds) * 1000;
    // Drafts before the RFC had "true" for what is deprecated already.
    const isBare = /^\??(true|1)$/i.test(deprecation);
    found.push({
      field: 'Deprecation',
      value: deprecation,
      at: isBare ? now : at,
      odd: seconds === undefined,
    });
  }
  if (sunset !== undefined)
    found.push({ field: 'Sunset', value: sunset, at: dateOf(sunset, now), odd: parseHttpDate(sunset, now) === null });
  return found;
}

/** Providers also send ISO 8601. */
function dateOf(text: string, nowEpochMs: number): number | null {
  const asHttp = parseHttpDate(text, nowEpochMs);
  if (asHttp !== null) return asHttp;
  // Without a zone it is taken for UTC.
  if (!ISO_DATE.test(text)) return null;
  const isZoned = /(Z|[+-]\d\d:?\d\d)$/.test(text) || text.length === 'YYYY-MM-DD'.length;
  return parseIsoDate(isZoned ? text : `${text.replace(' ', 'T')}Z`);
}
