// The sandbox as a provider, by the command line.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CONTRACTS } from '../../src/config/contracts/index.js';
import { OPEN_WHEN_BUSY } from '../../src/dev/confusion.js';
import type { Report } from '../../src/report/schema.js';
import { partConfig } from '../../src/sandbox/config.js';
import { PARTS } from '../../src/sandbox/parts/index.js';
import { outcomes, reportOf, runCli } from '../helpers/cli.js';
import { untilJudged } from '../helpers/patient.js';

const folder = mkdtempSync(join(tmpdir(), 'golive-parts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the sandbox as a provider', () => {
  it.each(['demo', 'sandbox'])('%s --as an unknown one is a usage error that names the nearest', async (command) => {
    const { code, stdout, stderr } = await runCli([command, '--as', 'kilb'], folder);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('--as: found "kilb"; expected one of');
    expect(stderr).toContain('did you mean "killb"?');
  });

  it.each(Object.keys(PARTS))('as %s the provider itself is extended', async (name) => {
    const [part, provider] = [await PARTS[name]?.(), await CONTRACTS[name]?.()];
    if (part === undefined || provider === undefined) throw new Error(`${name} is no contract`);
    expect(partConfig(provider, part, { url: 'http://127.0.0.1:9' })).toMatchObject({ extends: name });
  });

  it('a defect that breaks no promise of the provider is said to show nothing', async () => {
    const words = ['demo', '--as', 'killb', '--only', 'accepts-valid-key', '--quiet', '--defect'];
    expect((await runCli([...words, 'sends-no-request-id'], folder)).stderr).toBe(
      'golive-check: sends-no-request-id breaks nothing that killb promises, so no check will fail for it\n',
    );
    expect(await runCli([...words, 'refuses-valid-key'], folder)).toMatchObject({ code: 1, stderr: '' });
  });

  it('a whole list runs without an account: KillB, endpoint, client, receiver, repository and statements', async () => {
    const isOpen = (one: Report) =>
      one.checks.some(({ id, outcome }) => outcome === 'inconclusive' && !OPEN_WHEN_BUSY.includes(id));
    const report = await untilJudged(() => reportOf(['demo', '--as', 'killb'], {}), isOpen);
    const rest = Object.entries(outcomes(report)).filter(([, outcome]) => !outcome.startsWith('pass'));
    expect(
      rest.filter(([id, outcome]) => !outcome.startsWith('inconclusive ') || !OPEN_WHEN_BUSY.includes(id)),
    ).toEqual([]);
    expect(['go', ...(rest.length > 0 ? ['undecided'] : [])]).toContain(report.verdict);
    expect(report.coverage.items).toBe(50);
    expect(report.checklist.filter(({ outcome }) => ['open', 'not-applicable'].includes(outcome))).toEqual([]);
    // No endpoint, client or receiver shows these: a person states them.
    expect(report.checklist.filter(({ basis }) => basis === 'attested').map(({ item }) => item)).toEqual(
      expect.arrayContaining(['K3', 'K4', 'K8', 'K24', 'K25', 'K26', 'K38', 'K42', 'K44', 'K49']),
    );
    expect(report.checklist.filter(({ basis }) => basis === 'scanned').map(({ item }) => item)).toEqual([
      'K1',
      'K2',
      'K10',
      'K48',
    ]);
    for (const item of ['K9', 'K12', 'K16', 'K27', 'K33', 'K34', 'K40', 'K45', 'K46'])
      expect(report.checklist.find((line) => line.item === item)?.outcome, item).toBe('pass');
  });
});
