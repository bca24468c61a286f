import { DAY_MS, defineProvider, HOUR_MS, MINUTE_MS } from './define.js';

const DOCS = 'https://docs.killb.com';
const PAGES = {
  authentication: `${DOCS}/authentication`,
  balances: `${DOCS}/api-reference/customer/get-customer-balances`,
  banks: `${DOCS}/guides/accounts/bank-accounts`,
  createWebhook: `${DOCS}/api-reference/webhook/create-a-webhook-config`,
  createRamp: `${DOCS}/api-reference/ramps/create-ramps`,
  errors: `${DOCS}/resources/error-handling`,
  introduction: `${DOCS}/es/api-reference/introduction.md`,
  kycLevels: `${DOCS}/guides/users/kyc-levels`,
  queryRamps: `${DOCS}/api-reference/ramps/query-ramps`,
  quotation: `${DOCS}/api-reference/quotations/create-quotation`,
  quotations: `${DOCS}/concepts/quotations`,
  rateLimits: `${DOCS}/resources/rate-limits`,
  token: `${DOCS}/api-reference/auth/generate-an-access-token`,
  webhooks: `${DOCS}/concepts/webhooks`,
  webhookSecurity: `${DOCS}/guides/webhooks/security`,
};

/** An error in the provider's own shape. */
const refusal = (errorCode: string, message: string) => ({
  errorCode,
  message: [message],
  statusCode: '400',
  arguments: [],
});

/** Made up. */
const EVENT = {
  id: 'evt_{{unique}}',
  event: 'RAMP',
  action: 'UPDATE',
  data: {
    id: 'ramp_{{unique}}',
    userId: 'user-1',
    accountId: 'account-1',
    quotationId: 'quotation-1',
    type: 'ON',
    status: 'COMPLETED',
    fromCurrency: 'COP',
    toCurrency: 'USDC',
    fromAmount: 8000,
    toAmount: 2.5,
  },
  createdAt: '2026-01-15T09:30:00.000Z',
  updatedAt: '2026-01-15T09:30:04.000Z',
  attempts: 0,
};

export default defineProvider({
  id: 'killb',
  title: 'KillB, fiat and crypto ramps',
  layer: {
    contract: {
      auth: {
        login: {
          method: 'POST',
          path: '/auth/login',
          body: { email: '${KILLB_EMAIL}', password: '${KILLB_PASSWORD}' },
          token: '/accessToken',
          lifetime: '/expiresIn',
          lifetimeUnit: 'ms',
          lifetimeMs: HOUR_MS,
          header: 'Authorization',
          prefix: 'Bearer ',
          refresh: { method: 'POST', path: '/auth/refresh', token: '/refreshToken', member: '/refreshToken' },
        },
        missing: [401],
        wrong: [401],
      },
      environments: {
        sandbox: { hosts: ['sandbox.killb.app'], url: 'https://sandbox.killb.app/api/v2' },
        live: { hosts: ['killb.app'], url: 'https://killb.app/api/v2' },
      },
      idempotency: { bodyField: '/externalId', methods: ['POST'], required: false },
      errors: {
        default: {
          contentType: 'application/json',
          required: ['/errorCode', '/message', '/statusCode'],
          code: '/errorCode',
          types: { '/message': 'array', '/statusCode': 'string' },
        },
        byStatus: { '404': { sample: { code: 'USER.0001' } } },
        message: '/message/0',
      },
      rateLimit: {
        statuses: [429],
        quota: { requests: 50, windowMs: 1000, burst: 100 },
        sandboxQuota: { requests: 100, windowMs: 1000, burst: 200 },
        headers: {
          limit: 'X-RateLimit-Limit',
          remaining: 'X-RateLimit-Remaining',
          reset: 'X-RateLimit-Reset',
          resetFormat: 'epoch-seconds',
        },
      },
      pagination: {
        style: 'page',
        pageParameter: 'page',
        limitParameter: 'limit',
        items: '/ramps',
        pages: '/totalPage',
        end: 'last-page',
      },
      caching: { '/users': HOUR_MS, '/banks': DAY_MS, '/customers/balances': 5 * MINUTE_MS },
      retry: { on: [500, 429] },
      webhook: {
        scheme: 'hmac-hex',
        header: 'x-signature-sha256',
        id: '/id',
        type: '/event',
        events: ['RAMP', 'USER', 'TRANSACTION', 'ACCOUNT', 'CUSTODIAL_ACCOUNT', 'PAYOUT'],
        changing: ['/attempts'],
        maxDeliveries: 5,
      },
    },
    webhook: { event: EVENT, earlier: { ...EVENT, data: { ...EVENT.data, status: 'CREATED' } } },
    endpoint: {
      operations: {
        read: { path: '/customers/balances' },
        list: { path: '/ramps' },
        quotation: {
          method: 'POST',
          path: '/quotations',
          body: {
            fromCurrency: 'COP',
            toCurrency: 'USDC',
            amount: 8000,
            amountIsToCurrency: false,
            cashInMethod: 'PSE',
            cashOutMethod: 'POLYGON',
            isFastPay: false,
          },
          expect: [200, 201],
          answer: {
            id: 'e8d74b2f-86df-43b0-a9d9-72055a6b0432',
            fromCurrency: 'COP',
            toCurrency: 'USDC',
            fromAmount: 8000,
            toAmount: 2.5,
            rate: 0.0003125,
          },
        },
        create: {
          method: 'POST',
          path: '/ramps',
          body: { quotationId: '{{quotation}}' },
          takes: { quotation: { operation: 'quotation', value: '/id' } },
          expect: [200, 201],
          answer: {
            id: '7f0a8ad6-29a1-4a66-a6c4-8bb398eb78d1',
            status: 'CREATED',
            type: 'ON',
            fromCurrency: 'COP',
            toCurrency: 'USDC',
            fromAmount: 8000,
            toAmount: 2.5,
          },
          answerStatus: 201,
          count: { path: '/ramps', query: { externalId: '{{key}}' }, items: '/ramps' },
        },
      },
    },
    client: {
      businessErrors: {
        'RAMP.0001': {
          status: 400,
          body: refusal('RAMP.0001', 'Quotation expired'),
          reaction: 'other-operation',
          operation: 'quotation',
        },
        // Which call upgrades the user is the integration's own choice; repeating the ramp is wrong in any case.
        'RAMP.0003': { status: 400, body: refusal('RAMP.0003', 'User limit exceeded'), reaction: 'stop' },
      },
    },
  },
  facts: [
    {
      at: [
        'contract.auth.login.method',
        'contract.auth.login.path',
        'contract.auth.login.body',
        'contract.auth.login.token',
        'contract.auth.login.lifetime',
        'contract.auth.login.lifetimeUnit',
      ],
      says: 'There is no static key: log in with email and password for a token; expiresIn is in milliseconds.',
      source: PAGES.token,
    },
    {
      at: [
        'contract.auth.login.header',
        'contract.auth.login.prefix',
        'contract.auth.login.lifetimeMs',
        'contract.auth.login.refresh',
      ],
      says: 'The token goes in Authorization: Bearer, lives for an hour, and is renewed at /auth/refresh.',
      source: PAGES.authentication,
    },
    {
      at: ['contract.auth.missing', 'contract.auth.wrong'],
      says: 'A token that is missing, wrong or expired is 401: refresh it.',
      source: PAGES.errors,
    },
    {
      at: ['contract.environments'],
      says: 'Sandbox and production have a host each; /api/v2 is in the path.',
      source: PAGES.introduction,
      but: { says: 'older pages name another sandbox host, on gateway.dev', source: PAGES.authentication },
    },
    {
      at: ['contract.idempotency'],
      says: 'externalId in the body of a ramp, optional, avoids duplicates; what a duplicate is answered is not said.',
      source: PAGES.createRamp,
    },
    {
      at: ['contract.errors'],
      says: 'Errors hold errorCode, message (a list), statusCode (a string) and arguments.',
      source: PAGES.errors,
    },
    {
      at: ['contract.rateLimit'],
      says: '50 requests a second in production (burst 100), twice that in the sandbox; X-RateLimit-Reset is in epoch seconds.',
      source: PAGES.rateLimits,
    },
    {
      at: ['contract.pagination', 'endpoint.operations.list', 'endpoint.operations.create.count'],
      says: 'Ramps are listed by page and limit, with totalPage, and can be filtered by externalId.',
      source: PAGES.queryRamps,
    },
    {
      at: ['contract.caching'],
      says: 'User data may be cached (best practices: an hour; bank lists a day, balances five minutes).',
      source: PAGES.rateLimits,
    },
    { at: [], says: 'Bank lists are read at GET /banks by country.', source: PAGES.banks },
    {
      at: ['contract.retry.on'],
      says: '429 and 500 are retried with backoff; 401 asks for a refresh of the token.',
      source: PAGES.errors,
    },
    {
      at: ['contract.webhook.scheme', 'contract.webhook.header'],
      says: 'x-signature-sha256 holds the hex HMAC-SHA256 of the raw body, without a timestamp.',
      source: PAGES.webhookSecurity,
    },
    {
      at: ['contract.webhook.id', 'contract.webhook.changing', 'contract.webhook.maxDeliveries'],
      says: 'The body counts its deliveries (attempts, 0 to 5), so it differs each time: recognise an event by its id.',
      source: PAGES.webhooks,
    },
    {
      at: ['contract.webhook.type', 'webhook'],
      says: 'Beside its id an event says of what kind it is (event), what was done (action), and shows the thing itself in data.',
      source: PAGES.webhooks,
    },
    {
      at: ['contract.webhook.events'],
      says: 'A webhook is registered for any of six kinds: RAMP, USER, TRANSACTION, ACCOUNT, CUSTODIAL_ACCOUNT and PAYOUT.',
      source: PAGES.createWebhook,
    },
    {
      at: ['client.businessErrors.RAMP.0001'],
      says: 'RAMP.0001: the quotation expired; make a new one.',
      source: PAGES.errors,
    },
    {
      at: ['client.businessErrors.RAMP.0003'],
      says: 'RAMP.0003: over the limit of the verification level; the user must be upgraded.',
      source: PAGES.kycLevels,
    },
    {
      at: ['endpoint.operations.read'],
      says: 'GET /customers/balances needs the token and changes nothing.',
      source: PAGES.balances,
    },
    {
      at: ['endpoint.operations.quotation'],
      says: 'A quotation fixes the rate that a ramp is made at.',
      source: PAGES.quotation,
    },
    {
      at: ['endpoint.operations.create'],
      says: 'A ramp takes a quotation, a user and an account.',
      source: PAGES.createRamp,
    },
    {
      at: [],
      says: 'A quotation holds for 30 seconds: a late repeat of a ramp can fail for that alone.',
      source: PAGES.quotations,
    },
  ],
  open: [
    'the outcome of a second ramp with one externalId (409 is glossed "already exists")',
    'how long an externalId is remembered, how long it may be, whether bodies are compared',
    'a request id',
    'how soon a webhook must be acknowledged, and when it is delivered again',
    'rules for addresses',
  ],
  asks: [
    {
      at: 'endpoint.operations.create.body',
      why: 'the user and account of your sandbox; a fresh quotation is made before each ramp',
      sample: {
        userId: '${KILLB_USER_ID}',
        accountId: '${KILLB_ACCOUNT_ID}',
      },
    },
  ],
  keyEnv: null,
  baseUrlEnv: 'KILLB_BASE_URL',
});
