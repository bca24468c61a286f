import { DAY_MS, defineProvider } from './define.js';
import { STRIPE, STRIPE_FACTS, STRIPE_OPEN_OF_WEBHOOKS, STRIPE_PAGES } from './shared/stripe.js';

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
      webhook: { ...STRIPE.webhook, events: ['v2.core.account.updated', 'v2.core.event_destination.ping'] },
    },
    webhook: {
      event: {
        id: 'evt_{{unique}}',
        object: 'v2.core.event',
        type: 'v2.core.account.updated',
        created: '2026-01-15T09:30:00.000Z',
        livemode: false,
        reason: null,
        related_object: {
          id: 'acct_{{unique}}',
          type: 'v2.core.account',
          url: '/v2/core/accounts/acct_{{unique}}',
        },
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
    {
      at: ['contract.webhook.type', 'contract.webhook.events', 'webhook.event'],
      says: 'Events of v2 are thin: id, type, created, and where to read the object, which the event itself does not show.',
      source: 'https://docs.stripe.com/event-destinations',
    },
  ],
  open: [
    STRIPE_OPEN_OF_WEBHOOKS,
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
