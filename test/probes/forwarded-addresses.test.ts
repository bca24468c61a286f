import { describe, expect, it } from 'vitest';
import type { ResolvedTarget } from '../../src/config/load.js';
import { contractSchema, targetSchema } from '../../src/config/schema.js';
import type { AddressesEvidence } from '../../src/evidence/map.js';
import { type Api, createApi } from '../../src/probes/api.js';
import type { Fill } from '../../src/probes/call.js';
import type { ProbeContext } from '../../src/probes/define.js';
import probe from '../../src/probes/endpoint/forwarded-addresses.js';
import { exchange } from '../helpers/exchange.js';
import { OUTSIDE, readFrom } from '../helpers/vantage.js';

type Egress = Record<string, { via?: string; listed: boolean; address?: string }>;

function apiWith(egress: Egress): Api {
  const endpoint = { url: 'https://api.example.com/v1', key: 'k', operations: { read: { path: '/ping' } }, egress };
  const config = targetSchema.parse({ endpoint });
  const api = createApi(
    { config, contract: contractSchema.parse({ auth: { headers: [{ name: 'X-Api-Key' }] } }) } as ResolvedTarget,
    null,
  );
  if (api === null) throw new Error('no endpoint');
  return api;
}

/** The headers that it forges, given what the vantage points were answered. */
async function forged(api: Api, vantages: AddressesEvidence['vantages']) {
  const sent: Fill[] = [];
  const context = {
    api,
    evidence: () => ({ vantages }),
    send: async (label: string, fill: Fill) => {
      sent.push(fill);
      return exchange({ id: label, status: 403 });
    },
  } as unknown as ProbeContext;
  const { tries } = await probe.run(context);
  return { headers: sent.map((one) => one.headers), addresses: [...new Set(tries.map((one) => one.address))] };
}

const outside = { via: 'http://proxy:3128', listed: false };
const seenBy = (name: string, via: string, remoteAddress: string) => {
  const one = readFrom(name, { via });
  return { ...one, call: { ...one.call, remoteAddress } };
};

describe('forged addresses', () => {
  it('stand in each header as that writes them', async () => {
    const api = apiWith({ office: { listed: true, address: '203.0.113.7' }, outside });
    const { headers } = await forged(api, [readFrom('office', { address: '203.0.113.7' }), OUTSIDE]);
    expect(headers).toEqual([
      { 'X-Forwarded-For': '203.0.113.7' },
      { Forwarded: 'for=203.0.113.7' },
      { 'X-Real-IP': '203.0.113.7' },
      { 'CF-Connecting-IP': '203.0.113.7' },
    ]);
    const six = await forged(api, [readFrom('office', { address: '2001:db8::7' }), OUTSIDE]);
    expect(six.headers[1]).toEqual({ Forwarded: 'for="[2001:db8::7]"' });
  });

  it.each([
    ['a public one of this machine', '203.0.113.7', '192.0.2.10:443', ['203.0.113.7']],
    ['a private one towards a private API', '192.168.1.5', '10.0.0.1:443', ['192.168.1.5']],
    ['a private IPv6 one towards a private API', 'fd00::5', 'fd00::1:443', ['fd00::5']],
  ])('are taken from %s', async (_, via, remote, addresses) => {
    const api = apiWith({ office: { via, listed: true }, outside });
    expect((await forged(api, [seenBy('office', via, remote), OUTSIDE])).addresses).toEqual(addresses);
  });

  it('are unknown where a private address is translated on its way', async () => {
    const api = apiWith({ office: { via: '192.168.1.5', listed: true }, outside });
    await expect(forged(api, [seenBy('office', '192.168.1.5', '192.0.2.10:443'), OUTSIDE])).rejects.toMatchObject({
      why: 'not-configured',
    });
  });

  it('are not tried where no listed vantage point was served, or none was refused', async () => {
    const api = apiWith({ office: { listed: true, address: '203.0.113.7' }, outside });
    const listed = { address: '203.0.113.7' };
    expect((await forged(api, [readFrom('office', { ...listed, status: 401 }), OUTSIDE])).headers).toEqual([]);
    const served = readFrom('outside', { listed: false });
    expect((await forged(api, [readFrom('office', listed), served])).headers).toEqual([]);
  });

  it('are planned only where the config names both sides', () => {
    expect(probe.calls(apiWith({ office: { listed: true, address: '203.0.113.7' } }))).toMatchObject({
      lacking: expect.stringMatching(/listed: false/),
    });
    expect(probe.calls(apiWith({ office: { listed: true }, outside }))).toMatchObject({
      lacking: expect.stringMatching(/address under which the API sees/),
    });
    expect(Object.keys(probe.calls(apiWith({ office: { via: '192.0.2.7', listed: true }, outside })))).toHaveLength(4);
  });
});
