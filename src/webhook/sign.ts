// Signatures, and the headers that carry them.
import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign as signWithKey,
} from 'node:crypto';
import type { HeaderPairs } from '../evidence/exchange.js';
import type { Scheme } from './scheme.js';

/** What a signature may be made of. `timestamp` as it is sent. */
export interface Content {
  id: string;
  timestamp: string;
  url: string;
  body: string;
}

/** Its message says what a secret of that scheme looks like, and shows nothing of the one that was given. */
export class UnusableSecret extends Error {
  override readonly name = 'UnusableSecret';
}

// RFC 8410: all that stands before the 32 bytes of an Ed25519 seed in PKCS#8.
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');
const SEED_BYTES = 32;

/**
 * One signature, encoded as the scheme encodes it.
 * @throws UnusableSecret for a secret that cannot be read as the scheme writes its secrets.
 */
export function sign(scheme: Scheme, secret: string, content: Content): string {
  return signatureBytes(scheme, secret, content).toString(scheme.encoding);
}

/** @throws UnusableSecret, as `sign` does. */
export function signatureBytes(scheme: Scheme, secret: string, content: Content): Buffer {
  const signed = contentOf(scheme, content);
  if (scheme.algorithm === 'ed25519') return signWithKey(null, Buffer.from(signed), privateKeyOf(scheme, secret));
  return createHmac(scheme.algorithm, secretBytes(scheme, secret)).update(signed).digest();
}

/** The text that is signed. */
export function contentOf({ signs }: Scheme, content: Content): string {
  return signs.replace(/\{(id|timestamp|url|body)\}/g, (_, name: keyof Content) => content[name]);
}

/** The headers that sign a delivery: its id and timestamp where headers carry them, and its signatures. */
export function headersFor(
  scheme: Scheme,
  { id, timestamp, signatures }: Pick<Content, 'id' | 'timestamp'> & { signatures: readonly string[] },
): HeaderPairs {
  const value = headerValue(scheme, timestamp, signatures);
  const headers: [string, string][] = scheme.headers.map((name) => [name, value]);
  if (scheme.timestamp !== null && scheme.timestamp.header !== null)
    headers.unshift([scheme.timestamp.header, timestamp]);
  if (scheme.id !== null && 'header' in scheme.id) headers.unshift([scheme.id.header, id]);
  return headers;
}

/** Of more signatures than the scheme has room for, the first alone. */
function headerValue({ value, further }: Scheme, timestamp: string, signatures: readonly string[]): string {
  return signatures
    .map((signature, at) =>
      (at === 0 ? value : (further ?? '')).replace(/\{(signature|timestamp)\}/g, (_, name: string) =>
        name === 'signature' ? signature : timestamp,
      ),
    )
    .join('');
}

/** As the scheme writes it, of any words: for tests, and for forgeries. */
export function secretFrom({ algorithm, secret: { encoding, prefix } }: Scheme, words: string): string {
  const bytes = createHash('sha256').update(words).digest();
  const text = encoding === 'utf8' && algorithm !== 'ed25519' ? bytes.toString('hex') : bytes.toString('base64');
  return `${prefix}${encoding === 'hex' ? bytes.toString('hex') : text}`;
}

/**
 * The bytes that a secret stands for, its prefix taken away where it has one.
 * @throws UnusableSecret
 */
export function secretBytes({ secret: { encoding, prefix } }: Scheme, secret: string): Buffer {
  const bare = prefix !== '' && secret.startsWith(prefix) ? secret.slice(prefix.length) : secret;
  const bytes = bytesOf(bare, encoding);
  if (bytes !== null && bytes.length > 0) return bytes;
  const form = encoding === 'utf8' ? 'text' : encoding;
  throw new UnusableSecret(
    `${bytes === null ? `found a secret that is no ${form}` : 'found an empty secret'}; expected ${form}${prefix === '' ? '' : `, with ${prefix} before it or without`}`,
  );
}

/** null: it is not written so. Padding of base64 may be missing, and both of its alphabets are taken. */
function bytesOf(text: string, encoding: Scheme['secret']['encoding']): Buffer | null {
  if (encoding === 'hex' && !/^([\da-f]{2})*$/i.test(text)) return null;
  if (encoding === 'base64') {
    const [, digits, padding = ''] = /^([\w+/-]*)(={0,2})$/.exec(text) ?? [];
    if (digits === undefined || digits.length % 4 === 1) return null;
    if (padding !== '' && (digits.length + padding.length) % 4 !== 0) return null;
  }
  return Buffer.from(text, encoding);
}

const PUBLIC_PREFIX = 'whpk_';
const PUBLIC_BYTES = 32;

/** What a receiver verifies with, where that is not the secret itself; null: it is. */
export function publicKeyOf(scheme: Scheme, secret: string): string | null {
  if (scheme.algorithm !== 'ed25519') return null;
  const prefix = scheme.secret.prefix === 'whsk_' ? PUBLIC_PREFIX : '';
  return `${prefix}${publicBytes(scheme, secret).toString(scheme.secret.encoding === 'hex' ? 'hex' : 'base64')}`;
}

/** Of a scheme that signs with Ed25519. */
export function publicBytes(scheme: Scheme, secret: string): Buffer {
  const der = createPublicKey(privateKeyOf(scheme, secret)).export({ format: 'der', type: 'spki' });
  return der.subarray(-PUBLIC_BYTES);
}

/** A seed, a seed with its public key behind it, or PKCS#8; also as PEM. */
function privateKeyOf(scheme: Scheme, secret: string): KeyObject {
  const expected = `expected a private Ed25519 key: ${scheme.secret.prefix}${scheme.secret.encoding} of its ${SEED_BYTES} bytes or of PKCS#8, or PEM`;
  try {
    const bytes = secret.includes('-----BEGIN ') ? null : secretBytes(scheme, secret);
    const key =
      bytes === null ? createPrivateKey(secret) : createPrivateKey({ key: pkcs8(bytes), format: 'der', type: 'pkcs8' });
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Whatever was wrong: its words could show something of the key.
  }
  throw new UnusableSecret(`found a secret that is none; ${expected}`);
}

function pkcs8(bytes: Buffer): Buffer {
  return bytes.length === SEED_BYTES || bytes.length === 2 * SEED_BYTES
    ? Buffer.concat([PKCS8_HEAD, bytes.subarray(0, SEED_BYTES)])
    : bytes;
}
