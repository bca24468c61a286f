// What a file of evidence says about itself: who wrote it, about what, and a digest that an edit does not survive.
import { createHash } from 'node:crypto';

/** Of one target: what its evidence must hold. */
export interface ManifestTarget {
  name: string;
  /** Digest of the config in force, secrets by name; null: not known. */
  config: string | null;
  /** Ids. */
  checks: string[];
}

export interface Signature {
  algorithm: 'Ed25519';
  /** Digest of the public key (SPKI, DER): says which one to verify with, and proves nothing. */
  key: string;
  /** Base64. */
  value: string;
}

export interface Manifest {
  tool: { name: 'golive-check'; version: string };
  targets: ManifestTarget[];
  /** Of the whole file but itself and the signature. */
  digest: string;
  /** Of the digest, by `--sign`. */
  signature?: Signature;
}

/** Digest of a file of evidence, as `digestOf`, whatever its manifest says the digest is. */
export function digestOfFile({ manifest, ...rest }: { manifest: Partial<Manifest>; [part: string]: unknown }): string {
  const { digest: _, signature: __, ...facts } = manifest;
  return digestOf({ ...rest, manifest: facts });
}

// So much at once that the hash is fed rarely, and so little that no large copy of the file is made.
const CHUNK_CHARACTERS = 65_536;

/**
 * `sha256:<hex>` of the canonical JSON of a value (RFC 8785: members sorted, no white space), so that neither layout nor
 * the order of members counts. What JSON cannot say is taken as JSON.stringify writes it.
 */
export function digestOf(value: unknown): string {
  const hash = createHash('sha256');
  let pending = '';
  putCanonical(value, (text) => {
    pending += text;
    if (pending.length < CHUNK_CHARACTERS) return;
    hash.update(pending);
    pending = '';
  });
  return `sha256:${hash.update(pending).digest('hex')}`;
}

function putCanonical(value: unknown, put: (text: string) => void): void {
  if (typeof value !== 'object' || value === null) put(JSON.stringify(value) ?? 'null');
  else if (Array.isArray(value)) {
    put('[');
    for (const [at, inner] of value.entries()) {
      if (at > 0) put(',');
      putCanonical(inner, put);
    }
    put(']');
  } else putMembers(value as Record<string, unknown>, put);
}

function putMembers(members: Record<string, unknown>, put: (text: string) => void): void {
  let separator = '';
  put('{');
  for (const name of Object.keys(members).toSorted()) {
    if (members[name] === undefined) continue;
    put(`${separator}${JSON.stringify(name)}:`);
    putCanonical(members[name], put);
    separator = ',';
  }
  put('}');
}
