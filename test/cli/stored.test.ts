// What becomes of reports after their run, through the built tool: report, diff, can-go-live, baseline.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHECKS } from '../../src/checks/index.js';
import { makeTemporaryFolder } from '../../src/files/temporary.js';
import type { Report } from '../../src/report/schema.js';
import { sandboxConfig, sandboxVariables } from '../../src/sandbox/config.js';
import { startSandbox } from '../../src/sandbox/server.js';
import { runCli } from '../helpers/cli.js';

const folder = makeTemporaryFolder('golive-check-stored');
const place = (name: string) => join(folder.path, name);
const git = (...words: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'commit.gpgsign=false', ...words], {
    cwd: folder.path,
    encoding: 'utf8',
  });
const cli = (...words: string[]) => runCli(words, folder.path);
const reportIn = (name: string) => JSON.parse(readFileSync(place(name), 'utf8')) as Report;
const store = (name: string, report: object) => writeFileSync(place(name), JSON.stringify(report));

// What is tried here is what becomes of a report: few checks, of which none depends on time.
const KEPT: readonly string[] = ['creates-once-on-replay', 'rejects-wrong-key'];
const OFF = Object.fromEntries(CHECKS.filter(({ id }) => !KEPT.includes(id)).map(({ id }) => [id, 'off']));

let commit = '';
let secrets: string[] = [];

// One run of a sound API, and one of a broken one: all commands read them.
beforeAll(async () => {
  const sound = await startSandbox({ tls: true });
  const broken = await startSandbox({ tls: true, defects: ['replays-but-creates'] });
  mkdirSync(place('reports'));
  for (const [name, sandbox] of [
    ['sound', sound],
    ['broken', broken],
  ] as const) {
    const { endpoint, contract } = sandboxConfig(sandbox) as Record<string, object>;
    store(`${name}.config.json`, { name: 'orders', endpoint, contract, checks: OFF });
  }
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'first');
  commit = git('rev-parse', 'HEAD').trim();
  for (const [name, sandbox] of [
    ['sound', sound],
    ['broken', broken],
  ] as const) {
    const variables = sandboxVariables(sandbox.keys);
    secrets.push(...Object.values(variables));
    const words = [
      'run',
      '-c',
      `${name}.config.json`,
      '--quiet',
      '--state',
      `${name}.state`,
      '--format',
      `json=reports/${name}.json`,
    ];
    const { code, stderr } = await runCli(words, folder.path, variables);
    expect([code, stderr]).toEqual([name === 'sound' ? 0 : 1, '']);
  }
  secrets = [...new Set(secrets)];
  await sound.close();
  await broken.close();
}, 60_000);
afterAll(() => folder.remove());

describe('report', () => {
  it('prints a stored report in other formats, exit 0 whatever it says', async () => {
    const { code, stdout } = await cli(
      'report',
      'reports/broken.json',
      '--format',
      'json',
      '--format',
      'text=again.txt',
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(reportIn('reports/broken.json'));
    expect(readFileSync(place('again.txt'), 'utf8')).toMatch(/^NO-GO {2}1 failed/);
    const refused = await cli('report', 'sound.config.json');
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain(
      'sound.config.json: the file: found other JSON; expected a report of golive-check',
    );
  });
});

describe('diff', () => {
  it('is a gate for what is new', async () => {
    const worse = await cli('diff', 'reports/sound.json', 'reports/broken.json');
    expect(worse.code).toBe(1);
    expect(worse.stdout).toMatch(/^1 new · 0 fixed · 0 still failing · /);
    expect(worse.stdout).toContain('creates-once-on-replay: fail (');
    const better = await cli('diff', 'reports/broken.json', 'reports/sound.json', '--json');
    expect(better.code).toBe(0);
    const found = JSON.parse(better.stdout) as { totals: object; differences: object[] };
    expect(found.totals).toMatchObject({ new: 0, fixed: 1 });
    expect(found.differences).toMatchObject([{ group: 'fixed', target: 'orders', check: 'creates-once-on-replay' }]);
    expect((await cli('diff', 'reports/sound.json', 'none.json')).stderr).toContain(
      'none.json: found nothing that can',
    );
  });
});

describe('can-go-live', () => {
  const ask = (...words: string[]) => cli('can-go-live', ...words, '--environment', 'sandbox');

  it('says yes of the run of this commit alone', async () => {
    expect(reportIn('reports/sound.json').run).toMatchObject({ commit: { id: commit, changed: 0 }, limitedBy: [] });
    const yes = await ask('reports/sound.json', '--commit', commit);
    expect([yes.code, yes.stdout.slice(0, 4), yes.stderr]).toEqual([0, 'YES ', '']);
    expect(await ask('reports/sound.json', 'reports/broken.json', '--commit', commit)).toMatchObject({ code: 1 });
    expect(await ask('reports/sound.json', '--commit', 'd'.repeat(40))).toMatchObject({ code: 3 });
    const missing = await ask('reports/sound.json', '--commit', commit, '--targets', 'orders,payouts', '--json');
    expect(missing.code).toBe(3);
    expect(JSON.parse(missing.stdout)).toMatchObject({
      answer: 'undecided',
      reports: [
        { target: 'orders', answer: 'yes' },
        { target: 'payouts', answer: 'undecided' },
      ],
    });
    const live = await cli('can-go-live', 'reports/sound.json', '--commit', commit, '--environment', 'live');
    expect([live.code, live.stdout]).toEqual([3, expect.stringContaining('of another environment, sandbox')]);
    store('old.json', {
      ...reportIn('reports/sound.json'),
      run: { ...reportIn('reports/sound.json').run, startedAt: '2026-01-01T00:00:00.000Z' },
    });
    expect(await ask('old.json', '--commit', commit, '--max-age', '7d')).toMatchObject({ code: 3 });
  });

  it('is undecided of a demo, and refuses what it cannot understand', async () => {
    await cli('demo', '--only', 'rejects-wrong-key', '--quiet', '--format', 'json=demo.json');
    const { code, stdout } = await ask('demo.json', '--commit', commit);
    expect(code).toBe(3);
    for (const says of ['It is of a demo.', 'the run had --only.', 'of which commit']) expect(stdout).toContain(says);
    for (const [words, says] of [
      [['reports/sound.json'], "required option '--commit <sha>' not specified"],
      [['reports/sound.json', '--commit', 'HEAD'], 'found "HEAD"; expected a commit by at least 7 hexadecimal digits'],
      [
        ['reports/sound.json', '--commit', commit, '--max-age', '24'],
        'expected a time above 0, such as 90m, 24h or 7d',
      ],
      [['reports/*.json', '--commit', commit], 'reports/*.json: found nothing that can be read (ENOENT)'],
      [['reports/sound.json', '--commit', commit, '--fail-on', 'never'], 'expected one of blocker, major, minor'],
    ] as const) {
      const refused = await ask(...words);
      expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining(says)]);
    }
  });
});

describe('baseline', () => {
  it('takes known failures out of the count of a run, and says what is stale', async () => {
    const broken = ['--defect', 'replays-but-creates'];
    const first = await cli(
      'demo',
      '--only',
      'creates-once-on-replay',
      '--quiet',
      ...broken,
      '--format',
      'json=known.json',
    );
    expect(first.code).toBe(1);
    const written = await cli('baseline', 'known.json', '--by', 'dana@example.com', '--output', 'ledger.yaml');
    expect(written).toMatchObject({ code: 0, stdout: '' });
    expect(written.stderr).toContain('wrote ledger.yaml: 1 known failure, 1 new, 0 gone');
    const known = await cli(
      'demo',
      '--only',
      'creates-once-on-replay',
      '--quiet',
      ...broken,
      '--baseline',
      'ledger.yaml',
    );
    expect([known.code, known.stdout]).toEqual([0, expect.stringContaining('In the baseline, known and not mended')]);
    const mended = await cli('demo', '--only', 'creates-once-on-replay', '--quiet', '--baseline', 'known.json');
    expect([mended.code, mended.stdout]).toEqual([0, expect.stringContaining('Stale in the baseline: creates-once-')]);
  });

  it('refuses what is no baseline before anything is sent, and overwrites nothing else', async () => {
    store('wrong.json', { schemaVersion: 1, tool: 'golive-check baseline', version: '1', failures: [{}], knows: [] });
    for (const [words, says] of [
      [['demo', '--baseline', 'none.yaml'], '--baseline: none.yaml: found nothing that can be read (ENOENT)'],
      [['demo', '--baseline', 'sound.config.json'], 'found something else; expected a ledger of golive-check'],
      [['demo', '--baseline', 'wrong.json'], '--baseline: wrong.json:1:'],
      [
        ['baseline', 'reports/sound.json', '--by', 'a', '--output', 'sound.config.json'],
        '--output: sound.config.json:1:1: ',
      ],
      [['baseline', 'reports/sound.json', '--by', secrets[0] ?? ''], '--by: found what looks like a credential'],
    ] as const) {
      const refused = await cli(...words);
      expect([refused.code, refused.stdout, refused.stderr]).toEqual([2, '', expect.stringContaining(says)]);
    }
  });
});

it('no secret of a run stands in anything that is printed or written', async () => {
  const printed = await cli('report', 'reports/broken.json', '--verbose');
  const texts = [printed.stdout, readFileSync(place('reports/broken.json'), 'utf8')];
  for (const text of texts) for (const secret of secrets) expect(text).not.toContain(secret);
});
