// A provider's list from end to end: the built command line against the sandbox, under a contract that bears the name.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import agentReady from '../../src/checklists/agent-ready.js';
import { CHECKS } from '../../src/checks/index.js';
import type { TargetInput } from '../../src/config/schema.js';
import type { Report } from '../../src/report/schema.js';
import { sandboxConfig, sandboxVariables } from '../../src/sandbox/config.js';
import { startSandbox } from '../../src/sandbox/server.js';
import { reportOf, runCli } from '../helpers/cli.js';

const folder = mkdtempSync(join(tmpdir(), 'golive-lists-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function judged(
  changes: Partial<TargetInput>,
  words: readonly string[] = [],
  defects: Parameters<typeof startSandbox>[0] = {},
): Promise<Report> {
  const sandbox = await startSandbox(defects);
  try {
    const base = sandboxConfig(sandbox) as TargetInput;
    writeFileSync(join(folder, 'layer.json'), JSON.stringify({ contract: { ...base.contract, name: 'runa' } }));
    const config = { ...base, contract: undefined, extends: ['ietf', './layer.json'], ...changes };
    writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
    return await reportOf(['run', '-c', join(folder, 'config.json'), ...words], sandboxVariables(sandbox.keys));
  } finally {
    await sandbox.close();
  }
}

const lineOf = (report: Report, item: string) => report.checklist.find((one) => one.item === item);
/** Without it, Runa opens no production. */
const CLEARED = {
  attestations: {
    'completes-provider-onboarding': {
      by: 'Dana Example',
      evidence: 'https://wiki.example.com/runa',
      until: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
    },
  },
};
const BROKEN = { defects: ['replays-but-creates'] } as const;

describe('a run under a contract that a provider list belongs to', () => {
  it('answers what the endpoint can answer and leaves the rest open, adding up', async () => {
    const { checklist, coverage, verdict } = await judged(CLEARED);
    expect(verdict).toBe('go');
    expect(checklist.map(({ item }) => item)).toEqual(Array.from({ length: 13 }, (_, at) => `R${at + 1}`));
    const { items, observed, scanned, attested, open, information } = coverage;
    expect(items).toBe(13);
    expect(observed + scanned + attested + open + information).toBe(items);
    expect(lineOf({ checklist } as Report, 'R11')).toMatchObject({ outcome: 'pass', inPart: false });
    expect(lineOf({ checklist } as Report, 'R5')).toMatchObject({ outcome: 'pass', inPart: true });
    expect(lineOf({ checklist } as Report, 'R5')?.notConfigured).toContain('keeps-key-across-retries');
  });

  it('is undecided while a blocker that the provider asks to be stated is not', async () => {
    const { checks, verdict, exitCode } = await judged({});
    expect([verdict, exitCode]).toEqual(['undecided', 3]);
    const asked = checks.filter(({ kind, outcome }) => kind === 'attestation' && outcome === 'inconclusive');
    expect(asked.map(({ id, severity }) => `${id} ${severity}`).toSorted()).toEqual([
      'completes-provider-onboarding blocker',
      'follows-the-changelog major',
      'restricts-addresses major',
      'stores-secrets-in-a-manager major',
    ]);
  });

  it('fails the line of what failed, and no other', async () => {
    const { checklist, exitCode } = await judged({}, [], BROKEN);
    expect(checklist.filter(({ outcome }) => outcome === 'fail').map(({ item }) => item)).toEqual(['R5']);
    expect(exitCode).toBe(1);
  });

  it('never lets a waived failure look like a pass', async () => {
    const waivers = [{ check: 'creates-once-on-replay', reason: 'Known', by: 'dana', until: '2999-01-01' }];
    const report = await judged({ ...CLEARED, waivers }, [], BROKEN);
    expect(lineOf(report, 'R5')).toMatchObject({ outcome: 'waived', basis: 'observed' });
    expect(report.exitCode).toBe(0);
  });

  it('runs the checks of one line alone', async () => {
    const report = await judged({}, ['--only', 'R6']);
    expect(report.checks.map(({ id }) => id).toSorted()).toEqual(['requires-idempotency-key', 'sends-idempotency-key']);
    expect(lineOf(report, 'R5')).toMatchObject({ outcome: 'open', basis: null, checks: [] });
  });

  it('takes names with commas between them, too', async () => {
    const report = await judged({}, ['--only', 'R6,accepts-valid-key', 'marks-replays']);
    const asked = ['accepts-valid-key', 'marks-replays', 'requires-idempotency-key', 'sends-idempotency-key'];
    expect(report.checks.map(({ id }) => id).toSorted()).toEqual(asked);
  });

  it('shows no list of a provider that was not asked for', async () => {
    const { contract } = sandboxConfig({ url: 'http://127.0.0.1' }) as TargetInput;
    const { checklist, coverage } = await judged({ extends: 'ietf', contract }, ['--only', 'accepts-valid-key']);
    expect(checklist).toEqual([]);
    expect(coverage.items).toBe(0);
  });
});

describe('demo --as agent-ready', () => {
  const kinds = new Map<string, string>(CHECKS.map(({ id, kind }) => [id, kind]));

  it('plays the usual sandbox, which answers all that a line asks of the API', async () => {
    const { checklist, verdict, target } = await reportOf(['demo', '--as', 'agent-ready', '--only', 'endpoint'], {});
    expect([target.name, target.extends, verdict]).toEqual(['demo', ['ietf', 'agent-ready'], 'go']);
    expect(checklist.map(({ item }) => item)).toEqual(agentReady.lines.map(({ id }) => id));
    for (const { item, checks, outcome, notConfigured, notRun } of checklist) {
      expect(outcome, item).toBe(checks.length === 0 ? 'open' : 'pass');
      expect(notConfigured, item).toEqual([]);
      expect(notRun.filter((id) => kinds.get(id) !== 'client')).toEqual([]);
    }
  });

  it('fails the line of a defect', async () => {
    const words = ['demo', '--as', 'agent-ready', '--only', 'A15,A16', '--defect', 'accepts-revoked-key'];
    const { checklist, coverage, exitCode } = await reportOf(words, {});
    expect(exitCode).toBe(1);
    expect(checklist.slice(-2).map(({ item, outcome }) => [item, outcome])).toEqual([
      ['A15', 'pass'],
      ['A16', 'fail'],
    ]);
    expect(coverage).toMatchObject({ items: 16, observed: 2, open: 14, inPart: 0 });
  });
});

const run = (words: readonly string[]) => runCli(words, folder);

describe('the lists on the command line', () => {
  it('explain prints a whole list by its name, as list --provider does', async () => {
    const { stdout } = await run(['explain', 'agent-ready']);
    expect(stdout).toMatch(/^Agent-ready: .+ \(16 lines\)\n\nA1 /);
    expect((await run(['list', '--provider', 'agent-ready'])).stdout).toBe(stdout);
    expect((await run(['explain', 'contract', 'agent-ready'])).stdout).toContain('extends: [ietf, agent-ready]');
  });

  it.each([
    [['--provider', 'agent-ready'], '[ietf, agent-ready]'],
    [['--extends', 'agent-ready'], '[ietf, agent-ready]'],
    [['--extends', 'none,agent-ready'], '[none, agent-ready]'],
    [['--extends', 'none', '--provider', 'agent-ready'], '[none, agent-ready]'],
    [['--extends', 'none'], 'none'],
    [[], 'ietf'],
  ])('init %j puts a contract beside the list', async (words, names) => {
    const output = join(folder, 'init.yaml');
    const { code, stderr } = await run(['init', '--force', '--yes', '--output', output, ...words]);
    expect(code, stderr).toBe(0);
    expect(readFileSync(output, 'utf8')).toContain(`\nextends: ${names}  `);
  });

  it('explain prints a line by its id', async () => {
    expect((await run(['explain', 'R5'])).stdout).toContain('R5 · Runa · Before you go live');
  });

  it('list --provider prints the lines, also as JSON', async () => {
    expect((await run(['list', '--provider', 'killb'])).stdout).toContain('KillB: Best practices (50 lines)');
    const rows = JSON.parse((await run(['list', '--provider', 'securbase', '--json'])).stdout) as unknown[];
    expect(rows).toHaveLength(17);
    expect(rows[0]).toMatchObject({ item: 'S1', provider: 'securbase' });
  });

  it.each([
    [['list', '--provider', 'runna'], 'found "runna"; expected one of runa', 'did you mean "runa"?'],
    [['explain', 'agent-redy'], 'no check "agent-redy"', 'did you mean "agent-ready"?'],
    [['demo', '--as', 'agent-redy'], 'found "agent-redy"', 'did you mean "agent-ready"?'],
    [['explain', 'A99'], 'no checklist line "A99"', 'A1 to A16 (agent-ready)'],
    [['explain', 'R55'], 'no checklist line "R55"', 'R1 to R13 (runa)'],
    [['demo', '--only', 'R55'], '--only: found "R55"', 'R5'],
  ])('2 usage: %j', async (words, says, hint) => {
    const { code, stderr } = await run(words);
    expect(code).toBe(2);
    expect(stderr).toContain(says);
    expect(stderr).toContain(hint);
  });
});
