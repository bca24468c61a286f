// Stripe's own package under Stripe's contract: what it does of its own accord, and what it leaves to its user.
import { fileURLToPath } from 'node:url';
import Stripe from 'stripe';
import { describe, it } from 'vitest';
import { expectFailures, judgeClient } from '../helpers/client-suite.js';

const CLIENT = fileURLToPath(new URL('../../fixtures/clients/npm/stripe.mjs', import.meta.url));
const PATIENCE_MS = 33_000;

describe('the stripe package', () => {
  it('fails what it does not promise, and nothing else', async () => {
    const report = await judgeClient([process.execPath, CLIENT], PATIENCE_MS, {
      extends: 'stripe',
      contract: { version: { value: Stripe.API_VERSION } },
      endpoint: { url: 'http://127.0.0.1:9/v1', key: '${ORDERS_KEY}' },
    });
    expectFailures(report, {
      // Both of its two retries come after 0.5 s: it doubles 0.25 s, and what comes out under 0.5 s is made 0.5 s.
      'backs-off-exponentially': 'constant',
      'jitters-backoff': 'none', // the jitter only ever shortens, and is lost in that least wait
      'logs-errors': 'missing', // its error about an HTML page names no status
      // RequestSender reads Stripe-Should-Retry, and no Retry-After.
      'reads-retry-after-dates': 'too-early',
      'waits-for-retry-after': 'too-early',
    });
  });
});
