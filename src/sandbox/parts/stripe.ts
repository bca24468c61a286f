import { DEFAULT_DIALECT } from '../dialect.js';
import { byLastId } from '../paging.js';
import type { ProblemCode } from '../problems.js';
import type { Part } from './define.js';

const LATEST = '2026-07-29.dahlia';

const TYPES: Partial<Record<ProblemCode, string>> = {
  idempotency_key_reused: 'idempotency_error',
  idempotency_in_progress: 'idempotency_error',
  internal_error: 'api_error',
};

/** API v1: forms in, JSON out. */
const part: Part = {
  dialect: {
    ...DEFAULT_DIALECT,
    readPath: '/v1/balance',
    ping: ({ environment }) => ({ object: 'balance', livemode: environment === 'live', available: [], pending: [] }),
    // Tighter than the documented limit, so that a short burst meets it.
    ratesPath: '/v1/plans',
    rates: { object: 'list', url: '/v1/plans', has_more: false, data: [] },
    resources: [
      {
        collection: 'customers',
        singular: 'customer',
        idPrefix: 'cus_',
        status: 'active',
        requiresKey: false,
        offers: ['remove'],
        createdStatus: 200,
        // More than one page at the largest page size.
        seeded: { count: 120, item: (number) => ({ email: `customer-${number}@example.com` }) },
        show: ({ id, created_at, email, description = null }) => ({
          id,
          object: 'customer',
          created: Math.floor(Date.parse(String(created_at)) / 1000),
          email,
          description,
          livemode: false,
        }),
        removed: (id) => ({ id, object: 'customer', deleted: true }),
        fields: {
          email: { type: 'string', max: 254, pattern: /^[^\s@]+@[^\s@]+$/, says: 'must be an e-mail address' },
          description: { type: 'string', max: 200, optional: true },
        },
      },
    ],
    version: {
      header: 'Stripe-Version',
      latest: LATEST,
      default: '2025-11-15.clover',
      supported: [LATEST, '2025-11-15.clover'],
      removed: [],
      deprecated: {},
    },
    requestId: { header: 'Request-Id', prefix: 'req_' },
    locates: false,
    bodies: ['form'],
    idempotency: { ...DEFAULT_DIALECT.idempotency, storesRefusals: false },
    errors: {
      contentType: 'application/json',
      statuses: { validation_failed: 400, idempotency_key_reused: 400, unsupported_media_type: 400 },
      shape: ({ code, detail, errors }) => ({
        error: {
          type: TYPES[code] ?? 'invalid_request_error',
          code,
          message: detail,
          ...(errors[0] !== undefined && { param: errors[0].pointer.slice(1) }),
        },
      }),
    },
    paging: {
      defaultLimit: 10,
      maxLimit: 100,
      by: byLastId('starting_after'),
      body: ({ items, more, path }) => ({ object: 'list', url: path, has_more: more, data: items }),
      totalHeader: null,
    },
    rateLimit: {
      byPath: { '/v1/plans': { policy: 'plans', limit: 8, windowMs: 1000 } },
      headers: () => ({}),
    },
  },
  config: {
    contract: {
      version: { value: LATEST },
      rateLimit: { operation: 'plans', sandboxQuota: { requests: 8, windowMs: 1000 } },
    },
    endpoint: { operations: { plans: { path: '/plans' } } },
    checks: { 'limits-bursts': 'minor' },
  },
  // Only a header names the version.
  flips: { 'ignores-pinned-version': [], 'refuses-with-success': [], 'loses-last-of-full-pages': [] },
  unpromised: [
    'accepts-batches',
    'answers-as-described',
    'answers-in-time',
    'documents-its-errors',
    'marks-replays',
    'reads-with-live-key',
    'rejects-future-events',
    'rejects-malformed-bodies',
    'rejects-removed-version',
    'rejects-unknown-version',
    'replays-stored-errors',
    'replays-updates',
    'reports-rate-limits',
    'requires-idempotency-key',
  ],
};

export default part;
