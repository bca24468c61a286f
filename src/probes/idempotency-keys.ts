// Idempotency keys of our own calls.
import type { Contract } from '../config/schema.js';

type Rules = Partial<Pick<NonNullable<Contract['idempotency']>, 'characters' | 'maxLength' | 'minLength'>>;

/**
 * The key of the n-th value of a run. `runId`: 10 hex digits. A UUID (version 4 by its form), since many APIs take no
 * other; shorter where the contract has no room for one.
 */
export function keyFor(rules: Rules | undefined, runId: string, n: number): string {
  const uuid = `${runId.slice(0, 8)}-${runId.slice(8, 10)}00-4000-8000-${n.toString(16).padStart(12, '0')}`;
  const { characters, maxLength = Number.POSITIVE_INFINITY, minLength = 0 } = rules ?? {};
  const allowed = characters === undefined ? null : new RegExp(`^(?:${characters})$`);
  const fits = (key: string) =>
    key.length <= maxLength &&
    key.length >= minLength &&
    (allowed === null || [...key].every((one) => allowed.test(one)));
  const digits = uuid.replaceAll('-', '');
  return [uuid, digits, `${runId}${digits.slice(-4)}`].find(fits) ?? uuid;
}

/** A key of exactly `length` characters: `key` itself, its end where it is longer, else `key` filled up and ended by `last`. */
export function keyOfLength(key: string, length: number, last = '1'): string {
  // Another last character would make it a key of another call.
  if (key.length >= length) return key.slice(-length);
  return `${key.padEnd(length - 1, '0').slice(0, length - 1)}${last}`;
}
