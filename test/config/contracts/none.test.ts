import { describe, expect, it } from 'vitest';
import none from '../../../src/config/contracts/none.js';
import { providerRules, resolved } from '../../helpers/provider.js';

describe('none', () => {
  providerRules(none);

  it('promises nothing', async () => {
    const { idempotency, errors, version } = (await resolved(none)).contract;
    expect([idempotency, errors, version]).toEqual([undefined, undefined, undefined]);
  });
});
