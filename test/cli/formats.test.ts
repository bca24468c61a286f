// Reports as files, and what a job on GitHub sees, from the built tool.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Log } from 'sarif';
import { parse } from 'test-results-parser';
import { afterAll, describe, expect, it } from 'vitest';
import { withoutCommands } from '../../src/cli/github.js';
import { FORMAT_NAMES } from '../../src/report/formats.js';
import type { Report } from '../../src/report/schema.js';
import { runCli } from '../helpers/cli.js';
import { ENCODINGS } from '../helpers/encodings.js';
import { httpAnswer, startPeer } from '../helpers/peer.js';

const EVIDENCE = fileURLToPath(new URL('../../fixtures/evidence/three-defects.json', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'golive-cli-formats-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const judge = (words: readonly string[], env: Record<string, string> = {}) =>
  runCli(['judge', EVIDENCE, ...words], folder, env);
const onGithub = (summary: string) => ({ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(folder, summary) });
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

it('each format is a file beside the report on standard output', async () => {
  const { code, stdout, stderr } = await judge([
    '--json',
    ...FORMAT_NAMES.map((name) => `--format=${name}=all.${name}`),
  ]);
  const report = JSON.parse(stdout) as Report;
  expect([code, stderr]).toEqual([report.exitCode, '']);
  for (const name of FORMAT_NAMES) expect(read(`all.${name}`).length, name).toBeGreaterThan(100);
  // A second reader of JUnit beside the one of the property test.
  expect(parse({ type: 'junit', files: [join(folder, 'all.junit')] })).toMatchObject({
    total: report.checks.length,
    failed: report.totals.fail,
    errors: report.totals.inconclusive + report.totals.error,
    skipped: report.totals['not-applicable'] + report.totals.waived,
    status: 'FAIL',
  });
});

describe('a job on GitHub', () => {
  it('gets annotations on stderr and a summary, and the report alone on stdout', async () => {
    writeFileSync(join(folder, 'summary.md'), 'before\n');
    const { code, stdout, stderr } = await judge(['--json'], onGithub('summary.md'));
    const { verdict, exitCode } = JSON.parse(stdout) as Report;
    expect([code, verdict]).toEqual([exitCode, 'no-go']);
    expect(stderr).toMatch(/^::error title=.+\n/);
    expect(stderr).toMatch(/\n::notice title=golive-check%3A no-go::.*exit code 1\n$/);
    expect(read('summary.md')).toMatch(/^before\n\n## ❌ NO-GO/);
  });

  it.each([
    ['with --no-github', ['--no-github'], 'none.md', ''],
    ['and no word of GitHub elsewhere', [], '', ''],
  ])('gets neither %s', async (_, words, summary, told) => {
    const { stderr } = await judge([...words, '--json'], summary === '' ? {} : onGithub(summary));
    expect(stderr).toBe(told);
    expect(existsSync(join(folder, 'none.md'))).toBe(false);
  });

  it('is told once of what was asked for by name', async () => {
    const { stdout, stderr } = await judge(['--format', 'github'], onGithub('once.md'));
    expect(stdout).toMatch(/^::error /);
    expect(stderr).toBe('');
  });

  it.each([
    'nowhere/summary.md',
    'a-folder',
  ])('keeps its verdict where the summary cannot be written: %s', async (summary) => {
    mkdirSync(join(folder, 'a-folder'), { recursive: true });
    const { code, stdout, stderr } = await judge(['--json'], onGithub(summary));
    expect([code, (JSON.parse(stdout) as Report).exitCode]).toEqual([1, 1]);
    expect(stderr).toMatch(
      /golive-check: the summary of the job could not be written \(.+\); the verdict is not changed\n/,
    );
  });

  it('takes no command from the words of a peer', () => {
    const text = withoutCommands('  ::error::forged\n::stop-commands::x\na: ::b ##[error]forged\n  :: \n');
    expect(text).toBe('  : :error::forged\n: :stop-commands::x\na: ::b ## [error]forged\n  : : \n');
  });

  it('has no room for more than 1 MiB', async () => {
    writeFileSync(join(folder, 'full.md'), 'x'.repeat(1024 * 1024 - 500));
    await judge(['--json'], onGithub('full.md'));
    expect(read('full.md').length).toBeLessThanOrEqual(1024 * 1024);
    expect(read('full.md')).toContain('would not fit');
  });
});

describe('what no format may hold, nor show', () => {
  const KEY = 'key+planted/canary-0123456789';
  // As the rules of secretlint know it.
  const TOKEN = `ghp_${'planted0canary1'.repeat(3).slice(0, 36)}`;

  it('a secret, however an API writes it, or a line of code', async () => {
    const says = Object.values(ENCODINGS).map((encode) => encode(KEY));
    const headers = [`X-Key: ${KEY}`, `X-Other: ${btoa(KEY)}`, 'content-type: application/json'];
    const peer = await startPeer((socket) => socket.write(httpAnswer('401 No', JSON.stringify({ says }), headers)));
    const home = join(folder, 'repository');
    mkdirSync(home);
    writeFileSync(join(home, 'client.js'), `// a client\n\nconst token = '${TOKEN}';\n`);
    execFileSync('git', ['init', '-q'], { cwd: home });
    execFileSync('git', ['add', '.'], { cwd: home });
    const config = {
      name: 'shop',
      endpoint: {
        url: peer.origin,
        key: '${API_KEY}',
        operations: { read: { method: 'GET', path: `/ping?key=${encodeURIComponent(KEY)}` } },
      },
      source: {},
    };
    writeFileSync(join(home, 'golive-check.json'), JSON.stringify(config));
    const files = FORMAT_NAMES.map((name) => `--format=${name}=shop.${name}`);
    const words = [
      'run',
      '-c',
      'golive-check.json',
      '--only',
      'accepts-valid-key',
      'keeps-secrets-out-of-source',
      ...files,
    ];
    const { code, stdout, stderr } = await runCli([...words, '--json'], home, { API_KEY: KEY, ...onGithub('shop.md') });
    await peer.close();
    expect(code, stderr).toBe(1);
    const texts = { stdout, stderr, summary: read('shop.md') };
    const written = FORMAT_NAMES.map((name) => [name, read(join('repository', `shop.${name}`))] as const);
    for (const [name, text] of [...Object.entries(texts), ...written]) {
      for (const secret of [KEY, TOKEN])
        for (const [encoding, encode] of Object.entries(ENCODINGS))
          expect(text.includes(encode(secret)), `${name}: ${encoding}`).toBe(false);
    }
    const { runs } = JSON.parse(read('repository/shop.sarif')) as Log;
    const leaked = runs[0]?.results?.find(({ ruleId }) => ruleId === 'keeps-secrets-out-of-source');
    expect(leaked?.locations?.[0]?.physicalLocation).toMatchObject({
      artifactLocation: { uri: 'client.js' },
      region: { startLine: 3, startColumn: 16 },
    });
    expect(stderr).toMatch(/^::error title=keeps-secrets-out-of-source,file=client\.js,line=3,col=16::/m);
    const har = JSON.parse(read('repository/shop.har')) as { log: { entries: { request: { url: string } }[] } };
    expect(har.log.entries.length).toBeGreaterThan(0);
    // What was hidden was there.
    expect(JSON.stringify(har)).toContain('[secret:API_KEY]');
  });
});

describe('--events', () => {
  const demo = (...words: string[]) =>
    runCli(
      ['demo', '--quiet', '--only', 'accepts-valid-key', 'sends-request-id', 'retries-rate-limits', ...words],
      folder,
    );
  const parsed = (text: string) =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown> & { event: string });

  it('tells a run as it happens, and at its end what the report says', async () => {
    const { code, stdout } = await demo('--events', 'run.ndjson', '--json', '--client', 'ignores-rate-limits');
    const report = JSON.parse(stdout) as Report;
    const events = parsed(read('run.ndjson'));
    const of = (event: string) => events.filter((one) => one.event === event);
    expect([events.at(0)?.event, events.at(-1)]).toEqual([
      'run-began',
      expect.objectContaining({ event: 'run-ended', verdict: report.verdict, exitCode: code }),
    ]);
    const probes = (event: string) => of(event).map(({ probe }) => probe);
    expect(probes('probe-began').length).toBeGreaterThan(2);
    expect(probes('probe-ended').toSorted()).toEqual(probes('probe-began').toSorted());
    expect(of('lane-ended')).toContainEqual(expect.objectContaining({ scenario: '429', ended: 'exited', exitCode: 1 }));
    const last = new Map(of('verdict').map(({ check, outcome, because }) => [check, [outcome, because]]));
    expect(Object.fromEntries(last)).toEqual(
      Object.fromEntries(report.checks.map(({ id, outcome, because }) => [id, [outcome, because]])),
    );
    // As they happen: a verdict on the API stands before the client has run.
    expect(events.findIndex(({ event }) => event === 'verdict')).toBeLessThan(
      events.findIndex(({ event }) => event === 'lane-ended'),
    );
  });

  it('on standard output they take the place of the report', async () => {
    const alone = await runCli(['demo', '--quiet', '--only', 'accepts-valid-key', '--events', '-'], folder);
    expect(parsed(alone.stdout).at(-1)).toMatchObject({ event: 'run-ended', exitCode: alone.code });
  });

  it.each([
    [
      ['--events', '-', '--json'],
      /^golive-check: --events -: found the json report on standard output, too; expected /,
    ],
    [['--events', 'no/such/folder'], /^golive-check: --events: could not write no\/such\/folder \(ENOENT/],
    [['--events', 'one', '--format', 'json=one'], /^golive-check: two files go to one/],
  ])('%j is refused before anything is sent', async (words, message) => {
    const { code, stdout, stderr } = await demo(...words);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });
});
