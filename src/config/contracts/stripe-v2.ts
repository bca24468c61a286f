import { DAY_MS, defineProvider } from './define.js';
import { STRIPE, STRIPE_FACTS, STRIPE_PAGES } from './shared/stripe.js';

export default defineProvider({
  id: 'stripe-v2',
  title: 'Stripe, API v2',
  layer: {
    contract: {
      ...STRIPE,
      environments: {
        sandbox: { ...STRIPE.environments.sandbox, url: 'https://api.stripe.com/v2' },
        live: { ...STRIPE.environments.live, url: 'https://api.stripe.com/v2' },
      },
      idempotency: {
        header: 'Idempotency-Key',
        methods: ['POST', 'DELETE'],
        required: false,
        maxLength: 255,
        replay: 'same-resource',
        stored: ['2xx'],
        windowMs: 30 * DAY_MS,
      },
      pagination: {
        style: 'next-url',
        limitParameter: 'limit',
        items: '/data',
        next: '/next_page_url',
        end: 'null-next',
      },
    },
    endpoint: {
      operations: { read: { path: '/core/event_destinations' }, list: { path: '/core/event_destinations' } },
    },
  },
  facts: [
    ...STRIPE_FACTS,
    {
      at: ['contract.idempotency.header', 'contract.idempotency.methods', 'contract.idempotency.required'],
      says: 'The SDK sends Idempotency-Key on POST and DELETE.',
      source: STRIPE_PAGES.sdk,
    },
    {
      at: [
        'contract.idempotency.maxLength',
        'contract.idempotency.replay',
        'contract.idempotency.stored',
        'contract.idempotency.windowMs',
      ],
      says: 'Keys hold for 30 days. Failed work is not replayed: it is performed again, and the answer is the present one.',
      source: STRIPE_PAGES.lowLevel,
    },
    {
      at: ['contract.pagination', 'endpoint.operations'],
      says: 'Lists name the next page in next_page_url, null at the end.',
      source: 'https://docs.stripe.com/api-v2-overview',
    },
  ],
  open: [
    'the status for the same key with another body',
    'what a repeat is answered while the first is in flight',
    'a marker on replays',
    'the answer to an unknown version',
    'the version that you pin (contract.version.value)',
  ],
  asks: [
    {
      at: 'endpoint.operations.create',
      why: 'a call of v2 that creates something in your account',
      sample: { path: '/core/accounts', body: { display_name: '{{unique}}' } },
    },
  ],
  keyEnv: 'STRIPE_SECRET_KEY',
  baseUrlEnv: 'STRIPE_BASE_URL',
});
