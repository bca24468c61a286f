// What both generations of Stripe's API document alike.
import type { ContractInput } from '../../schema.js';
import type { Fact } from '../define.js';

export const STRIPE_PAGES = {
  idempotency: 'https://docs.stripe.com/api/idempotent_requests',
  lowLevel: 'https://docs.stripe.com/error-low-level',
  sdk: 'https://github.com/stripe/stripe-node/blob/master/src/RequestSender.ts',
};

const HOSTS = ['api.stripe.com'];

export const STRIPE = {
  auth: { headers: [{ name: 'Authorization', prefix: 'Bearer ' }], publicPrefix: '[sr]k_(live|test)_' },
  environments: {
    // One host for both: the key tells.
    sandbox: { keyPrefixes: ['sk_test_', 'rk_test_'], hosts: HOSTS, shown: false },
    live: { keyPrefixes: ['sk_live_', 'rk_live_'], hosts: HOSTS, shown: true },
  },
  version: { in: 'header', name: 'Stripe-Version', echo: 'Stripe-Version' },
  requestId: { headers: ['Request-Id'] },
  errors: {
    default: { contentType: 'application/json', required: ['/error/type'], code: '/error/type' },
    message: '/error/message',
  },
  rateLimit: {
    statuses: [429],
    quota: { requests: 100, windowMs: 1000 },
    sandboxQuota: { requests: 25, windowMs: 1000 },
  },
  retry: { on: [500, 502, 503, 504], may: [409, 429], hintHeader: 'Stripe-Should-Retry' },
  webhook: {
    scheme: 'stripe',
    header: 'Stripe-Signature',
    timestampUnit: 's',
    toleranceMs: 300_000,
    id: '/id',
    type: '/type',
  },
} as const satisfies ContractInput;

export const STRIPE_FACTS: readonly Fact[] = [
  {
    at: ['contract.auth', 'contract.environments.sandbox', 'contract.environments.live'],
    says: 'Secret and restricted keys begin with sk_test_, rk_test_, sk_live_ or rk_live_, and work on one host for both modes.',
    source: 'https://docs.stripe.com/keys',
  },
  {
    at: ['contract.version'],
    says: 'Stripe-Version pins a date with a release name and is echoed; without it the version of the account answers.',
    source: 'https://docs.stripe.com/sdks/set-version',
  },
  {
    at: ['contract.requestId'],
    says: 'Every answer carries Request-Id, without X-.',
    source: 'https://docs.stripe.com/api/request_ids',
  },
  {
    at: ['contract.errors'],
    says: 'Errors stand in error, with a type to branch on.',
    source: 'https://docs.stripe.com/api/errors',
  },
  {
    at: ['contract.rateLimit'],
    says: '100 requests a second live, 25 in a sandbox; past that 429.',
    source: 'https://docs.stripe.com/rate-limits',
  },
  {
    at: ['contract.retry'],
    says: 'Stripe-Should-Retry decides; else 409 and 5xx are retried, and a 429 is not.',
    source: STRIPE_PAGES.sdk,
  },
  {
    at: ['contract.webhook.scheme', 'contract.webhook.header', 'contract.webhook.timestampUnit'],
    says: 'Stripe-Signature holds a time in seconds and one HMAC of time and body for each secret, all in hex.',
    source: 'https://docs.stripe.com/webhooks#verify-manually',
  },
  {
    at: ['contract.webhook.toleranceMs'],
    says: 'Its libraries refuse what is older than 300 s, and take what is ahead.',
    source: 'https://github.com/stripe/stripe-node/blob/master/src/Webhooks.ts',
  },
  {
    at: ['contract.webhook.id'],
    says: 'Endpoints may get an event more than once, and events in any order: keep the id of what was processed.',
    source: 'https://docs.stripe.com/webhooks',
  },
  {
    at: [],
    says: 'An event that is not acknowledged comes again for up to three days, ever more rarely; in a sandbox three times within hours.',
    source: 'https://docs.stripe.com/webhooks',
  },
];

export const STRIPE_OPEN_OF_WEBHOOKS =
  'how soon a webhook must be acknowledged (at once, it says), and the waits between deliveries';
