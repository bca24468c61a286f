// A secret, as those write it who read its bytes: what must not be shown either.
import { withoutTrailing } from '../evidence/trailing.js';
import type { Scheme } from './scheme.js';

// Stripe reads its secrets with the prefix, and others take them for Standard Webhooks.
const USUAL_PREFIX = /^wh(?:sec|sk)_/;

/** The secret without its prefix, and its bytes in hex and base64; none where they are the secret itself. */
export function formsOf({ secret: { encoding, prefix } }: Scheme, secret: string): string[] {
  const bare =
    prefix !== '' && secret.startsWith(prefix) ? secret.slice(prefix.length) : secret.replace(USUAL_PREFIX, '');
  // Of plain text, encodings are looked for anyway.
  if (encoding === 'utf8' && bare === secret) return [];
  const bytes = Buffer.from(bare, encoding === 'hex' ? 'hex' : 'base64');
  const hex = bytes.toString('hex');
  const forms = [bare, hex, hex.toUpperCase(), ...(['base64', 'base64url'] as const).map((one) => bytes.toString(one))];
  return [...new Set([...forms, withoutTrailing(bytes.toString('base64'), '=')])].filter((one) => one !== secret);
}
