import { describe, expect, it } from 'vitest';
import { CONTRACTS } from '../../src/config/contracts/index.js';
import { contractSchema } from '../../src/config/schema.js';
import { SCHEME_NAMES } from '../../src/webhook/scheme.js';
import { SCHEMES, schemeOf } from '../../src/webhook/schemes.js';
import { type Case, EVENT, schemeFrom } from './receivers.js';

type Contract = Case['contract'];

describe('schemeOf', () => {
  it('gives a named scheme as it is, but for where the sample has its type', () => {
    for (const scheme of SCHEME_NAMES.filter((name) => SCHEMES[name].headers.length > 0))
      expect(schemeFrom({ scheme }, {})).toEqual(SCHEMES[scheme]);
    expect(schemeFrom({ scheme: 'stripe' }).type).toEqual({ pointer: '/type' });
    expect(schemeFrom({ scheme: 'svix' }, { event_type: 'a', topic: 'b' }).type).toEqual({ pointer: '/event_type' });
    expect(schemeFrom({ scheme: 'github' }, EVENT).type).toEqual({ header: 'X-GitHub-Event' });
  });

  it('lays each member of the contract over it', () => {
    const contract: Contract = {
      scheme: 'standard',
      header: ['a-sig', 'b-sig'],
      timestampHeader: 'a-at',
      algorithm: 'sha512',
      encoding: 'hex',
      signs: '{timestamp}:{url}:{body}',
      value: 't={timestamp};v2={signature}',
      further: ';v2={signature}',
      secretEncoding: 'utf8',
      secretPrefix: 'sec_',
      timestampUnit: 'ms',
      toleranceMs: 1000,
      future: 'accepted',
      id: 'a-id',
      type: 'x-type',
      changing: ['/attempt'],
    };
    expect(schemeOf(contractSchema.parse({ webhook: contract }).webhook)).toEqual({
      name: 'Standard Webhooks',
      headers: ['a-sig', 'b-sig'],
      algorithm: 'sha512',
      encoding: 'hex',
      signs: '{timestamp}:{url}:{body}',
      value: 't={timestamp};v2={signature}',
      further: ';v2={signature}',
      version: 'v2',
      secret: { encoding: 'utf8', prefix: 'sec_' },
      timestamp: { header: 'a-at', unit: 'ms', toleranceMs: 1000, future: 'accepted' },
      id: { header: 'a-id' },
      type: { header: 'x-type' },
      changing: ['/attempt'],
    });
  });

  it('makes one of nothing but members', () => {
    const scheme = schemeFrom(
      { header: 'x', encoding: 'base64', signs: '{timestamp}{body}', timestampHeader: 'x-at' },
      {},
    );
    expect(scheme.timestamp).toEqual({ header: 'x-at', unit: 's', toleranceMs: 300_000, future: 'refused' });
    expect([scheme.version, scheme.further, scheme.id, scheme.type]).toEqual([null, null, null, null]);
    expect(schemeFrom({ header: 'x', encoding: 'hex', value: 't={timestamp},v0={signature}' }).version).toBe('v0');
  });

  it.each<[Contract | undefined, RegExp]>([
    [undefined, /^contract\.webhook\.scheme \(or header and encoding\)$/],
    [{}, /^contract\.webhook\.scheme \(or header and encoding\)$/],
    [{ encoding: 'hex' }, /^contract\.webhook\.scheme/],
    [{ header: 'x' }, /^contract\.webhook\.encoding \(hex or base64\)$/],
    [{ scheme: 'hmac-hex' }, /^contract\.webhook\.header$/],
    [{ scheme: 'hmac-hex', header: 'x', signs: '{id}{body}' }, /^contract\.webhook\.id: signs names \{id\}$/],
    [{ scheme: 'hmac-hex', header: 'x', signs: '{timestamp}{body}' }, /^contract\.webhook\.timestampHeader/],
    [
      { scheme: 'stripe', value: 'v1={signature}' },
      /^contract\.webhook\.timestampHeader \(or \{timestamp\} in value\)/,
    ],
    [{ scheme: 'stripe', value: 't={timestamp}' }, /^contract\.webhook\.value with \{signature\}$/],
    [{ scheme: 'stripe', further: ',v1' }, /^contract\.webhook\.further with \{signature\}$/],
    [{ scheme: 'svix', signs: '{id}.{time}.{body}' }, /^contract\.webhook\.signs without \{time\} \(known: \{body\}, /],
    [{ scheme: 'stripe', value: '{sig}' }, /^contract\.webhook\.value without \{sig\}/],
    [
      { scheme: 'github', id: 'no header' },
      /^contract\.webhook\.id \(a header name, or a JSON Pointer such as \/id\)$/,
    ],
    [{ scheme: 'github', type: '' }, /^contract\.webhook\.type \(a header name/],
    [{ scheme: 'svix', id: '/id' }, /^contract\.webhook\.id as a header name such as svix-id: Svix signs/],
  ])('says what must be configured: %j', (contract, words) => {
    expect(schemeOf(contract && contractSchema.parse({ webhook: contract }).webhook)).toMatch(words);
  });

  it('reads the built-in contracts', async () => {
    const names: Record<string, unknown> = {};
    for (const [id, load] of Object.entries(CONTRACTS)) {
      const { webhook } = contractSchema.parse((await load()).layer.contract ?? {});
      if (webhook === undefined) continue;
      const scheme = schemeOf(webhook);
      names[id] = typeof scheme === 'string' ? scheme : scheme.name;
    }
    expect(names).toMatchObject({
      runa: 'Svix',
      'print-one': 'HMAC in base64',
      securbase: 'HMAC in hex',
      killb: 'HMAC in hex',
      stripe: 'Stripe',
    });
    for (const name of Object.values(names)) expect(name).not.toMatch(/^contract\./);
  });
});
