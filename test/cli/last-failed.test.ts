// Which of a config's targets and checks run: --target and --last-failed, through the built tool.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import type { JointReport, Report } from '../../src/report/schema.js';
import { sandboxConfig, sandboxVariables } from '../../src/sandbox/config.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { runCli } from '../helpers/cli.js';

const root = mkdtempSync(join(tmpdir(), 'golive-last-failed-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const BREAKS = 'creates-once-on-replay';
const HOLDS = 'rejects-wrong-key';
const BOTH = ['--only', BREAKS, HOLDS];

/** A folder with one config, whose API a test may exchange. */
function project() {
  const folder = mkdtempSync(join(root, 'project-'));
  let variables: Record<string, string> = {};
  return {
    folder,
    write(sandbox: Sandbox, config: object) {
      variables = sandboxVariables(sandbox.keys);
      writeFileSync(join(folder, 'golive-check.json'), JSON.stringify(config));
    },
    async run(...words: string[]) {
      const { code, stdout, stderr } = await runCli(
        ['run', '-c', 'golive-check.json', '--json', ...words],
        folder,
        variables,
      );
      const report = stdout === '' ? null : (JSON.parse(stdout) as Report | JointReport);
      const reports = report === null ? [] : 'targets' in report ? report.targets : [report];
      const ran = reports.map(({ target, checks }) => [target.name, ...checks.map(({ id }) => id).toSorted()]);
      return { code, stderr, ran };
    },
  };
}

async function sandboxes() {
  const broken = await startSandbox({ defects: ['replays-but-creates'] });
  const sound = await startSandbox({});
  onTestFinished(async () => {
    await broken.close();
    await sound.close();
  });
  return { broken, sound };
}

describe('--last-failed', () => {
  it('runs what failed until it passes, and then everything', async () => {
    const { broken, sound } = await sandboxes();
    const { write, run, folder } = project();
    write(broken, { ...sandboxConfig(broken), name: 'orders' });
    const none = await run('--last-failed', ...BOTH);
    expect(none).toMatchObject({ code: 2, ran: [] });
    expect(none.stderr).toContain('--last-failed: no earlier run of this config is known');
    expect(await run(...BOTH)).toMatchObject({ code: 1, ran: [['orders', BREAKS, HOLDS]] });
    const again = await run('--last-failed');
    expect(again).toMatchObject({ code: 1, ran: [['orders', BREAKS]] });
    expect(again.stderr).toContain('running the one check that failed or stayed open in the run of 2');
    expect(await run('--last-failed', '--only', HOLDS)).toMatchObject({ code: 2, ran: [] });
    write(sound, { ...sandboxConfig(sound), name: 'orders' });
    expect(await run('--last-failed')).toMatchObject({ code: 0, ran: [['orders', BREAKS]] });
    const all = await run('--last-failed', ...BOTH);
    expect(all).toMatchObject({ code: 0, ran: [['orders', BREAKS, HOLDS]] });
    expect(all.stderr).toContain('nothing failed or stayed open in the last run: running everything');
    const [kept] = readdirSync(join(folder, 'golive-check', 'last-runs'));
    const text = readFileSync(join(folder, 'golive-check', 'last-runs', String(kept)), 'utf8');
    for (const secret of Object.values(sandboxVariables(sound.keys))) expect(text).not.toContain(secret);
  });

  it('takes a JSON report, and says where a file is none', async () => {
    const { broken } = await sandboxes();
    const { write, run, folder } = project();
    write(broken, { ...sandboxConfig(broken), name: 'orders' });
    await run(...BOTH, '--format', 'json=report.json', '--format', 'text=report.txt');
    rmSync(join(folder, 'golive-check'), { recursive: true });
    expect(await run('--last-failed', 'report.json')).toMatchObject({ code: 1, ran: [['orders', BREAKS]] });
    for (const [path, says] of [
      ['report.txt', 'report.txt is not a JSON report of golive-check'],
      ['none.json', 'none.json cannot be read (ENOENT)'],
    ] as const) {
      const { code, stderr } = await run('--last-failed', path);
      expect([code, stderr]).toEqual([2, expect.stringContaining(`--last-failed: ${says}`)]);
    }
  });

  it('leaves out a target in which nothing failed, and runs one that is new', async () => {
    const { broken } = await sandboxes();
    const { write, run } = project();
    const one = sandboxConfig(broken);
    const sound = { ...one, checks: { [BREAKS]: 'off' } };
    write(broken, { targets: { orders: one, payouts: sound } });
    await run(...BOTH);
    write(broken, { targets: { orders: one, payouts: sound, refunds: sound } });
    const { ran, stderr } = await run('--last-failed', ...BOTH);
    expect(ran).toEqual([
      ['orders', BREAKS],
      ['refunds', HOLDS],
    ]);
    expect(stderr).toContain('payouts: nothing failed or stayed open in its last run: not run');
    expect(stderr).toContain('refunds: no earlier run is known: running everything');
  });
});

describe('--target', () => {
  it('runs the named targets, and asks for no variable of the others', async () => {
    const { sound } = await sandboxes();
    const { write, run } = project();
    const one = sandboxConfig(sound);
    const unset = { extends: 'ietf', endpoint: { url: sound.url, key: '${NOT_SET_ANYWHERE}' } };
    write(sound, { targets: { orders: one, payouts: one, refunds: unset } });
    expect(await run('--target', 'orders', '--only', HOLDS)).toMatchObject({ code: 0, ran: [['orders', HOLDS]] });
    const { ran } = await run('--target', 'payouts', '--target', 'orders', '--only', HOLDS);
    expect(ran).toEqual([
      ['orders', HOLDS],
      ['payouts', HOLDS],
    ]);
  });

  it('suggests the name that is near', async () => {
    const { sound } = await sandboxes();
    const { write, run } = project();
    write(sound, { targets: { orders: sandboxConfig(sound), payouts: sandboxConfig(sound) } });
    const { code, stderr } = await run('--target', 'payout');
    expect(code).toBe(2);
    expect(stderr).toContain('--target: found "payout"; expected one of orders, payouts; did you mean "payouts"?');
    write(sound, { ...sandboxConfig(sound), name: 'orders' });
    expect(await run('--target', 'order')).toMatchObject({ code: 2, ran: [] });
    expect(await run('--target', 'orders', '--only', HOLDS)).toMatchObject({ code: 0, ran: [['orders', HOLDS]] });
  });

  it('is known to plan', async () => {
    const { sound } = await sandboxes();
    const { write, folder } = project();
    write(sound, { targets: { east: sandboxConfig(sound), west: sandboxConfig(sound) } });
    const { code, stdout } = await runCli(['plan', '-c', 'golive-check.json', '--target', 'west'], folder);
    expect([code, /\bwest\b/.test(stdout), /\beast\b/.test(stdout)]).toEqual([0, true, false]);
  });
});
