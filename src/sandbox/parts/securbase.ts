import { DEFAULT_DIALECT } from '../dialect.js';
import type { Part } from './define.js';

/** What its pages leave open (the key's header, paging, the shape of errors) is as the sandbox has it anyway. */
const part: Part = {
  dialect: {
    ...DEFAULT_DIALECT,
    readPath: '/v1/users',
    ping: null,
    // An account-wide limit that a short burst could meet would be in the way of every other call.
    ratesPath: '/v1/reports',
    rates: { reports: [] },
    auth: {
      ...DEFAULT_DIALECT.auth,
      keyPrefixes: { sandbox: 'sk_test_', live: 'sk_live_', restricted: { sandbox: 'rk_', live: 'rk_' } },
    },
    version: null,
    requestId: { header: 'X-Request-ID', prefix: 'req_' },
    locates: false,
    bodies: ['json'],
    idempotency: { ...DEFAULT_DIALECT.idempotency, marker: {} },
    errors: {
      contentType: 'application/json',
      statuses: {},
      shape: ({ code, detail, requestId, errors }) => ({
        error: { code, message: detail, requestId, ...(errors.length > 0 && { fields: errors }) },
      }),
    },
    rateLimit: {
      byPath: { '/v1/reports': { policy: 'reports', limit: 8, windowMs: 1000 } },
      headers: ({ limit, remaining, resetEpochSeconds }) => ({
        'X-RateLimit-Limit': `${limit}`,
        'X-RateLimit-Remaining': `${remaining}`,
        'X-RateLimit-Reset': `${resetEpochSeconds}`,
      }),
    },
  },
  config: {
    contract: {
      idempotency: { header: 'Idempotency-Key' },
      batch: { items: '/users', results: '/data' },
      pagination: {
        style: 'cursor',
        limitParameter: 'limit',
        cursorParameter: 'cursor',
        maximum: 100,
        items: '/data',
        next: '/next_cursor',
        end: 'null-next',
      },
      caching: { '/reports': 60_000 },
      rateLimit: { operation: 'reports', quota: { requests: 8, windowMs: 1000 } },
    },
    endpoint: {
      operations: {
        reports: { path: '/reports' },
        list: { path: '/products' },
        create: {
          count: { path: '/users', query: { email: '{{unique}}@example.com' }, items: '/data' },
          fails: { 422: { body: { email: 'nobody', name: 'Go-live check' }, field: 'email' } },
        },
        batch: {
          path: '/users/batch',
          body: { users: ['one', 'two', 'three'].map((name) => ({ email: `${name}-{{unique}}@example.com`, name })) },
        },
      },
    },
    checks: { 'limits-bursts': 'minor' },
  },
  work: (run) => ({ workloads: { list: run('list'), read: run('read'), many: run('many') } }),
  flips: { 'claims-live': [], 'refuses-with-success': [] },
  unpromised: [
    'accepts-longest-key',
    'accepts-rotated-secrets',
    'answers-as-described',
    'answers-in-time',
    'documents-its-errors',
    'echoes-version',
    'forgets-expired-keys',
    'honours-pinned-version',
    'marks-replays',
    'reads-with-live-key',
    'rejects-future-events',
    'rejects-overlong-key',
    'rejects-removed-version',
    'rejects-stale-events',
    'rejects-unknown-version',
    'remembers-keys-within-window',
    'replays-first-response',
    'replays-stored-errors',
    'replays-updates',
    'requires-idempotency-key',
    'shapes-errors-consistently',
  ],
};

export default part;
