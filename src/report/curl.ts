import type { Exchange, RecordedBody, Way } from '../evidence/exchange.js';
import { nameOf, quoted, variable, withoutSecrets, wordOf } from './shell.js';

// Headers that curl sets by itself or that only describe our own connection.
const LEFT_OUT = ['accept', 'user-agent', 'content-length', 'host', 'connection'];
const BASIC = /^basic ([A-Za-z0-9+/]*)\[secret:([\w. -]{1,64})\][A-Za-z0-9+/=]*$/i;

export interface CurlOptions {
  /** No progress meter, which would stand between the answers of several calls. */
  quiet?: boolean;
  /** File of the certificate authority. */
  ca?: string | undefined;
}

/** A command that sends the same request again; secrets as environment variables. */
export function curlOf(exchange: Pick<Exchange, 'request'>, { quiet = false, ca }: CurlOptions = {}): string {
  const { method, url, headers, body, provokes } = exchange.request;
  // curl waits for a body after -X HEAD.
  const parts = [`curl -${method === 'HEAD' ? 'I' : 'i'}${quiet ? 'sS' : ''}`];
  // curl takes brackets and braces in a URL for patterns.
  if (/[[\]{}]/.test(withoutSecrets(url))) parts.push('-g');
  if (ca !== undefined && url.startsWith('https:')) parts.push(`--cacert ${wordOf(ca)}`);
  if (method !== 'HEAD' && method !== (body === null ? 'GET' : 'POST')) parts.push(`-X ${quoted(method)}`);
  parts.push(...wayOptions(exchange.request.way), provokes === 414 ? filledUrl(url) : quoted(url));
  for (const [name, value] of headers) {
    if (LEFT_OUT.includes(name.toLowerCase())) continue;
    const user = name.toLowerCase() === 'authorization' ? basicUser(value) : null;
    if (user !== null) parts.push(`-u ${user}`);
    else parts.push(`-H ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`);
  }
  if (body !== null) {
    // Without one, curl would call any body a form.
    if (!headers.some(([name]) => name.toLowerCase() === 'content-type')) parts.push("-H 'Content-Type:'");
    if (provokes === 413) return `${filledBody(body)} | ${parts.join(' ')} --data-binary @-`;
    parts.push(`--data-raw ${quoted(body.text)}`);
  }
  return parts.join(' ');
}

/** What the record leaves out of a long body is made by the shell: no argument may be that long. */
function filledBody({ text, bytes }: RecordedBody): string {
  return `{ printf %s ${quoted(text)}; ${filling(bytes - text.length)}; }`;
}

const FILLING_OF_URL_BYTES = 33 * 1024;

function filledUrl(url: string): string {
  return `${quoted(url)}"$(${filling(FILLING_OF_URL_BYTES)})"`;
}

function filling(bytes: number): string {
  return `head -c ${bytes} /dev/zero | tr '\\0' x`;
}

/** The same way out. A proxy's credentials are for the user to add. */
function wayOptions(way: Way | undefined): string[] {
  if (way?.kind === 'tls') {
    const version = way.version === 'TLSv1' ? '1.0' : '1.1';
    return [`--tlsv${version} --tls-max ${version} --ciphers DEFAULT@SECLEVEL=0`];
  }
  // Its handshake is what it is for.
  if (way?.kind === 'fresh') return ['-v'];
  if (way?.kind !== 'egress' || way.via === 'direct') return [];
  // The proxy resolves the name, as it did for us.
  if (way.via.includes('://')) return [`-x ${quoted(way.via.replace(/^socks5:/, 'socks5h:'))}`];
  return [`--interface ${quoted(way.via)}`];
}

/** RFC 7617 credentials of which the key was redacted: user and key for -u; a key without user stands in its place. */
function basicUser(value: string): string | null {
  const found = BASIC.exec(value);
  if (found === null) return null;
  const [, before = '', name = ''] = found;
  const decoded = decodeBase64(before);
  const colon = decoded.indexOf(':');
  if (colon > 0) return `${quoted(`${decoded.slice(0, colon)}:`)}${variable(name)}`;
  return before === '' ? `"$${nameOf(name)}:"` : null;
}

/** The whole bytes of a beginning of base64; empty where these are no text. */
function decodeBase64(text: string): string {
  const whole = text.slice(0, text.length - (text.length % 4 === 1 ? 1 : 0));
  try {
    return atob(whole);
  } catch {
    return '';
  }
}
