// `endpoint.egress.<name>.via`: how requests leave from a vantage point.
import { SHORTEST_SECRET } from '../redaction/redact.js';
import type { Secret } from '../redaction/secret.js';

export type Via = { kind: 'direct' } | { kind: 'address'; address: string } | { kind: 'proxy'; url: URL };

const PROXIES = ['http:', 'https:', 'socks5:', 'socks5h:'];

/** null: neither direct nor an address nor a proxy that is known here. */
export function parseVia(text: string): Via | null {
  if (text === 'direct') return { kind: 'direct' };
  const address = text.replace(/^\[(.*)\]$/, '$1');
  // As an import node:net would be loaded at every start, for this rare setting.
  if (process.getBuiltinModule('node:net').isIP(address) !== 0) return { kind: 'address', address };
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return PROXIES.includes(url.protocol) && url.hostname !== '' ? { kind: 'proxy', url } : null;
}

/** Without credentials: what reports may show. */
export function shownVia(text: string): string {
  const via = parseVia(text);
  return via?.kind === 'proxy' ? `${via.url.protocol}//${via.url.host}` : text.replace(/^.*@/s, '');
}

/** User and password of a proxy, percent-decoded. */
export function credentialsOf(url: URL): { user: string; password: string } | null {
  if (url.username === '' && url.password === '') return null;
  return { user: decode(url.username), password: decode(url.password) };
}

/**
 * What must stay hidden of a proxy's URL. User and password also as the one text that Basic encodes (RFC 7617); a user
 * alone is a token.
 */
export function secretsOfVia(text: string, place: string): Secret[] {
  const via = parseVia(text);
  const credentials = via?.kind === 'proxy' ? credentialsOf(via.url) : null;
  if (credentials === null) return [];
  const { user, password } = credentials;
  const values = password === '' ? [user] : [password, `${user}:${password}`];
  return values
    .filter((value) => value.length >= SHORTEST_SECRET)
    .map((value) => ({ name: place, value, kind: 'value' }));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
