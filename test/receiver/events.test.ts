import { describe, expect, it } from 'vitest';
import { CONTRACTS } from '../../src/config/contracts/index.js';
import { contractSchema, type Webhook } from '../../src/config/schema.js';
import { createSamples } from '../../src/receiver/events.js';
import { schemeOf } from '../../src/webhook/schemes.js';
import { VECTORS } from '../../src/webhook/vectors.js';

const URL = 'http://127.0.0.1:3000/hooks';
const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

/** What a user of that contract has without a word of their own; `more` comes on top. */
async function samplesOf(name: string, more: Partial<Webhook> = {}) {
  const provider = await CONTRACTS[name]?.();
  const { webhook: contract } = contractSchema.parse(provider?.layer.contract ?? {});
  const webhook = { url: URL, secret: SECRET, ...provider?.layer.webhook, ...more } as Webhook;
  const scheme = schemeOf(contract, webhook.event);
  if (typeof scheme === 'string') throw new Error(scheme);
  return { scheme, next: createSamples(webhook, scheme, 'run', contract?.events?.[0]) };
}

describe('events as a provider sends them', () => {
  const providers = ['github', 'killb', 'print-one', 'runa', 'securbase', 'shopify', 'stripe', 'stripe-v2'];

  it.each(providers)('%s: no two are about the same thing, one that is delivered again is the same', async (name) => {
    const { scheme, next } = await samplesOf(name);
    const [first, second] = [next(), next()];
    expect(JSON.stringify(first.event)).not.toContain('{{');
    expect(second.event).not.toEqual(first.event);
    expect(next(first.id).event).toEqual(first.event);
    const [valid] = VECTORS;
    const bodies = [first, second].map((sample) => valid?.deliveries(scheme, sample)[0]?.body);
    expect(new Set(bodies).size).toBe(2);
  });

  it.each([
    ['github', 'X-GitHub-Event', 'push'],
    ['shopify', 'X-Shopify-Topic', 'orders/create'],
  ])('%s: a header names the first of the types', async (name, header, type) => {
    const { scheme, next } = await samplesOf(name);
    const [made] = VECTORS[0]?.deliveries(scheme, next()) ?? [];
    expect(new Map(made?.headers).get(header)).toBe(type);
  });

  it('an id that the sample makes fresh by itself stays as it is written', async () => {
    expect((await samplesOf('runa')).next().event).toMatchObject({ id: expect.stringMatching(/^O-[0-9A-Z]{26}$/) });
    const { next } = await samplesOf('runa', { event: { id: 'O-1' } });
    const sample = next();
    expect(sample.event).toEqual({ id: sample.id });
  });
});
