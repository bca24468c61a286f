import { randomInt } from 'node:crypto';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

export interface SandboxKeys {
  readonly key: string;
  readonly secondAccountKey: string;
  readonly revokedKey: string;
  /** Belongs to the account of `key`, but may only read. */
  readonly restrictedKey: string;
}

export function randomBase62(characters: number): string {
  return Array.from({ length: characters }, () => BASE62[randomInt(BASE62.length)]).join('');
}

export function generateKeys(): SandboxKeys {
  return {
    key: `sk_test_${randomBase62(32)}`,
    secondAccountKey: `sk_test_${randomBase62(32)}`,
    revokedKey: `sk_test_${randomBase62(32)}`,
    restrictedKey: `rk_test_${randomBase62(32)}`,
  };
}
