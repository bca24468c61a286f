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

/** One API plays both: only the prefix of the keys and what it says of itself differ. */
export type Environment = 'sandbox' | 'live';

export function generateKeys(environment: Environment = 'sandbox'): SandboxKeys {
  const mode = environment === 'live' ? 'live' : 'test';
  return {
    key: `sk_${mode}_${randomBase62(32)}`,
    secondAccountKey: `sk_${mode}_${randomBase62(32)}`,
    revokedKey: `sk_${mode}_${randomBase62(32)}`,
    restrictedKey: `rk_${mode}_${randomBase62(32)}`,
  };
}
