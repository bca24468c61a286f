import { DAY_MS, defineProvider } from './define.js';
import { STRIPE, STRIPE_FACTS, STRIPE_OPEN_OF_WEBHOOKS, STRIPE_PAGES } from './shared/stripe.js';

/** Made up. */
const eventOf = (status: 'processing' | 'succeeded') => ({
  id: 'evt_{{unique}}',
  object: 'event',
  api_version: '2026-07-29.dahlia',
  created: 1_768_469_400,
  type: `payment_intent.${status}`,
  livemode: false,
  pending_webhooks: 1,
  request: { id: null, idempotency_key: null },
  data: {
    object: { id: 'pi_{{unique}}', object: 'payment_intent', amount: 1200, currency: 'eur', status, livemode: false },
  },
});

export default defineProvider({
  id: 'stripe',
  title: 'Stripe, API v1',
  layer: {
    contract: {
      ...STRIPE,
      environments: {
        sandbox: { ...STRIPE.environments.sandbox, url: 'https://api.stripe.com/v1' },
        live: { ...STRIPE.environments.live, url: 'https://api.stripe.com/v1' },
        shownAt: '/livemode',
      },
      idempotency: {
        header: 'Idempotency-Key',
        methods: ['POST'],
        required: false,
        maxLength: 255,
        style: 'opaque',
        replay: 'same-response',
        inFlight: { statuses: [409] },
        // Not 4xx as a class: what fails validation, is unauthorised, limited or in conflict is not stored.
        stored: ['2xx', '5xx'],
        windowMs: DAY_MS,
        noneOnReads: true,
      },
      pagination: {
        style: 'cursor',
        limitParameter: 'limit',
        cursorParameter: 'starting_after',
        maximum: 100,
        default: 10,
        items: '/data',
        id: '/id',
        end: 'has-more',
        hasMore: '/has_more',
      },
      webhook: {
        ...STRIPE.webhook,
        events: [
          'payment_intent.succeeded',
          'payment_intent.processing',
          'payment_intent.payment_failed',
          'charge.refunded',
          'customer.created',
        ],
      },
    },
    webhook: { event: eventOf('succeeded'), earlier: eventOf('processing') },
    endpoint: {
      operations: {
        read: { path: '/balance' },
        list: { path: '/customers' },
        create: {
          method: 'POST',
          path: '/customers',
          form: { email: '{{unique}}@example.com', description: 'golive-check' },
          changes: { description: 'another customer' },
          expect: [200],
          answer: { id: 'cus_NffrFeUfNV2Hib', object: 'customer', livemode: false, email: 'a@example.com' },
          answerStatus: 200,
          count: { path: '/customers', query: { email: '{{unique}}@example.com' }, items: '/data' },
          fails: { 400: { form: { email: 'not-an-address' }, field: 'email' } },
          delete: { path: '/customers/{{id}}' },
        },
      },
    },
  },
  facts: [
    ...STRIPE_FACTS,
    {
      at: ['contract.environments.shownAt'],
      says: 'Objects say livemode: true or false.',
      source: 'https://docs.stripe.com/api/balance/balance_object',
    },
    {
      at: [
        'contract.idempotency.header',
        'contract.idempotency.methods',
        'contract.idempotency.required',
        'contract.idempotency.maxLength',
        'contract.idempotency.style',
        'contract.idempotency.windowMs',
        'contract.idempotency.noneOnReads',
      ],
      says: 'Every POST takes an Idempotency-Key of up to 255 characters, a UUIDv4 advised; it may be forgotten after 24 hours. None on GET and DELETE.',
      source: STRIPE_PAGES.idempotency,
    },
    {
      at: ['contract.idempotency.replay', 'contract.idempotency.stored'],
      says: 'Status and body of the first performed call are replayed, 500s included; 429, 401, validation failures and conflicts are not stored.',
      source: STRIPE_PAGES.lowLevel,
    },
    {
      at: ['contract.idempotency.inFlight'],
      says: 'A repeat while the first is being performed is a 409.',
      source: STRIPE_PAGES.lowLevel,
    },
    {
      at: ['contract.pagination'],
      says: 'Lists take limit (10, at most 100) and starting_after, and end where has_more is false.',
      source: 'https://docs.stripe.com/api/pagination',
    },
    {
      at: ['endpoint.operations.read'],
      says: 'GET /v1/balance needs the key and changes nothing.',
      source: 'https://docs.stripe.com/api/balance/balance_retrieve',
    },
    {
      at: ['endpoint.operations.list', 'endpoint.operations.create'],
      says: 'Customers are created with a form, listed by email, and can be deleted.',
      source: 'https://docs.stripe.com/api/customers',
    },
    {
      at: ['contract.webhook.type', 'webhook'],
      says: 'An event holds id, type, created, and in data.object what it is about.',
      source: 'https://docs.stripe.com/api/events/object',
    },
    {
      at: ['contract.webhook.events'],
      says: 'Among the types are those of customers, payment intents and charges; an endpoint names those that it wants.',
      source: 'https://docs.stripe.com/api/events/types',
    },
  ],
  open: [
    STRIPE_OPEN_OF_WEBHOOKS,
    'the status of idempotency_error (same key, other body)',
    'the code of the 409 in flight',
    'the marker Idempotent-Replayed',
    'the answer to an unknown version',
    'the version that you pin (contract.version.value)',
  ],
  asks: [],
  sdks: {
    npm: ['stripe'],
    pypi: ['stripe'],
    go: ['github.com/stripe/stripe-go'],
    composer: ['stripe/stripe-php'],
    rubygems: ['stripe'],
    maven: ['com.stripe:stripe-java'],
  },
  keyEnv: 'STRIPE_SECRET_KEY',
  baseUrlEnv: 'STRIPE_BASE_URL',
});
