// Ed25519 over the digest of a file of evidence: who has the public key needs to trust neither the file nor its way.
import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { Signature } from './manifest.js';

// A signature of this tool is good for nothing else.
const STATEMENT = 'golive-check evidence ';

/** @param key a private Ed25519 key */
export function signDigest(digest: string, key: KeyObject): Signature {
  const value = sign(null, Buffer.from(STATEMENT + digest), key).toString('base64');
  return { algorithm: 'Ed25519', key: fingerprintOf(createPublicKey(key)), value };
}

/** @param key a public Ed25519 key */
export function isSignedBy(key: KeyObject, digest: string, { value }: Signature): boolean {
  return verify(null, Buffer.from(STATEMENT + digest), key, Buffer.from(value, 'base64'));
}

/** `sha256:<hex>` of a public key. */
export function fingerprintOf(key: KeyObject): string {
  return `sha256:${createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')}`;
}
