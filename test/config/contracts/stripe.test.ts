import { describe, expect, it } from 'vitest';
import stripe from '../../../src/config/contracts/stripe.js';
import { countsAsLive } from '../../../src/config/environments.js';
import { providerRules, resolved } from '../../helpers/provider.js';

describe('stripe', () => {
  providerRules(stripe);

  it('forgets keys after a day and stores 500s, but not what failed validation', async () => {
    const { idempotency } = (await resolved(stripe)).contract;
    expect(idempotency?.windowMs).toBe(86_400_000);
    expect(idempotency?.stored).toEqual(['2xx', '5xx']);
  });

  it('tells the modes apart by the key alone', async () => {
    for (const [key, environment, live] of [
      ['sk_test_0123456789', 'sandbox', false],
      ['rk_live_0123456789', 'live', true],
      ['not-a-key-of-stripe', 'sandbox', true],
    ] as const) {
      const { config, contract } = await resolved(stripe, { endpoint: { environment } }, key);
      expect(config.endpoint !== undefined && countsAsLive(config.endpoint, contract), key).toBe(live);
    }
    await expect(resolved(stripe, {}, 'sk_live_0123456789')).rejects.toThrow(/begins like a live key/);
  });

  it('sends forms, and answers with a request id without X-', async () => {
    const { config, contract } = await resolved(stripe);
    expect(config.endpoint?.operations.create?.form).toBeDefined();
    expect(contract.requestId?.headers).toEqual(['Request-Id']);
  });
});
