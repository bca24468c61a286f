import { DAY_MS, defineProvider, HOUR_MS, MINUTE_MS } from './define.js';

const DOCS = 'https://developer.runa.io';
const REPOSITORY = 'https://github.com/wegift/api-docs/blob/main';
const PAGES = {
  apiKey: `${REPOSITORY}/getting-started/api-key.mdx`,
  async: `${DOCS}/getting-started/first-order/async.md`,
  authentication: `${DOCS}/best-practices/authentication`,
  changelog: `${REPOSITORY}/changelog/api.mdx`,
  createOrder: `${DOCS}/reference/2024-02-05/endpoint/orders/create`,
  environments: `${REPOSITORY}/getting-started/environments.mdx`,
  errorCodes: `${DOCS}/reference/2024-02-05/errors`,
  errors: `${DOCS}/best-practices/handling-errors`,
  idempotency: `${DOCS}/best-practices/idempotency`,
  introduction: `${DOCS}/reference/2024-02-05/introduction`,
  openapi: `${REPOSITORY}/reference/2024-02-05/openapi.json`,
  pagination: `${DOCS}/reference/pagination`,
  playground: `${REPOSITORY}/reference/2024-02-05/playground.mdx`,
  rateLimits: `${DOCS}/best-practices/rate-limits`,
  versioning: `${DOCS}/best-practices/api-versioning`,
  orderCompletion: `${DOCS}/reference/2024-02-05/webhook/order.completion`,
  webhooks: `${DOCS}/reference/webhooks`,
};

const ERROR = { contentType: 'application/json', required: ['/type', '/message'], code: '/type' };

export default defineProvider({
  id: 'runa',
  title: 'Runa, payouts and gift cards',
  layer: {
    contract: {
      auth: { headers: [{ name: 'X-Api-Key' }], missing: [401], wrong: [401], publicPrefix: '[^.]+\\.' },
      environments: {
        sandbox: { keyPrefixes: ['xx'], hosts: ['playground.runa.io'], url: 'https://playground.runa.io/v2' },
        live: { keyPrefixes: ['wg'], hosts: ['api.runa.io'], url: 'https://api.runa.io/v2' },
      },
      https: { plain: [400] },
      idempotency: {
        header: 'X-Idempotency-Key',
        methods: ['POST'],
        required: true,
        style: 'opaque',
        replay: 'same-response',
        changedBody: [400],
        // The pages disagree; 400 first, since a client cannot be answered with a bare 102.
        inFlight: { statuses: [400, 102], codes: ['idempotency_in_progress'] },
        stored: ['2xx', '4xx', '5xx'],
        windowMs: 30 * DAY_MS,
      },
      version: {
        in: 'header',
        name: 'X-Api-Version',
        value: '2024-02-05',
        echo: 'X-Api-Version',
        unknown: [400],
        removed: { '2023-01-16': [410], '2023-07-27': [410] },
        latestOnlyInSandbox: true,
      },
      errors: {
        default: ERROR,
        byStatus: {
          '400': { sample: { code: 'bad_request' } },
          '422': {
            ...ERROR,
            required: [...ERROR.required, '/details'],
            types: { '/details': 'array' },
            sample: { code: 'validation_error' },
          },
          '500': { sample: { code: 'internal_server_error' } },
          '504': { sample: { code: 'timeout' } },
          '429': { contentType: 'application/json', required: ['/error'] },
        },
        message: '/message',
      },
      rateLimit: {
        statuses: [429],
        quota: { requests: 300, windowMs: MINUTE_MS },
        operation: 'create',
        failuresCount: true,
        minFirstWaitMs: 5000,
        body: { error: 'rate exceeded' },
      },
      pagination: {
        style: 'cursor',
        limitParameter: 'limit',
        cursorParameter: 'after',
        maximum: 500,
        default: 100,
        items: '/items',
        next: '/pagination/cursors/after',
        end: 'empty-page',
      },
      retry: { on: [500, 502, 503, 504, 429], never: [401, 403, 404, 422] },
      triggers: {
        insufficient_funds: { headers: { 'X-Trigger-Error': 'insufficient_funds' }, statuses: [400] },
        internal_server_error: { headers: { 'X-Trigger-Error': 'internal_server_error' }, statuses: [500] },
      },
      webhook: {
        scheme: 'svix',
        header: 'svix-signature',
        timestampUnit: 's',
        id: 'svix-id',
        ackMs: 15_000,
        events: ['order.completion', 'product.update'],
        maxDeliveries: 8,
        redeliveriesMs: [5000, 5 * MINUTE_MS, 30 * MINUTE_MS, 2 * HOUR_MS, 5 * HOUR_MS, 10 * HOUR_MS, 10 * HOUR_MS],
      },
    },
    webhook: {
      event: {
        id: 'O-{{unique:26:0-9A-Z}}',
        status: 'COMPLETED',
        created_at: '2026-01-15T09:30:00Z',
        completed_at: '2026-01-15T09:30:04Z',
        payment_method: { type: 'ACCOUNT_BALANCE', currency: 'USD' },
        currency: 'USD',
        total_price: '10.00',
        total_discount: '0.00',
      },
    },
    endpoint: {
      operations: {
        read: { path: '/ping', answer: { message: 'pong' } },
        list: { path: '/order' },
        create: {
          method: 'POST',
          path: '/order',
          headers: { 'X-Execution-Mode': 'async' },
          body: {
            payment_method: { type: 'ACCOUNT_BALANCE', currency: 'USD' },
            items: [
              {
                face_value: 10,
                distribution_method: { type: 'PAYOUT_LINK' },
                products: { type: 'TEMPLATE', template_id: 'PT-01HQ12PV4B8XMBRTK281JM54KK' },
              },
            ],
            description: '{{unique}}',
          },
          changes: { description: 'another order' },
          expect: [200, 202],
          answer: { id: 'O-01H5WQGHKCBB85MQFM68S9KJ5Q', status: 'PROCESSING' },
          answerStatus: 202,
          id: '/id',
          // Without a filter: what the first page shows before and after is compared. A longer one would not be kept whole.
          count: { path: '/order', query: { limit: '50' }, items: '/items' },
          poll: {
            path: '/order/{{id}}',
            status: '/status',
            pending: 'PROCESSING',
            done: ['COMPLETED', 'FAILED'],
            failed: ['FAILED'],
          },
          fails: { 422: { body: { items: [{ face_value: 'ten' }] }, field: 'face_value' } },
        },
      },
    },
  },
  facts: [
    {
      at: ['contract.auth.headers', 'contract.auth.publicPrefix'],
      says: 'The key goes in X-Api-Key and reads prefix.secret; the prefix may be shown to support, the secret is shown once.',
      source: PAGES.authentication,
    },
    {
      at: ['contract.auth.missing', 'contract.auth.wrong'],
      says: 'A missing key is 401 unauthorized, a wrong one 401 invalid_api_key.',
      source: PAGES.errorCodes,
    },
    {
      at: ['contract.environments.sandbox.keyPrefixes', 'contract.environments.live.keyPrefixes'],
      says: 'Keys begin with wg in production and with XX in the playground (xx on one page): compared without case.',
      source: PAGES.environments,
    },
    {
      at: [
        'contract.environments.sandbox.hosts',
        'contract.environments.sandbox.url',
        'contract.environments.live.hosts',
        'contract.environments.live.url',
      ],
      says: 'Playground and production have a host each, and no key works on both; /v2 is a generation, not the version.',
      source: PAGES.introduction,
    },
    {
      at: ['contract.https.plain'],
      says: 'Plain HTTP is refused with 400 insecure_protocol, not redirected.',
      source: PAGES.errorCodes,
    },
    {
      at: [
        'contract.idempotency.header',
        'contract.idempotency.methods',
        'contract.idempotency.required',
        'contract.idempotency.style',
      ],
      says: 'X-Idempotency-Key is required on POST /order: free in form and length, a UUIDv4 advised, meaning in it advised against.',
      source: PAGES.idempotency,
    },
    {
      at: ['contract.idempotency.replay', 'contract.idempotency.stored'],
      says: 'The answer of the first call is stored and replayed, success and failure alike, 4xx and 5xx included.',
      source: PAGES.idempotency,
      but: {
        says: 'a 5xx should be retried with the same key, which a stored one would answer for ever',
        source: PAGES.errors,
      },
    },
    {
      at: ['contract.idempotency.changedBody'],
      says: 'The same key with another body is refused with 400 idempotency_validation_error.',
      source: PAGES.errorCodes,
    },
    {
      at: ['contract.idempotency.inFlight'],
      says: 'A repeat while the first is being performed is answered 102, type idempotency_in_progress.',
      source: PAGES.idempotency,
      but: { says: 'the same type comes with status 400', source: PAGES.errorCodes },
    },
    {
      at: ['contract.idempotency.windowMs'],
      says: 'A key is remembered for 30 days; afterwards it makes a new order.',
      source: PAGES.idempotency,
    },
    {
      at: ['contract.version.in', 'contract.version.name', 'contract.version.value', 'contract.version.echo'],
      says: 'X-Api-Version pins a dated version (the latest is 2024-02-05) and is in every response.',
      source: PAGES.versioning,
    },
    {
      at: ['contract.version.unknown'],
      says: 'An unknown version is refused with 400 invalid_version.',
      source: PAGES.errorCodes,
    },
    {
      at: ['contract.version.removed'],
      says: '2023-01-16 was removed on 2025-01-31 and 2023-07-27 on 2025-11-14: 410 version_removed.',
      source: PAGES.changelog,
    },
    {
      at: ['contract.version.latestOnlyInSandbox'],
      says: 'The playground supports the latest version only.',
      source: PAGES.playground,
    },
    {
      at: ['contract.errors.default', 'contract.errors.byStatus.422', 'contract.errors.message'],
      says: 'Errors hold type, message and help (may be null); a 422 adds details; only type is to be branched on.',
      source: PAGES.errors,
    },
    {
      at: [
        'contract.errors.byStatus.400',
        'contract.errors.byStatus.422.sample',
        'contract.errors.byStatus.500',
        'contract.errors.byStatus.504',
      ],
      says: 'The types of errors are listed: bad_request, validation_error, internal_server_error, timeout and others.',
      source: PAGES.errorCodes,
    },
    {
      at: ['contract.errors.byStatus.429', 'contract.rateLimit.body', 'contract.rateLimit.statuses'],
      says: 'A 429 has another body: {"error": "rate exceeded"}, without a type.',
      source: PAGES.openapi,
    },
    {
      at: [
        'contract.rateLimit.quota',
        'contract.rateLimit.operation',
        'contract.rateLimit.failuresCount',
        'contract.rateLimit.minFirstWaitMs',
      ],
      says: 'Creating orders is limited to 300 a minute, failed calls included; wait at least 5 s after a 429, then longer.',
      source: PAGES.rateLimits,
    },
    {
      at: [
        'contract.pagination.style',
        'contract.pagination.cursorParameter',
        'contract.pagination.next',
        'contract.pagination.end',
      ],
      says: 'The after cursor is there on the last page too: the list ends with an empty page.',
      source: PAGES.pagination,
    },
    {
      at: [
        'contract.pagination.limitParameter',
        'contract.pagination.maximum',
        'contract.pagination.default',
        'contract.pagination.items',
        'endpoint.operations.list',
        'endpoint.operations.create.count',
      ],
      says: 'GET /order takes limit from 1 to 500 (default 100) and answers its orders in items; it has no filter, and their order is not stated.',
      source: PAGES.openapi,
    },
    {
      at: ['contract.retry.on', 'contract.retry.never'],
      says: '5xx are transient and retried with the same key; 4xx are final (429 and in-progress are not named there).',
      source: PAGES.errors,
    },
    {
      at: ['contract.triggers'],
      says: 'In the playground X-Trigger-Error provokes insufficient_funds or internal_server_error.',
      source: PAGES.playground,
    },
    {
      at: [
        'contract.webhook.scheme',
        'contract.webhook.header',
        'contract.webhook.timestampUnit',
        'contract.webhook.id',
      ],
      says: 'Svix signs and sends the webhooks, under its own header names. The playground sends none.',
      source: PAGES.webhooks,
    },
    {
      at: ['contract.webhook.ackMs', 'contract.webhook.maxDeliveries', 'contract.webhook.redeliveriesMs'],
      says: 'A 2xx counts within 15 s, whatever its body says; else the event comes again after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 10 h.',
      source: PAGES.webhooks,
    },
    {
      at: ['contract.webhook.events'],
      says: 'There are order.completion and product.update; an endpoint takes one of them, so no event says which it is.',
      source: PAGES.webhooks,
    },
    {
      at: ['webhook.event'],
      says: 'An order that has been worked on is sent as the list of orders shows it, COMPLETED or FAILED.',
      source: PAGES.orderCompletion,
    },
    {
      at: ['endpoint.operations.read'],
      says: 'GET /ping needs the key and answers pong.',
      source: PAGES.apiKey,
    },
    {
      at: ['endpoint.operations.create'],
      says: "POST /order is asynchronous by default: 202 with id and PROCESSING, then poll or wait for the webhook. The template is the playground's own for USD.",
      source: PAGES.async,
    },
    {
      at: [],
      says: 'X-Execution-Mode: sync answers 200 with the whole order, for one item only.',
      source: PAGES.createOrder,
    },
  ],
  open: [
    'the answer to an address that is not listed',
    'the status for a missing idempotency key',
    'the version that answers a call without one (pinned to the account at its first call)',
    'a marker on replays',
    'a request id',
    'rate-limit headers',
    'the webhook timestamp tolerance',
  ],
  asks: [],
  keyEnv: 'RUNA_API_KEY',
  baseUrlEnv: 'RUNA_BASE_URL',
});
