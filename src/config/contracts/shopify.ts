import { defineProvider } from './define.js';

const DOCS = 'https://shopify.dev/docs';
const PAGES = {
  compliance: `${DOCS}/apps/build/compliance/privacy-law-compliance`,
  https: `${DOCS}/apps/build/webhooks/subscribe/https`,
  reference: `${DOCS}/api/webhooks`,
  retries: 'https://shopify.dev/changelog/updates-to-webhook-retry-mechanism',
  structure: `${DOCS}/apps/build/webhooks/delivery-structure`,
  verify: `${DOCS}/apps/build/webhooks/verify-deliveries`,
};

/** Its webhooks alone. */
export default defineProvider({
  id: 'shopify',
  title: 'Shopify, webhooks',
  layer: {
    contract: {
      webhook: {
        scheme: 'shopify',
        header: 'X-Shopify-Hmac-Sha256',
        id: 'X-Shopify-Webhook-Id',
        type: 'X-Shopify-Topic',
        ackMs: 5_000,
        events: [
          'orders/create',
          'orders/updated',
          'products/update',
          'app/uninstalled',
          'customers/data_request',
          'customers/redact',
          'shop/redact',
        ],
        refused: [401],
        maxDeliveries: 9,
      },
    },
    webhook: {
      event: {
        id: '{{unique:number:13}}',
        name: '#1001',
        test: true,
        currency: 'EUR',
        total_price: '12.00',
        financial_status: 'paid',
        created_at: '2026-01-15T09:30:00+00:00',
        updated_at: '2026-01-15T09:30:04+00:00',
        line_items: [{ id: 1, title: 'A made-up thing', quantity: 1, price: '12.00' }],
      },
    },
  },
  facts: [
    {
      at: ['contract.webhook.scheme', 'contract.webhook.header'],
      says: "X-Shopify-Hmac-Sha256 holds the base64 HMAC-SHA256 of the raw body, made with the app's client secret, without a timestamp. After a change of that secret it may take an hour until the new one signs.",
      source: PAGES.verify,
    },
    {
      at: ['contract.webhook.id'],
      says: 'X-Shopify-Webhook-Id names a delivery: one that is known already is a duplicate.',
      source: PAGES.verify,
    },
    {
      at: ['contract.webhook.type'],
      says: 'X-Shopify-Topic names the type, which the body does not.',
      source: PAGES.structure,
    },
    {
      at: ['contract.webhook.events', 'webhook.event'],
      says: 'Topics are written as thing/what-happened; the body is the thing, as the admin API shows it.',
      source: PAGES.reference,
    },
    {
      at: ['contract.webhook.ackMs'],
      says: 'A connection must stand within a second, and a 2xx come within five; a redirect counts as a failure.',
      source: PAGES.https,
    },
    {
      at: ['contract.webhook.maxDeliveries'],
      says: 'What fails is delivered again eight times within four hours, ever more rarely, with its first body.',
      source: PAGES.retries,
    },
    {
      at: ['contract.webhook.refused'],
      says: 'A wrong signature must be answered 401; for the three topics of privacy law the review of an app tries that.',
      source: PAGES.compliance,
    },
  ],
  open: ['the waits between deliveries', 'how old an event may be'],
  asks: [
    {
      at: 'webhook.url',
      why: 'where your receiver takes events while it runs on this machine',
      sample: 'http://127.0.0.1:3000/webhooks',
    },
    {
      at: 'webhook.secret',
      why: 'the variable that holds the client secret of your app',
      sample: '${SHOPIFY_CLIENT_SECRET}',
    },
    {
      at: 'contract.webhook.events',
      why: 'the topics that you subscribed to; the sample is one of the first',
      sample: ['orders/create'],
    },
  ],
  sdks: {
    npm: ['@shopify/shopify-api'],
    pypi: ['ShopifyAPI'],
    composer: ['shopify/shopify-api'],
    rubygems: ['shopify_api'],
  },
  keyEnv: null,
  baseUrlEnv: null,
});
