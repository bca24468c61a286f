import type { Headers } from './answer.js';
import type { KeyPrefixes } from './keys.js';
import { byCursor, type Paging } from './paging.js';
import type { Problem, ProblemCode } from './problems.js';
import { RESOURCES, type Resource } from './resources.js';

export interface RateState {
  readonly policy: string;
  readonly limit: number;
  readonly remaining: number;
  readonly windowSeconds: number;
  readonly resetSeconds: number;
  readonly resetEpochSeconds: number;
}

/** What a read may say of who asks and how. */
export interface ReadFacts {
  readonly environment: string;
  readonly version: string;
}

/** How one provider words the promises that all keep: names, placements and shapes, as data. */
export interface Dialect {
  readonly basePath: string;
  /** A harmless GET. */
  readonly readPath: string;
  /** What is answered there; null: it is a list. */
  readonly ping: ((facts: ReadFacts) => unknown) | null;
  readonly ratesPath: string;
  readonly rates: unknown;
  readonly resources: readonly Resource[];
  readonly auth: {
    readonly header: string;
    /** Stands before the key, compared without regard to case; empty where the header is the key. */
    readonly prefix: string;
    readonly keyPrefixes: KeyPrefixes;
    /** Calls carry a token that is logged in for with the key as password; null: they carry the key. */
    readonly login: {
      readonly path: string;
      readonly passwordMember: string;
      readonly validMs: number;
      answer(token: string, validMs: number): Record<string, unknown>;
    } | null;
    /** null: no credential was sent. */
    challenge(error: string | null): Headers;
  };
  readonly version: {
    readonly header: string;
    readonly latest: string;
    readonly default: string;
    readonly supported: readonly string[];
    readonly removed: readonly string[];
    /** Supported versions with an announced end, and the headers that announce it. */
    readonly deprecated: Readonly<Record<string, Headers>>;
  } | null;
  readonly requestId: { readonly header: string; readonly prefix: string } | null;
  /** Creates are only accepted (202) and finished later; null: they are done when they are answered (201). */
  readonly acceptance: {
    readonly pendingStatus: string;
    readonly takesMs: number;
    /** Whether lists show what is not finished. */
    readonly isListed?: true;
  } | null;
  /** Whether a create names the new resource in Location. */
  readonly locates: boolean;
  /** Which bodies are read; forms carry flat fields only. */
  readonly bodies: readonly ('json' | 'form')[];
  readonly idempotency: {
    /** Where the key stands: a header, or a member of the body. */
    readonly carrier: { readonly header: string } | { readonly member: string };
    /** null: no key is too long. */
    readonly maxCharacters: number | null;
    readonly windowMs: number;
    /** Whether an error of validation is the answer for its key, or the key may be used again. */
    readonly storesRefusals: boolean;
    /** A repeat gets the first answer again, or is told that there is one. */
    readonly repeats: 'answered' | 'refused';
    readonly marker: Headers;
  };
  readonly errors: {
    readonly contentType: string;
    /** Where they differ from the usual ones. */
    readonly statuses: Partial<Record<ProblemCode, number>>;
    shape(problem: Problem): Record<string, unknown>;
  };
  readonly paging: Paging;
  readonly rateLimit: {
    /** Paths with a limit of their own, tight enough for a burst to meet it. */
    readonly byPath: Readonly<Record<string, { policy: string; limit: number; windowMs: number }>>;
    headers(state: RateState): Headers;
  };
}

export const DEFAULT_DIALECT: Dialect = {
  basePath: '/v1',
  readPath: '/v1/ping',
  ping: (facts) => ({ message: 'pong', ...facts }),
  ratesPath: '/v1/rates',
  rates: { base: 'EUR', rates: { BRL: '6.31', GBP: '0.87', USD: '1.16' } },
  resources: RESOURCES,
  auth: {
    header: 'Authorization',
    prefix: 'Bearer ',
    keyPrefixes: { sandbox: 'sk_test_', live: 'sk_live_', restricted: { sandbox: 'rk_test_', live: 'rk_live_' } },
    login: null,
    challenge: (error) => ({
      'WWW-Authenticate': `Bearer realm="sandbox"${error === null ? '' : `, error="${error}"`}`,
    }),
  },
  version: {
    header: 'Api-Version',
    latest: '2026-06-01',
    default: '2025-11-15',
    supported: ['2026-06-01', '2025-11-15'],
    removed: ['2024-01-01'],
    // RFC 9745 and RFC 8594.
    deprecated: { '2025-11-15': { Deprecation: '@1780272000', Sunset: 'Wed, 01 Dec 2027 00:00:00 GMT' } },
  },
  requestId: { header: 'X-Request-Id', prefix: 'req_' },
  acceptance: null,
  locates: true,
  bodies: ['json', 'form'],
  idempotency: {
    carrier: { header: 'Idempotency-Key' },
    maxCharacters: 255,
    windowMs: 24 * 60 * 60 * 1000,
    storesRefusals: true,
    repeats: 'answered',
    marker: { 'Idempotent-Replayed': 'true' },
  },
  errors: {
    contentType: 'application/problem+json',
    statuses: {},
    shape: ({ status, code, title, detail, requestId, errors }) => ({
      type: `urn:sandbox:problem:${code}`,
      title,
      status,
      detail,
      code,
      request_id: requestId,
      ...(errors.length > 0 && { errors }),
    }),
  },
  paging: {
    defaultLimit: 20,
    maxLimit: 100,
    by: byCursor('cursor'),
    body: ({ items, total, next, more }) => ({ data: items, has_more: more, next_cursor: more ? next : null, total }),
    totalHeader: 'X-Total-Count',
  },
  rateLimit: {
    byPath: { '/v1/rates': { policy: 'rates', limit: 8, windowMs: 1000 } },
    // draft-ietf-httpapi-ratelimit-headers-09, and beside it the older form that most providers send.
    headers: ({ policy, limit, remaining, windowSeconds, resetSeconds }) => ({
      'RateLimit-Policy': `"${policy}";q=${limit};w=${windowSeconds}`,
      RateLimit: `"${policy}";r=${remaining};t=${resetSeconds}`,
      'X-RateLimit-Limit': `${limit}`,
      'X-RateLimit-Remaining': `${remaining}`,
      'X-RateLimit-Reset': `${resetSeconds}`,
    }),
  },
};
