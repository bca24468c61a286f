// The package from code, as it is built: what it exports, and that it does what the command line does.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import type * as Library from '../../src/index.js';
import { PACKAGE_ROOT } from '../../src/version.js';
import { runCli } from '../helpers/cli.js';
import { ordersConfig, startOrders } from '../helpers/orders-api.js';

const folder = mkdtempSync(join(tmpdir(), 'golive-library-'));
afterAll(() => rmSync(folder, { recursive: true }));

const library = (await import(pathToFileURL(`${PACKAGE_ROOT}dist/index.js`).href)) as typeof Library;
const only = ['sends-request-id', 'rejects-unknown-version'];

describe('run', () => {
  it('gives the report that the command line prints', async () => {
    const { url } = await startOrders();
    const config = ordersConfig(url);
    const file = join(folder, 'golive-check.json');
    writeFileSync(file, JSON.stringify(config));
    const { stdout } = await runCli(['run', '-c', file, '--only', ...only, '--json'], folder);
    const facts = ({ checks, verdict, exitCode, totals }: Library.Report) => ({
      checks: checks.map(({ id, outcome, code }) => ({ id, outcome, code })),
      verdict,
      exitCode,
      totals,
    });
    const printed = facts(JSON.parse(stdout) as Library.Report);
    expect(printed.totals.pass).toBe(2);
    for (const given of [config, file]) {
      const report = (await library.run({ config: given, only })) as Library.Report;
      expect(facts(report)).toEqual(printed);
    }
  });

  it('lets the worst of several runs count', async () => {
    let unknown = 0;
    const { url } = await startOrders(({ headers: { 'api-version': version } }) => {
      if (version === undefined || version === '2026-06-01') return null;
      unknown += 1;
      return unknown === 1 ? null : { body: { ok: true } };
    });
    const report = (await library.run({ config: ordersConfig(url), only, repeat: 2 })) as Library.Report;
    expect([report.verdict, report.run.repeats]).toEqual(['no-go', 2]);
  });

  it('sends nothing where config or options cannot stand, and says why', async () => {
    const { url, seen } = await startOrders();
    const wrong = [
      { config: { ...ordersConfig(url), extends: 'nobody' } },
      { config: ordersConfig(url), only: ['sends-request-idd'] },
      { config: ordersConfig(url), targets: ['payouts'] },
      { config: join(folder, 'missing.yaml') },
    ];
    for (const options of wrong) await expect(library.run(options)).rejects.toThrow(library.UserError);
    await expect(library.run({ config: ordersConfig(url), only: ['sends-request-idd'] })).rejects.toThrow(
      /sends-request-id\b/,
    );
    const outside: [Library.RunOptions, string][] = [
      [{ repeat: 0 }, 'repeat: found "0"; expected a whole number from 1 to 20'],
      [{ concurrency: 2.5 }, 'concurrency: found "2.5"; expected a whole number from 1 to 64'],
      [{ seed: -1 }, 'seed: found "-1"; expected a whole number from 0 to 2147483647'],
      [
        { failOn: 'blockers' as 'blocker' },
        'failOn: found "blockers"; expected blocker, major, minor, never; did you mean "blocker"?',
      ],
    ];
    for (const [options, message] of outside)
      await expect(library.run({ config: ordersConfig(url), ...options })).rejects.toThrow(message);
    expect(seen).toEqual([]);
  });

  it('says what it left out, so that no part passes for the whole', async () => {
    const { url } = await startOrders();
    const limits = async (options: Library.RunOptions) =>
      ((await library.run({ config: ordersConfig(url), ...options })) as Library.Report).run.limitedBy;
    expect(await limits({ only, skip: ['sends-request-id'] })).toEqual(['--only', '--skip']);
    expect(await limits({})).toEqual([]);
  });

  it('ends early by a signal, and says so', async () => {
    const { url } = await startOrders();
    const report = (await library.run({
      config: ordersConfig(url),
      only,
      signal: AbortSignal.abort(),
    })) as Library.Report;
    expect([report.run.interrupted, report.verdict]).toEqual([true, 'undecided']);
  });
});

it('judge gives the report that judge prints', async () => {
  const { url } = await startOrders();
  const file = join(folder, 'judged.json');
  const evidence = join(folder, 'evidence.json');
  writeFileSync(file, JSON.stringify(ordersConfig(url)));
  await runCli(['run', '-c', file, '--only', ...only, '--quiet', '--evidence', evidence], folder);
  const { stdout } = await runCli(['judge', evidence, '--json'], folder);
  expect(await library.judge(readFileSync(evidence, 'utf8'))).toEqual(JSON.parse(stdout));
  await expect(library.judge('{}')).rejects.toThrow(library.UserError);
});

it('golive-check/vitest makes a test of each check', { timeout: 120_000 }, async () => {
  const { url } = await startOrders(({ headers: { 'api-version': version } }) =>
    version === undefined || version === '2026-06-01' ? null : { body: { ok: true } },
  );
  writeFileSync(
    join(folder, 'live.test.mjs'),
    `import { testGoLive } from '${PACKAGE_ROOT}dist/vitest.js';
     await testGoLive({ config: ${JSON.stringify(ordersConfig(url))}, only: ${JSON.stringify([...only, 'echoes-version'])} });`,
  );
  symlinkSync(`${PACKAGE_ROOT}node_modules`, join(folder, 'node_modules'));
  const words = [`${PACKAGE_ROOT}node_modules/vitest/vitest.mjs`, 'run', '--root', folder, '--reporter', 'json'];
  // It ends with 1, and prints all the same.
  const stdout = await new Promise<string>((resolve) =>
    execFile(process.execPath, words, { cwd: folder }, (_, text) => resolve(text)),
  );
  const { testResults } = JSON.parse(stdout) as {
    testResults: { assertionResults: { title: string; status: string; failureMessages: string[] }[] }[];
  };
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const byTitle = Object.fromEntries(tests.map(({ title, status }) => [title.replace(/:.*/, ''), status]));
  expect(byTitle).toMatchObject({
    'sends-request-id': 'passed',
    'rejects-unknown-version': 'failed',
    'is ready to go live': 'failed',
  });
  expect(tests.flatMap(({ failureMessages }) => failureMessages).join('\n')).toContain('version');
});

// Whoever upgrades meets the same names and types; what changes here stands in the review. Update it with -u.
it.each(['index', 'library', 'vitest'])('exports what it did: %s', async (name) => {
  const text = readFileSync(`${PACKAGE_ROOT}dist/types/${name}.d.ts`, 'utf8');
  await expect(text).toMatchFileSnapshot(`../../fixtures/api/${name}.d.ts`);
});
