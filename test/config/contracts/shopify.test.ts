import { describe, expect, it } from 'vitest';
import shopify from '../../../src/config/contracts/shopify.js';
import { providerRules, resolved } from '../../helpers/provider.js';

describe('shopify', () => {
  providerRules(shopify);

  it('wants 401 for a wrong signature, and an answer within five seconds', async () => {
    const { contract } = await resolved(shopify);
    expect(contract.webhook).toMatchObject({ refused: [401], ackMs: 5_000, maxDeliveries: 9 });
  });

  it('asks for the topics, the first of which the sample is', async () => {
    const mine = { contract: { webhook: { events: ['products/update'] } } };
    expect((await resolved(shopify, mine)).contract.webhook?.events).toEqual(['products/update']);
  });
});
