import { createHash } from 'node:crypto';
import type { Contract } from '../config/schema.js';

// "sk_test_", "wgAB12." and the like: what vendors print in dashboards.
const USUAL_PREFIX = /^(?:[A-Za-z0-9]{1,12}[_-])*[A-Za-z]{1,12}[_-]|^[A-Za-z0-9]{2,16}\./;

/** The leading part of a key that may be shown; never more than half of it. */
export function publicPrefixOf(key: string, contract: Contract): string {
  const pattern =
    contract.auth.publicPrefix === undefined ? USUAL_PREFIX : new RegExp(`^(?:${contract.auth.publicPrefix})`);
  const prefix = pattern.exec(key)?.[0] ?? '';
  return prefix.length * 2 <= key.length ? prefix : '';
}

/** A key or token of the same shape and prefix that is not valid. */
export function wrongKeyFor(key: string, contract: Contract, seed: number): string {
  if (contract.auth.wrongKey !== undefined) return contract.auth.wrongKey;
  // Of a JSON Web Token the signature is another: anything else would no longer be one.
  const signature = signatureAt(key);
  return `${key.slice(0, signature)}${anotherFor(key.slice(signature), contract, seed)}`;
}

/** Letters for letters, digits for digits, behind the same prefix. */
function anotherFor(key: string, contract: Contract, seed: number): string {
  const prefix = publicPrefixOf(key, contract);
  const stream = createHash('shake256', { outputLength: key.length })
    .update(`wrong key ${seed} ${prefix} ${key.length}`)
    .digest();
  const tail = [...key.slice(prefix.length)].map((character, at) => sameClass(character, stream[at] ?? 0)).join('');
  return `${prefix}${tail}`;
}

/** What a wrong key shares with the key that it was made from. */
export function decoyPrefixOf(decoy: string, contract: Contract): string {
  return decoy.slice(0, signatureAt(decoy)) || publicPrefixOf(decoy, contract);
}

/** Where the signature of a JSON Web Token begins; 0: it is none. */
function signatureAt(token: string): number {
  return tokenPrefixOf(token) === '' ? 0 : token.lastIndexOf('.') + 1;
}

/** The header of a JSON Web Token tells nothing of its owner. */
export function tokenPrefixOf(token: string): string {
  return /^eyJ[\w-]+\.(?=[\w-]+\.)/.exec(token)?.[0] ?? '';
}

function sameClass(character: string, random: number): string {
  if (/[0-9]/.test(character)) return String(random % 10);
  if (/[a-f]/.test(character)) return 'abcdef'.charAt(random % 6);
  if (/[g-z]/.test(character)) return 'ghijklmnopqrstuvwxyz'.charAt(random % 20);
  if (/[A-F]/.test(character)) return 'ABCDEF'.charAt(random % 6);
  if (/[G-Z]/.test(character)) return 'GHIJKLMNOPQRSTUVWXYZ'.charAt(random % 20);
  return character;
}
