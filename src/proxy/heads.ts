// Which header lines pass from hop to hop, and how Node can be made to send them as they came.
import { flatOf, pairsOf } from './answers.js';

// Node gives these methods no body unless the headers announce one.
const BODILESS = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE']);

/** Bytes of the body: 0 where none is announced, NaN where it is chunked or lasts until the connection ends. */
export function announcedLength(raw: readonly string[]): number {
  let length = 0;
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at] ?? '';
    if (name.length === 14 && name.toLowerCase() === 'content-length') length = Number(raw[at + 1]);
    else if (name.length === 17 && name.toLowerCase() === 'transfer-encoding') return Number.NaN;
  }
  return length;
}

interface Forwardable {
  flat: string[];
  hasConnection: boolean;
  hasFraming: boolean;
}

// The hop between the client and us (RFC 9110, 7.6.1); an upgrade is not offered on: we could not follow it.
const CLIENT_HOP = new Set(['proxy-connection', 'proxy-authorization', 'keep-alive', 'upgrade', 'http2-settings']);

export function forwardable(raw: readonly string[], host: string): Forwardable {
  const named = namedByConnection(raw);
  const flat: string[] = [];
  let hasConnection = false;
  let hasFraming = false;
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at] ?? '';
    const value = raw[at + 1] ?? '';
    switch (name.toLowerCase()) {
      case 'host':
        flat.push(name, host);
        continue;
      case 'connection':
        if (named === null) {
          flat.push(name, value);
          hasConnection = true;
        }
        continue;
      case 'content-length':
      case 'transfer-encoding':
        hasFraming = true;
        break;
      default:
        if (CLIENT_HOP.has(name.toLowerCase()) || named?.has(name.toLowerCase()) === true) continue;
    }
    flat.push(name, value);
  }
  return { flat, hasConnection, hasFraming };
}

export function withoutHopByHop(raw: string[]): string[] {
  const named = namedByConnection(raw);
  if (named === null) return raw;
  return flatOf(pairsOf(raw).filter(([name]) => name.toLowerCase() !== 'connection' && !named.has(name.toLowerCase())));
}

/** The headers that Connection names as meant for one hop; null: none. */
function namedByConnection(raw: readonly string[]): Set<string> | null {
  let named: Set<string> | null = null;
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at] ?? '';
    if (name.length !== 10 || name.toLowerCase() !== 'connection') continue;
    const value = (raw[at + 1] ?? '').toLowerCase();
    if (value === 'keep-alive' || value === 'close') continue;
    // Trailers are passed on, so the word about them is true of the next hop too.
    const tokens = value.split(',').map((token) => token.trim());
    named = new Set([
      ...(named ?? []),
      ...tokens.filter((token) => !['', 'te', 'close', 'keep-alive'].includes(token)),
    ]);
  }
  return named;
}

/** Node keeps the order of a list of headers, but adds Connection and framing where the list lacks them. */
export function goesAsList(method: string, { flat, hasConnection, hasFraming }: Forwardable): boolean {
  if (!hasFraming && !BODILESS.has(method)) return false;
  if (hasConnection) return true;
  // Set one by one, repeats of a name stand together and in one case.
  const settable = [...grouped(flat)].flatMap(([name, values]) => [values].flat().flatMap((value) => [name, value]));
  return settable.some((one, at) => one !== flat[at]);
}

export function grouped(flat: readonly string[]): Map<string, string | string[]> {
  const byName = new Map<string, { name: string; values: string[] }>();
  for (const [name, value] of pairsOf(flat)) {
    const known = byName.get(name.toLowerCase());
    if (known === undefined) byName.set(name.toLowerCase(), { name, values: [value] });
    else known.values.push(value);
  }
  return new Map(
    [...byName.values()].map(({ name, values }) => [name, values.length === 1 ? (values[0] ?? '') : values]),
  );
}

export function originForm(url: string): string {
  const parsed = new URL(url);
  return `${parsed.pathname}${parsed.search}`;
}
