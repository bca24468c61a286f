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

type PerEnvironment = Readonly<Record<Environment, string>>;

/** How keys begin. */
export interface KeyPrefixes extends PerEnvironment {
  /** Default: as other keys. */
  readonly restricted?: PerEnvironment;
}

export function generateKeys(prefixes: KeyPrefixes, environment: Environment = 'sandbox'): SandboxKeys {
  const usual = prefixes[environment];
  return {
    key: `${usual}${randomBase62(32)}`,
    secondAccountKey: `${usual}${randomBase62(32)}`,
    revokedKey: `${usual}${randomBase62(32)}`,
    restrictedKey: `${prefixes.restricted?.[environment] ?? usual}${randomBase62(32)}`,
  };
}
