import { DEFAULT_DIALECT } from '../dialect.js';
import { byPage } from '../paging.js';
import type { ProblemCode } from '../problems.js';
import type { Part } from './define.js';

const HOUR_MS = 60 * 60 * 1000;

/** Only the ramps are documented one by one. */
const CODES: Partial<Record<ProblemCode, string>> = {
  missing_key: 'AUTH.0001',
  invalid_key: 'AUTH.0002',
  not_found: 'GENERAL.0004',
  already_exists: 'RAMP.0009',
  idempotency_in_progress: 'RAMP.0009',
  idempotency_key_reused: 'RAMP.0009',
  reference_expired: 'RAMP.0001',
  rate_limited: 'GENERAL.0029',
  validation_failed: 'GENERAL.0001',
  internal_error: 'GENERAL.0005',
};

/** Of the path that a burst calls. */
const QUOTA = { requests: 8, windowMs: 1000, burst: 1 };
const RAMP = { quotationId: 'quotation-1', userId: 'user-1', accountId: 'account-1' };
const text = { type: 'string', max: 100 } as const;

const RAMP_SCHEMA = {
  type: 'object',
  required: ['quotationId', 'userId', 'accountId'],
  properties: {
    ...Object.fromEntries([...Object.keys(RAMP), 'externalId'].map((name) => [name, { type: 'string' }])),
    fromAmount: { type: 'number' },
  },
};

/** No static key: the first of the sandbox's keys is the password of a log-in. */
const part: Part = {
  dialect: {
    ...DEFAULT_DIALECT,
    basePath: '/api/v2',
    readPath: '/api/v2/customers/balances',
    ping: () => [{ currency: 'USDC', balance: '1500.00' }],
    // Tighter than the documented limit, so that a short burst meets it.
    ratesPath: '/api/v2/banks',
    rates: [{ code: '1007', name: 'Bancolombia', country: 'CO' }],
    resources: [
      {
        collection: 'ramps',
        singular: 'ramp',
        idPrefix: '',
        status: 'CREATED',
        requiresKey: false,
        offers: ['batch'],
        consumes: { member: 'quotationId', collection: 'quotations', validMs: 30_000 },
        seeded: {
          count: 24,
          item: (number) => ({ ...RAMP, quotationId: `quotation-${number}` }),
        },
        fields: { quotationId: text, userId: text, accountId: text, externalId: { ...text, optional: true } },
      },
      {
        collection: 'quotations',
        singular: 'quotation',
        idPrefix: '',
        status: 'OPEN',
        requiresKey: false,
        offers: [],
        fields: { fromCurrency: text, toCurrency: text, amount: { type: 'positive-number' } },
      },
    ],
    auth: {
      ...DEFAULT_DIALECT.auth,
      keyPrefixes: { sandbox: 'demo-password-', live: 'live-password-' },
      login: {
        path: '/api/v2/auth/login',
        passwordMember: 'password',
        validMs: HOUR_MS,
        answer: (accessToken, expiresIn) => ({ accessToken, expiresIn, refreshToken: `refresh.${accessToken}` }),
      },
    },
    version: null,
    requestId: null,
    locates: false,
    bodies: ['json'],
    // What a second ramp with one externalId is answered is not documented; errors name 409 "already exists".
    idempotency: {
      carrier: { member: 'externalId' },
      maxCharacters: null,
      windowMs: 24 * HOUR_MS,
      storesRefusals: false,
      repeats: 'refused',
      marker: {},
    },
    errors: {
      contentType: 'application/json',
      statuses: { validation_failed: 400, idempotency_key_reused: 409, unsupported_media_type: 400 },
      shape: ({ status, code, detail }) => ({
        errorCode: CODES[code] ?? 'GENERAL.0000',
        message: [detail],
        statusCode: String(status),
        arguments: [],
      }),
    },
    paging: {
      defaultLimit: 10,
      maxLimit: 100,
      by: byPage('page'),
      body: ({ items, total, limit, page, endsWrongly }) => ({
        ramps: items,
        page,
        totalPage: endsWrongly ? page + 1 : Math.max(1, Math.ceil(total / limit)),
      }),
      totalHeader: null,
    },
    rateLimit: {
      byPath: { '/api/v2/banks': { policy: 'banks', limit: 8, windowMs: 1000 } },
      headers: ({ limit, remaining, resetEpochSeconds }) => ({
        'X-RateLimit-Limit': `${limit}`,
        'X-RateLimit-Remaining': `${remaining}`,
        'X-RateLimit-Reset': `${resetEpochSeconds}`,
      }),
    },
  },
  config: {
    contract: {
      environments: { sandbox: { hosts: ['127.0.0.1'] } },
      rateLimit: { operation: 'banks', quota: QUOTA, sandboxQuota: QUOTA },
      // Its pages ask for batches where there are any, and name none.
      batch: { operation: 'batch', maximum: 50, items: '/ramps', results: '/data' },
    },
    endpoint: {
      operations: {
        banks: { path: '/banks' },
        // This one and the payout are answered to your client in the lanes alone.
        users: { path: '/users' },
        // What your client is answered in the lanes.
        login: {
          method: 'POST',
          path: '/auth/login',
          expect: [200],
          answer: { accessToken: 'lane', expiresIn: HOUR_MS, refreshToken: 'lane' },
          answerStatus: 200,
        },
        create: {
          body: { userId: 'user-1', accountId: 'account-1' },
          changes: { accountId: 'account-2' },
          fails: { 400: { body: { ...RAMP, accountId: 5 }, field: 'accountId' } },
          schema: RAMP_SCHEMA,
        },
        batch: { path: '/ramps/batch', body: { ramps: [RAMP, RAMP, RAMP] } },
        payout: {
          path: '/payouts',
          body: { amount: 2.5 },
          answer: { id: 'payout-1', status: 'CREATED' },
          poll: { path: '/payouts/{{id}}', status: '/status', done: ['COMPLETED'], everyMs: 500 },
        },
      },
    },
    client: { env: { KILLB_EMAIL: '${KILLB_EMAIL}', KILLB_PASSWORD: '${KILLB_PASSWORD}' } },
    checks: { 'limits-bursts': 'minor' },
  },
  work: (run) => ({
    workloads: {
      list: run('list'),
      read: run('read'),
      concurrent: run('concurrent'),
      many: run('many'),
      async: { ...run('async'), operation: 'payout' },
    },
    badInputs: { 'a negative amount': run('order', '--amount=-5') },
  }),
  variables: ({ key }) => ({ KILLB_EMAIL: 'demo@example.com', KILLB_PASSWORD: key }),
  // The key is a member of the body, so that no two bodies are equal.
  flips: { 'claims-live': [], 'refuses-with-success': [], 'loses-last-of-full-pages': [], 'merges-equal-bodies': [] },
  // It asks for repeats after 429 and 500.
  forgives: ['ignores-503'],
  unpromised: [
    'accepts-longest-key',
    'accepts-rotated-secrets',
    'answers-as-described',
    'answers-in-time',
    'caps-page-size',
    'documents-its-errors',
    'echoes-version',
    'forgets-expired-keys',
    'honours-pinned-version',
    'isolates-keys-between-accounts',
    'marks-replays',
    'reads-with-live-key',
    'rejects-future-events',
    'rejects-out-of-scope-call',
    'rejects-overlong-key',
    'rejects-removed-version',
    'rejects-revoked-key',
    'rejects-stale-events',
    'rejects-unknown-version',
    'remembers-keys-within-window',
    'replays-first-response',
    'replays-stored-errors',
    'replays-updates',
    'requires-idempotency-key',
    'sends-request-id',
    'sends-request-id-on-errors',
    'sends-unique-request-ids',
  ],
};

export default part;
