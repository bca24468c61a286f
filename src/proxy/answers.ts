import type { HeaderPairs } from '../evidence/exchange.js';

/** A whole answer in memory. */
export interface Answer {
  status: number;
  /** null: the usual words. */
  statusText: string | null;
  headers: HeaderPairs;
  body: Buffer;
  trailers: HeaderPairs;
}

export function answerOf(status: number, headers: HeaderPairs, body: Buffer | string): Answer {
  return { status, statusText: null, headers, body: Buffer.isBuffer(body) ? body : Buffer.from(body), trailers: [] };
}

export function jsonAnswer(status: number, value: unknown, headers: HeaderPairs = []): Answer {
  const typed = headers.some(([name]) => name.toLowerCase() === 'content-type');
  return answerOf(
    status,
    typed ? headers : [['Content-Type', 'application/json'], ...headers],
    JSON.stringify(value) ?? '',
  );
}

export function pairsOf(flat: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let at = 0; at + 1 < flat.length; at += 2) pairs.push([flat[at] ?? '', flat[at + 1] ?? '']);
  return pairs;
}

export function flatOf(pairs: HeaderPairs): string[] {
  return pairs.flat();
}

/** The headers without the named one (lower case). */
export function withoutHeader(headers: HeaderPairs, ...names: readonly string[]): HeaderPairs {
  return headers.filter(([name]) => !names.includes(name.toLowerCase()));
}

/** No body may follow, whatever the headers say (RFC 9112, 6.3). */
export function isBodiless(method: string, status: number): boolean {
  return method === 'HEAD' || status === 204 || status === 304 || status < 200;
}
