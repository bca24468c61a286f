import { DAY_MS, defineProvider } from './define.js';

const HELP = 'https://help.print.one/api';
const SDK = 'https://github.com/Print-one/print-one-js/blob/main/src';
const PAGES = {
  authentication: `${HELP}/authentication-and-api-keys`,
  idempotency: `${HELP}/idempotency`,
  index: HELP,
  statusCodes: `${HELP}/status-codes`,
  webhooks: `${HELP}/webhooks`,
};
const HOST = { hosts: ['api.print.one'], url: 'https://api.print.one/v2' };

export default defineProvider({
  id: 'print-one',
  title: 'Print.one, printed mail',
  layer: {
    contract: {
      auth: { headers: [{ name: 'x-api-key' }], missing: [401], wrong: [401] },
      // One host for both, and no documented key prefixes: nothing opens writes but the user's own word.
      environments: { sandbox: HOST, live: HOST },
      idempotency: {
        header: 'Idempotency-Key',
        methods: ['POST', 'PATCH'],
        required: false,
        maxLength: 255,
        style: ['opaque', 'meaningful'],
        replay: 'same-response',
        compare: ['/id'],
        stored: ['2xx', '4xx', '5xx'],
        windowMs: DAY_MS,
        noneOnReads: true,
      },
      errors: {
        default: { contentType: 'application/json', required: ['/statusCode', '/message'] },
        message: '/message',
      },
      rateLimit: { quota: { requests: 60, windowMs: 30_000 } },
      pagination: {
        style: 'page',
        pageParameter: 'page',
        limitParameter: 'limit',
        default: 10,
        items: '/data',
        next: '/nextUrl',
        pages: '/pages',
        end: 'null-next',
      },
      retry: { on: [500, 502, 503, 504] },
      webhook: {
        scheme: 'hmac-base64',
        header: ['x-printone-hmac-sha256', 'x-webhook-hmac-sha256'],
        type: '/event',
        ackMs: 30_000,
        events: ['order_status_update', 'template_preview_rendered', 'batch_status_update', 'coupon_code_used'],
      },
    },
    webhook: {
      event: {
        event: 'order_status_update',
        createdAt: '2026-01-15T09:30:04.000Z',
        data: {
          id: 'ord_{{unique}}',
          templateId: 'tmpl_12345678900987654321',
          status: 'order_sent',
          friendlyStatus: 'Sent',
          isBillable: false,
          errors: [],
        },
      },
    },
    endpoint: {
      operations: {
        read: { path: '/companies/me' },
        list: { path: '/orders' },
        create: {
          method: 'POST',
          path: '/orders',
          body: { billingId: '{{unique}}' },
          expect: [200, 201],
          changes: { billingId: 'another-order' },
          answer: {
            id: 'ord_1b0ad63c5f4e4a1f',
            templateId: 'tmpl_12345678900987654321',
            status: 'order_created',
            friendlyStatus: 'Processing',
            isBillable: false,
            errors: [],
          },
          answerStatus: 201,
          count: { path: '/orders', query: { 'filter.billingId': '$in:{{unique}}' }, total: '/total' },
        },
      },
    },
  },
  facts: [
    { at: ['contract.auth.headers'], says: 'The key goes in the header x-api-key.', source: PAGES.authentication },
    {
      at: ['contract.auth.missing', 'contract.auth.wrong'],
      says: '401 means that something is wrong with the key.',
      source: PAGES.statusCodes,
    },
    {
      at: ['contract.environments'],
      says: 'One host serves both. Orders with a LIVE key are printed and sent at once and cannot be undone; with a TEST key nothing is printed.',
      source: PAGES.authentication,
    },
    {
      at: [
        'contract.idempotency.header',
        'contract.idempotency.methods',
        'contract.idempotency.required',
        'contract.idempotency.noneOnReads',
      ],
      says: 'Idempotency-Key is taken on POST and PATCH, optional; on GET and DELETE it has no effect and should not be sent.',
      source: PAGES.idempotency,
    },
    { at: ['contract.idempotency.maxLength'], says: 'A key has up to 255 characters.', source: PAGES.idempotency },
    {
      at: ['contract.idempotency.style'],
      says: 'A UUIDv4, or another random string with enough entropy, is advised.',
      source: PAGES.idempotency,
      but: { says: 'a customer id, or postcode and house number, is suggested as a key', source: PAGES.idempotency },
    },
    {
      at: ['contract.idempotency.replay', 'contract.idempotency.compare', 'contract.idempotency.stored'],
      says: 'Status and header of the first answer are stored, failures and 500s included; of two orders with one key only the first is performed.',
      source: PAGES.idempotency,
    },
    { at: ['contract.idempotency.windowMs'], says: 'Keys are deleted after 24 hours.', source: PAGES.idempotency },
    {
      at: [],
      says: 'The same key with other parameters is an error (its status is not said: any 4xx is accepted).',
      source: PAGES.idempotency,
    },
    {
      at: ['contract.rateLimit.quota'],
      says: 'All endpoints allow 60 requests every 30 seconds unless they say otherwise.',
      source: PAGES.index,
    },
    {
      at: ['contract.errors'],
      says: 'Errors hold statusCode and message, a list of texts.',
      source: `${SDK}/HttpHandler.ts`,
    },
    {
      at: ['contract.retry.on'],
      says: 'A 5xx usually passes within seconds: wait and try again.',
      source: PAGES.statusCodes,
    },
    {
      at: ['contract.pagination'],
      says: 'Lists take page and limit (10), count pages in pages, and end where nextUrl is null.',
      source: `${SDK}/models/PaginatedResponse.ts`,
    },
    {
      at: ['contract.webhook.header'],
      says: 'The signature is in x-printone-hmac-sha256.',
      source: PAGES.webhooks,
      but: { says: 'since 1.4.0 the SDK reads x-webhook-hmac-sha256', source: `${SDK}/PrintOne.ts` },
    },
    {
      at: ['contract.webhook.scheme'],
      says: 'It is the base64 HMAC-SHA256 of the body, without a timestamp: nothing protects from replays.',
      source: `${SDK}/PrintOne.ts`,
    },
    { at: ['contract.webhook.ackMs'], says: 'A webhook is given up after 30 seconds.', source: PAGES.webhooks },
    {
      at: ['contract.webhook.type', 'contract.webhook.events', 'webhook.event'],
      says: 'An event holds its type, a time and what it is about, and no id of its own. The header x-printone-event has the type, too.',
      source: `${SDK}/models/_interfaces/IWebhookRequest.ts`,
    },
    {
      at: ['endpoint.operations'],
      says: 'GET /companies/me names the owner of the key; POST /orders creates, GET /orders filters by billingId.',
      source: `${SDK}/PrintOne.ts`,
    },
  ],
  open: [
    'how TEST and LIVE keys begin',
    'the status and code for the same key with another body',
    'what a repeat is answered while the first is in flight',
    'a marker on replays',
    'rate-limit headers and the status of a limit answer',
    'a request id',
    'an id by which an event is known again, and when a webhook is delivered again',
    'a version other than /v2 in the path',
  ],
  asks: [
    {
      at: 'contract.environments.sandbox.keyPrefixes',
      why: 'how your TEST keys begin: without it writes stay locked, because the host is the same',
      sample: ['test_'],
    },
    {
      at: 'endpoint.operations.create.body',
      why: 'a template and a recipient of your account',
      sample: {
        templateId: 'tmpl_12345678900987654321',
        recipient: {
          name: 'Test Person',
          address: 'Street 1',
          city: 'Amsterdam',
          postalCode: '1234 AB',
          country: 'NL',
        },
      },
    },
  ],
  keyEnv: 'PRINT_ONE_API_KEY',
  baseUrlEnv: 'PRINT_ONE_BASE_URL',
});
