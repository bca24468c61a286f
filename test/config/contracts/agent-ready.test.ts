// A list that stands beside a contract: it adds its lines, and nothing to what is promised.
import { describe, expect, it } from 'vitest';
import agentReady from '../../../src/config/contracts/agent-ready.js';
import { type ResolvedTarget, resolveSource } from '../../../src/config/load.js';

async function target(...names: string[]): Promise<ResolvedTarget> {
  const raw = { extends: names, endpoint: { url: 'https://api.example.com' } };
  const source = { file: '/nowhere/golive-check.json', raw, placeOf: async () => null };
  const [one, ...others] = await resolveSource(source, { cwd: '/nowhere', environment: {}, allowMissing: true });
  if (one === undefined || others.length > 0) throw new Error('expected one target');
  return one;
}

describe('agent-ready', () => {
  it('sets nothing, and states nothing', () => {
    expect([agentReady.layer, agentReady.facts]).toEqual([{}, []]);
  });

  it('alone promises what none does', async () => {
    const { name: _, sources: __, ...nothing } = (await target('none')).contract;
    expect((await target('agent-ready')).contract).toEqual(nothing);
  });

  it.each([
    'ietf',
    'runa',
    'killb',
    'stripe',
  ])('beside %s, on either side, changes neither contract nor name', async (name) => {
    const alone = await target(name);
    for (const names of [
      [name, 'agent-ready'],
      ['agent-ready', name],
    ]) {
      const both = await target(...names);
      expect(both.contract).toEqual(alone.contract);
      expect(both.config.endpoint).toEqual(alone.config.endpoint);
      expect(both.name).toBe(alone.name);
      expect(both.extends).toEqual(names);
    }
  });
});
