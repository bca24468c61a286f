import type { Headers } from './answer.js';
import type { Problem } from './problems.js';
import { RESOURCES, type Resource } from './resources.js';

export interface RateState {
  readonly policy: string;
  readonly limit: number;
  readonly remaining: number;
  readonly windowSeconds: number;
  readonly resetSeconds: number;
}

/** How one provider words the promises that all keep: names, placements and shapes, as data. */
export interface Dialect {
  readonly basePath: string;
  readonly pingPath: string;
  readonly ratesPath: string;
  readonly resources: readonly Resource[];
  readonly auth: {
    readonly header: string;
    /** Stands before the key, compared without regard to case; empty where the header is the key. */
    readonly prefix: string;
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
  };
  readonly requestId: { readonly header: string; readonly prefix: string };
  /** Creates are only accepted (202) and finished later; null: they are done when they are answered (201). */
  readonly acceptance: { readonly pendingStatus: string; readonly takesMs: number } | null;
  readonly idempotency: {
    readonly header: string;
    readonly maxCharacters: number;
    readonly windowMs: number;
    readonly marker: Headers;
  };
  readonly errors: { readonly contentType: string; shape(problem: Problem): Record<string, unknown> };
  readonly rateLimit: {
    /** Paths with a limit of their own, tight enough for a burst to meet it. */
    readonly byPath: Readonly<Record<string, { policy: string; limit: number; windowMs: number }>>;
    headers(state: RateState): Headers;
  };
}

export const DEFAULT_DIALECT: Dialect = {
  basePath: '/v1',
  pingPath: '/v1/ping',
  ratesPath: '/v1/rates',
  resources: RESOURCES,
  auth: {
    header: 'Authorization',
    prefix: 'Bearer ',
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
  idempotency: {
    header: 'Idempotency-Key',
    maxCharacters: 255,
    windowMs: 24 * 60 * 60 * 1000,
    marker: { 'Idempotent-Replayed': 'true' },
  },
  errors: {
    contentType: 'application/problem+json',
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
