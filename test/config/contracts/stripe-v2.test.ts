import { describe, expect, it } from 'vitest';
import stripe from '../../../src/config/contracts/stripe.js';
import stripeV2 from '../../../src/config/contracts/stripe-v2.js';
import { providerRules, resolved } from '../../helpers/provider.js';

describe('stripe-v2', () => {
  providerRules(stripeV2);

  it('performs failed work again, for 30 days, deletes included', async () => {
    const { idempotency } = (await resolved(stripeV2)).contract;
    expect([idempotency?.stored, idempotency?.replay]).toEqual([['2xx'], 'same-resource']);
    expect(idempotency?.windowMs).toBe(2_592_000_000);
    expect(idempotency?.methods).toContain('DELETE');
  });

  it('shares with v1 what both document alike', async () => {
    const [one, two] = [(await resolved(stripe)).contract, (await resolved(stripeV2)).contract];
    expect([two.auth, two.requestId]).toEqual([one.auth, one.requestId]);
    expect(two.webhook).toEqual({ ...one.webhook, events: two.webhook?.events });
    expect([one.pagination?.style, two.pagination?.style]).toEqual(['cursor', 'next-url']);
  });
});
