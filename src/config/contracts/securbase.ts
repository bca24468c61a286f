import { defineProvider } from './define.js';

const DOCS = 'https://doc.test.securbase.com/docs';
const PAGES = {
  authentication: `${DOCS}/authentication`,
  bestPractices: `${DOCS}/guides/best-practices`,
  rateLimiting: `${DOCS}/guides/rate-limiting`,
  webhooks: `${DOCS}/api/webhooks`,
};

/** Made up. */
const EVENT = {
  id: 'evt_{{unique}}',
  type: 'order.paid',
  createdAt: '2026-01-15T09:30:00Z',
  data: { id: 'ord_{{unique}}', customerId: 'usr_go_live_check', total: 1200, status: 'paid' },
};

export default defineProvider({
  id: 'securbase',
  title: 'Securbase',
  layer: {
    contract: {
      auth: { headers: [{ name: 'Authorization', prefix: 'Bearer ' }], publicPrefix: '(sk_(live|test)|rk)_' },
      environments: { sandbox: { keyPrefixes: ['sk_test_'] }, live: { keyPrefixes: ['sk_live_'] } },
      requestId: { headers: ['X-Request-ID'] },
      rateLimit: {
        statuses: [429],
        headers: {
          limit: 'X-RateLimit-Limit',
          remaining: 'X-RateLimit-Remaining',
          reset: 'X-RateLimit-Reset',
          resetFormat: 'epoch-seconds',
        },
      },
      batch: { operation: 'batch' },
      retry: { on: [500, 502, 503, 504, 429], never: [400, 401, 403, 404, 422], maxAttempts: 3 },
      webhook: {
        scheme: 'hmac-hex',
        header: 'x-webhook-signature',
        id: '/id',
        type: '/type',
        events: [
          'order.paid',
          'order.created',
          'order.shipped',
          'order.delivered',
          'user.created',
          'user.updated',
          'user.deleted',
          'product.created',
          'product.updated',
        ],
      },
    },
    webhook: {
      event: EVENT,
      earlier: { ...EVENT, type: 'order.created', data: { ...EVENT.data, status: 'pending' } },
    },
    endpoint: {
      operations: {
        read: { path: '/users' },
        list: { path: '/users' },
        create: {
          method: 'POST',
          path: '/users',
          body: { email: '{{unique}}@example.com', name: 'Go-live check' },
          changes: { name: 'Somebody else' },
        },
      },
    },
  },
  facts: [
    {
      at: ['contract.auth.headers'],
      says: 'The key goes in Authorization: Bearer.',
      source: PAGES.authentication,
    },
    {
      at: ['contract.auth.publicPrefix', 'contract.environments'],
      says: 'Keys begin with sk_live_, with sk_test_, or with rk_ where they are restricted (in either environment).',
      source: PAGES.authentication,
    },
    {
      at: ['contract.requestId.headers'],
      says: 'Every response carries a unique X-Request-ID.',
      source: PAGES.bestPractices,
    },
    {
      at: ['contract.rateLimit'],
      says: 'X-RateLimit-Limit, -Remaining and -Reset (epoch seconds) stand on every answer; past the limit comes 429.',
      source: PAGES.rateLimiting,
    },
    {
      at: ['contract.batch'],
      says: 'Several resources are created in one call where there is a batch endpoint (its path is not given).',
      source: PAGES.bestPractices,
    },
    {
      at: ['contract.retry'],
      says: '429 and 5xx are retried with exponential backoff, three attempts at most; other 4xx are not.',
      source: PAGES.bestPractices,
    },
    {
      at: ['contract.webhook.scheme', 'contract.webhook.header'],
      says: 'x-webhook-signature holds the hex HMAC-SHA256 of the body, without a timestamp. (The sample there writes the body anew before it verifies, and throws where a signature is too short.)',
      source: PAGES.webhooks,
    },
    {
      at: ['contract.webhook.id', 'contract.webhook.type', 'contract.webhook.events', 'webhook'],
      says: 'An event holds id, type, createdAt and data. Nine types are listed, of users, orders and products.',
      source: PAGES.webhooks,
    },
    {
      at: ['endpoint.operations.read', 'endpoint.operations.list'],
      says: 'GET /users needs the key.',
      source: PAGES.authentication,
    },
    {
      at: ['endpoint.operations.create'],
      says: 'A user is created from an email and a name.',
      source: PAGES.bestPractices,
    },
  ],
  open: [
    'the host (the pages say api.example.com)',
    'the header of the idempotency key, its window and its conflicts (the SDK has an option idempotencyKey)',
    'the shape of errors',
    'how lists are paged',
    'what a key out of scope is answered',
    'how soon a webhook must be acknowledged, and when it is delivered again',
  ],
  asks: [
    { at: 'endpoint.url', why: 'the base URL of your account', sample: 'https://api.example.com/v1' },
    {
      at: 'contract.idempotency.header',
      why: 'the header that your SDK sends for idempotencyKey: unlocks the idempotency checks',
      sample: 'Idempotency-Key',
      optional: true,
    },
  ],
  keyEnv: 'SECURBASE_API_KEY',
  baseUrlEnv: 'SECURBASE_BASE_URL',
});
