import { createHash } from 'node:crypto';
import type { HeaderPairs } from '../evidence/exchange.js';
import { parsePlainJson } from '../evidence/json.js';
import { dropPointer, getPointer } from '../evidence/pointer.js';
import { unpack } from '../redaction/unpack.js';

// A compressed body is read up to this size; beyond it is compared by its bytes.
const DECODED_BYTES = 1024 * 1024;

/** The value of a JSON body, or undefined. */
export function jsonBody(body: Buffer, headers: HeaderPairs): unknown {
  if (body.length === 0) return undefined;
  try {
    const { bytes, isWhole } = unpack(body, headers, DECODED_BYTES);
    return parsePlainJson((isWhole ? bytes : body).toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Members sorted by name at every level: equal values have equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

export function sha256(...parts: readonly (string | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/** Where the contract puts the idempotency key. */
export interface KeyPlace {
  header?: string | undefined;
  /** JSON Pointer into the body. */
  bodyField?: string | undefined;
  quoted?: boolean | undefined;
}

export function idempotencyKeyOf(place: KeyPlace, headers: HeaderPairs, json: unknown): string | null {
  const wanted = place.header?.toLowerCase();
  const sent = wanted === undefined ? undefined : headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
  // An empty value is what a variable that nobody set leaves behind.
  if (sent !== undefined) return (place.quoted === true ? sent.replace(/^"(.*)"$/s, '$1') : sent).trim() || null;
  if (place.bodyField === undefined) return null;
  const member = getPointer(json, place.bodyField);
  return typeof member === 'number' || (typeof member === 'string' && member !== '') ? String(member) : null;
}

/**
 * What a body that is not JSON is compared by: the digest of its bytes, or, where it has parts, its bytes without the
 * boundary between them, which libraries draw afresh for each attempt (of a long one: those that were kept).
 */
export function bytesAlike(kept: Buffer, headers: HeaderPairs, digest: string): string {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  const [, quoted, bare] = /^multipart\/.*;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(type) ?? [];
  const boundary = quoted ?? bare;
  return boundary === undefined ? digest : sha256(kept.toString('latin1').replaceAll(`--${boundary}`, '--'));
}

/** Digest of method, path and body without the key; `bytes` stands for a body that is not JSON. */
export function logicalOperation(method: string, url: string, json: unknown, bytes: string, place: KeyPlace): string {
  const bare = place.bodyField === undefined ? json : dropPointer(json, place.bodyField);
  return sha256(method, '\n', url, '\n', json === undefined ? bytes : canonicalJson(bare)).slice(0, 16);
}
