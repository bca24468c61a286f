import { describe, expect, it } from 'vitest';
import github from '../../../src/config/contracts/github.js';
import { schemeOf } from '../../../src/webhook/schemes.js';
import { providerRules, resolved } from '../../helpers/provider.js';

describe('github', () => {
  providerRules(github);

  it('names id and type in headers, beside a body that says neither', async () => {
    const { config, contract } = await resolved(github, {}, undefined);
    expect(schemeOf(contract.webhook, config.webhook?.event)).toMatchObject({
      name: 'GitHub',
      timestamp: null,
      id: { header: 'X-GitHub-Delivery' },
      type: { header: 'X-GitHub-Event' },
    });
    expect(contract.webhook?.ackMs).toBe(10_000);
  });

  it('says nothing of an API', async () => {
    const { config } = await resolved(github);
    expect([config.endpoint, config.client]).toEqual([undefined, undefined]);
  });
});
