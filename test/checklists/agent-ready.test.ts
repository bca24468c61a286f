// The list of ours: every line is decided by what is observed, and each side of it can fail.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import agentReady from '../../src/checklists/agent-ready.js';
import { askedOf, providersOf } from '../../src/checklists/asked.js';
import { checklistsOf } from '../../src/checklists/index.js';
import { CHECKS } from '../../src/checks/index.js';
import { type ResolvedTarget, resolveSource } from '../../src/config/load.js';
import { CLIENTS, GOOD_CLIENT, notApplicableTo } from '../../src/sandbox/clients.js';
import { DEFECTS } from '../../src/sandbox/defects.js';

const folder = mkdtempSync(join(tmpdir(), 'golive-agent-ready-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const LINES = agentReady.lines.map((line) => [line.id, line] as const);
const kindOf = (id: string) => CHECKS.find((one) => one.id === id)?.kind;
const failing = new Set<string>([...Object.values(DEFECTS), ...Object.values(CLIENTS)].flatMap(({ flips }) => flips));

describe('the lines', () => {
  it('are few', () => {
    expect(agentReady.lines.length).toBeGreaterThanOrEqual(12);
    expect(agentReady.lines.length).toBeLessThanOrEqual(16);
  });

  it.each(LINES)('%s rests on the API and the client alone, so nothing is asked to be stated', (_, { checks }) => {
    expect(checks.map(kindOf).filter((kind) => kind !== 'endpoint' && kind !== 'client')).toEqual([]);
    expect(askedOf({ extends: ['agent-ready'], contract: {} })).toEqual([]);
  });

  it.each(LINES)('%s fails, on each of its sides, under a known defect or with a known sin', (_, { checks }) => {
    for (const kind of new Set(checks.map(kindOf)))
      expect(checks.filter((id) => kindOf(id) === kind && failing.has(id)).length, kind).toBeGreaterThan(0);
  });

  it.each(LINES)('%s is answered whole by the client of the demo', (_, { checks }) => {
    expect(CLIENTS[GOOD_CLIENT].flips).toEqual([]);
    expect(checks.filter((id) => notApplicableTo(GOOD_CLIENT).includes(id))).toEqual([]);
  });
});

describe('which lists a target follows', () => {
  const listsOf = (target: ResolvedTarget) => checklistsOf(providersOf(target)).map(({ provider }) => provider);

  async function target(raw: object): Promise<ResolvedTarget> {
    const source = { file: join(folder, 'golive-check.json'), raw, placeOf: async () => null };
    const [one] = await resolveSource(source, { cwd: folder, environment: {}, allowMissing: true });
    if (one === undefined) throw new Error('expected a target');
    return one;
  }

  it.each([
    [['agent-ready'], ['agent-ready']],
    [['ietf', 'agent-ready'], ['agent-ready']],
    [
      ['runa', 'agent-ready'],
      ['runa', 'agent-ready'],
    ],
    [
      ['agent-ready', 'runa'],
      ['runa', 'agent-ready'],
    ],
    [['ietf'], []],
  ])('extends %j: %j', async (names, lists) => {
    expect(listsOf(await target({ extends: names }))).toEqual(lists);
  });

  it('those that a layer of a team names, too', async () => {
    writeFileSync(join(folder, 'base.json'), JSON.stringify({ extends: ['runa', 'agent-ready'] }));
    writeFileSync(join(folder, 'team.json'), JSON.stringify({ extends: './base.json', contract: { name: 'ours' } }));
    const one = await target({ extends: ['./team.json', 'runa'] });
    expect(listsOf(one)).toEqual(['runa', 'agent-ready']);
    expect(one.extends).toEqual(['./team.json', 'runa', 'agent-ready']);
  });
});
