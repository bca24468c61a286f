import { describe, expect, it } from 'vitest';
import printOne from '../../../src/config/contracts/print-one.js';
import { countsAsLive } from '../../../src/config/environments.js';
import { providerRules, resolved } from '../../helpers/provider.js';

describe('print-one', () => {
  providerRules(printOne);

  it('locks writes until the key is known for a test key: the host serves both', async () => {
    const live = async (key: string, raw: object = {}) => {
      const { config, contract } = await resolved(printOne, raw, key);
      return config.endpoint !== undefined && countsAsLive(config.endpoint, contract);
    };
    expect(await live('live_0123456789')).toBe(true);
    expect(await live('test_0123456789')).toBe(false);
    const untold = { contract: { environments: { sandbox: { keyPrefixes: [] } } } };
    expect(await live('test_0123456789', untold)).toBe(true);
  });

  it('takes keys of 255 characters for 24 hours on POST and PATCH, and none on reads', async () => {
    const { idempotency } = (await resolved(printOne)).contract;
    expect(idempotency).toMatchObject({
      maxLength: 255,
      windowMs: 86_400_000,
      methods: ['POST', 'PATCH'],
      noneOnReads: true,
    });
  });

  it('advises opaque keys and meaningful ones, and signs under either header name', async () => {
    const { contract } = await resolved(printOne);
    expect(contract.idempotency?.style).toEqual(['opaque', 'meaningful']);
    expect(contract.webhook?.header).toEqual(['x-printone-hmac-sha256', 'x-webhook-hmac-sha256']);
    expect(contract.webhook?.scheme).toBe('hmac-base64');
  });

  it('leaves the refusal of another body open: any 4xx', async () => {
    expect((await resolved(printOne)).contract.idempotency?.changedBody).toBeUndefined();
  });
});
