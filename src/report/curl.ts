import type { Exchange, RecordedBody, Way } from '../evidence/exchange.js';
import { HIDDEN, widthOf } from './text/sanitize.js';

// Headers that curl sets by itself or that only describe our own connection.
const LEFT_OUT = ['accept', 'user-agent', 'content-length', 'host', 'connection'];
const PLACEHOLDER = /\[secret:([\w. -]{1,64})\]/;
const BASIC = new RegExp(`^basic ([A-Za-z0-9+/]*)${PLACEHOLDER.source}[A-Za-z0-9+/=]*$`, 'i');
/** Between parts that are quoted in one way each. */
const PARTS = new RegExp(`(${PLACEHOLDER.source.replace('(', '(?:')}|'|${HIDDEN.source})`, 'u');

/** A command that sends the same request again; secrets as environment variables. */
export function curlOf(exchange: Pick<Exchange, 'request'>): string {
  const { method, url, headers, body, provokes } = exchange.request;
  // curl waits for a body after -X HEAD.
  const parts = [method === 'HEAD' ? 'curl -I' : 'curl -i'];
  // curl takes brackets and braces in a URL for patterns.
  if (/[[\]{}]/.test(url)) parts.push('-g');
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

/** One word of a shell command: literal within single quotes, placeholders as "$NAME", what a terminal would obey as escapes. */
export function quoted(text: string): string {
  if (/^[A-Z]+$/.test(text)) return text;
  const word = text
    .split(PARTS)
    .map((part) => {
      const secret = PLACEHOLDER.exec(part)?.[1];
      if (secret !== undefined) return variable(secret);
      if (part === "'") return "\\'";
      if (part === '') return '';
      return part.replace(HIDDEN, '') === '' ? bytesOf(part) : `'${part}'`;
    })
    .join('');
  return word === '' ? "''" : word;
}

function variable(secret: string): string {
  return `"$${nameOf(secret)}"`;
}

function nameOf(secret: string): string {
  if (/^[A-Za-z_]\w*$/.test(secret)) return secret;
  return secret
    .replace(/\W+/g, '_')
    .replace(/^(?=\d)/, '_')
    .toUpperCase();
}

/** $'\x1b': bash, zsh and ksh read it the same in every locale. An argument cannot hold NUL. */
function bytesOf(text: string): string {
  const hex = Buffer.from(text.replaceAll('\0', '')).toString('hex');
  return hex === '' ? '' : `$'${hex.replace(/../g, '\\x$&')}'`;
}

/** The command in lines that can be copied: broken between its options only, however long these are. */
export function commandLines(command: string, width: number, unicode: boolean): string[] {
  const safe = unicode ? command.replace(HIDDEN, ' ') : asciiCommand(command.replace(HIDDEN, ' '));
  if (widthOf(safe) <= width) return [safe];
  const lines: string[] = [];
  for (const word of wordsOf(safe)) {
    const last = lines.at(-1);
    // The command, its flags and its URL stand together; afterwards an option begins each line and keeps its value.
    const opens = last !== undefined && /^-(?:H|u|-data-raw|-url|-scheme|-secret-env|-allow-remote)$/.test(word);
    if (last === undefined || opens) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.map((line, at) => `${at === 0 ? '' : '  '}${line}${at === lines.length - 1 ? '' : ' \\'}`);
}

/** Characters beyond ASCII occur within single quotes only: left, written as bytes, and entered again. */
function asciiCommand(command: string): string {
  return command.replace(/[^\x00-\x7f]+/gu, (run) => `'${bytesOf(run)}'`);
}

/** Shell words, quotes kept. */
function wordsOf(command: string): string[] {
  return command.match(/(?:\$?'(?:[^'])*'|"[^"]*"|\\.|[^\s'"\\])+/gu) ?? [];
}
