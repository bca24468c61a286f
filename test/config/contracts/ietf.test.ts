import { describe, expect, it } from 'vitest';
import ietf from '../../../src/config/contracts/ietf.js';
import { providerRules, resolved } from '../../helpers/provider.js';

describe('ietf', () => {
  providerRules(ietf);

  it('quotes the key, and accepts what real providers answer beside the 422 of the draft', async () => {
    const { idempotency } = (await resolved(ietf)).contract;
    expect([idempotency?.quoted, idempotency?.changedBody]).toEqual([true, [422, 409, 400]]);
  });
});
