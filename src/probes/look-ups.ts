// What the answer to a look-up of one resource shows.

import type { Exchange } from '../evidence/exchange.js';
import { hasStatus, isRefusedInSuccess } from '../evidence/exchange.js';

const NO_SUCH = /not.?found|no.?such|does.?not.?exist|unknown/i;

/** Whether a look-up says that there is none. */
export function isMissing(exchange: Exchange): boolean {
  if (isRefusedInSuccess(exchange)) return NO_SUCH.test(exchange.response?.body.text ?? '');
  return hasStatus(exchange, [404, 410]);
}

/** An answer in which nothing stands shows no resource. */
export function isEmpty(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value === null;
  return Object.values(value).every(isEmpty);
}
