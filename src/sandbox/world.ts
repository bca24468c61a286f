import type { Socket } from 'node:net';
import type { Answer } from './answer.js';
import { altered, type DefectName } from './defects.js';
import { DEFAULT_DIALECT, type Dialect } from './dialect.js';
import type { IdempotencyRecord } from './idempotency.js';
import type { Environment, SandboxKeys } from './keys.js';
import type { RateLimit, RateWindow } from './rate-limit.js';
import type { Collection } from './store.js';

/** Everything that one sandbox knows. All of it is lost when the sandbox closes. */
export interface World {
  readonly dialect: Dialect;
  readonly keys: SandboxKeys;
  readonly environment: Environment;
  readonly rateLimit: RateLimit;
  readonly collections: Map<string, Collection>;
  readonly idempotency: Map<string, IdempotencyRecord>;
  /** Tokens that were logged in for. */
  readonly tokens: Map<string, { readonly key: string; readonly expiresAt: number }>;
  readonly rateWindows: Map<string, RateWindow>;
  /** Epoch ms by which idempotency keys expire. */
  readonly now: () => number;
  /** Only the defect `merges-equal-bodies` reads it. */
  readonly recentCreates: Map<string, { readonly answer: Answer; readonly at: number }>;
  has(defect: DefectName): boolean;
  /** The answer as the defects leave it that say what becomes of answers. */
  altered(answer: Answer): Answer;
}

/** One request as the handlers see it. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Path and query as they came. */
  readonly targetBytes: number;
  readonly requestId: string;
  /** The version as sent, or the default: what the answer echoes. */
  readonly version: string;
  readonly socket: Socket;
  readonly remoteAddress: string;
  header(name: string): string | undefined;
  readBody(): Promise<Buffer>;
}

export function createWorld(
  keys: SandboxKeys,
  rateLimit: RateLimit,
  defects: readonly DefectName[],
  environment: Environment = 'sandbox',
  dialect: Dialect = DEFAULT_DIALECT,
  now: () => number = () => Date.now(),
): World {
  const broken = new Set(defects);
  return {
    dialect,
    now,
    keys,
    environment,
    rateLimit,
    collections: new Map(),
    idempotency: new Map(),
    tokens: new Map(),
    rateWindows: new Map(),
    recentCreates: new Map(),
    has: (defect) => broken.has(defect),
    altered: (answer) => altered(broken, answer, dialect),
  };
}
