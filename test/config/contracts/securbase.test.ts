import { describe, expect, it } from 'vitest';
import securbase from '../../../src/config/contracts/securbase.js';
import { environmentsOfKey } from '../../../src/config/environments.js';
import { providerRules, resolved } from '../../helpers/provider.js';

describe('securbase', () => {
  providerRules(securbase);

  it('tries three times at most, on 429 and 5xx alone', async () => {
    const { retry } = (await resolved(securbase)).contract;
    expect(retry?.maxAttempts).toBe(3);
    expect(retry?.on?.every((status) => status === 429 || status >= 500)).toBe(true);
    expect(retry?.never).toContain(422);
  });

  it('resets its limit at an epoch in seconds', async () => {
    expect((await resolved(securbase)).contract.rateLimit?.headers?.resetFormat).toBe('epoch-seconds');
  });

  it('tells live from test by the key; a restricted key tells nothing', async () => {
    const { contract } = await resolved(securbase);
    expect(['sk_live_1', 'sk_test_1', 'rk_1'].map((key) => environmentsOfKey(key, contract))).toEqual([
      ['live'],
      ['sandbox'],
      [],
    ]);
  });

  it('names no host: the pages show a placeholder', async () => {
    expect(securbase.layer.contract?.environments?.sandbox).not.toHaveProperty('url');
    expect(securbase.asks.map((ask) => ask.at)).toContain('endpoint.url');
  });
});
