// --repeat: what changes from run to run by luck is shown, and never passes.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { Report } from '../../src/report/schema.js';
import { runCli } from '../helpers/cli.js';
import { ordersConfig, startOrders } from '../helpers/orders-api.js';

const folder = mkdtempSync(join(tmpdir(), 'golive-repeat-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ONLY = ['--only', 'sends-request-id', 'rejects-unknown-version'];

it('runs all so often, and lets the worst verdict of each check count', { timeout: 120_000 }, async () => {
  // The first run meets an API that refuses versions that it does not know; each later run one that takes any.
  let unknown = 0;
  const { url } = await startOrders(({ headers }) => {
    const version = headers['api-version'];
    if (version === undefined || version === '2026-06-01') return null;
    unknown += 1;
    return unknown === 1 ? null : { body: { ok: true } };
  });
  const config = join(folder, 'golive-check.json');
  const evidence = join(folder, 'evidence.json');
  writeFileSync(config, JSON.stringify(ordersConfig(url)));
  const words = ['run', '-c', config, '--repeat', '3', ...ONLY, '--json', '--evidence', evidence];
  const { stdout, stderr, code } = await runCli(words, folder);
  const report = JSON.parse(stdout) as Report;
  const byId = new Map(report.checks.map((one) => [one.id, one]));
  expect(byId.get('sends-request-id')).toMatchObject({ outcome: 'pass' });
  expect(byId.get('sends-request-id')?.runs).toBeUndefined();
  const changed = byId.get('rejects-unknown-version');
  expect(changed?.runs?.map(({ outcome }) => outcome)).toEqual(['pass', 'fail', 'fail']);
  expect([changed?.outcome, code, report.verdict]).toEqual(['fail', 1, 'no-go']);
  const there = new Set(report.exchanges.map(({ id }) => id));
  expect(changed?.runs?.flatMap(({ at }) => at).filter((id) => !there.has(id))).toEqual([]);
  expect(stderr).toMatch(/run 1 of 3[\s\S]*run 2 of 3[\s\S]*run 3 of 3/);
  expect(JSON.parse(readFileSync(evidence, 'utf8')).targets).toHaveLength(3);
  const judged = await runCli(['judge', evidence, '--json'], folder);
  const again = JSON.parse(judged.stdout) as Report;
  expect([again.checks, again.exchanges, judged.code]).toEqual([report.checks, report.exchanges, 1]);
  const text = (await runCli(['judge', evidence], folder)).stdout.replace(/\s+/g, ' ');
  expect(text).toContain('It changed from run to run: pass, fail, fail.');
  expect(text).toContain('All ran 3 times, and the worst verdict of each check counts.');
});

it('asks for keys of earlier runs once', { timeout: 240_000 }, async () => {
  const of = (...words: string[]) =>
    runCli(['demo', '--json', '--repeat', '2', '--only', 'sends-request-id', ...words], folder);
  const earlier = ['remembers-keys-within-window', 'forgets-expired-keys'];
  const { stdout } = await of(...earlier);
  const { checks, run, notes } = JSON.parse(stdout) as Report;
  expect(run.repeats).toBe(2);
  expect(checks.map(({ id, outcome, runs }) => [id, outcome, runs]).toSorted()).toEqual(
    ['sends-request-id', ...earlier].map((id) => [id, 'pass', undefined]).toSorted(),
  );
  expect(notes).toContain('All ran 2 times; no check changed from one run to another.');
  const file = join(folder, 'twice.json');
  await of(...earlier, '--evidence', file);
  const judged = await runCli(['judge', file, '--json'], folder);
  const again = JSON.parse(judged.stdout) as Report;
  expect([again.saved, again.verdict, again.totals.pass]).toEqual([undefined, 'go', 3]);
  // A run that somebody takes out is missed.
  const whole = JSON.parse(readFileSync(file, 'utf8')) as { targets: unknown[] };
  writeFileSync(file, JSON.stringify({ ...whole, targets: whole.targets.slice(0, 1) }));
  const cut = JSON.parse((await runCli(['judge', file, '--json'], folder)).stdout) as Report;
  expect([cut.saved?.missing.targets, cut.verdict]).toEqual([['demo'], 'undecided']);
  // Alone they run once.
  const alone = await runCli(['demo', '--json', '--repeat', '2', '--only', ...earlier], folder);
  const report = JSON.parse(alone.stdout) as Report;
  expect([report.run.repeats, report.totals.pass]).toEqual([undefined, 2]);
});

it.each(['0', '21', 'often'])('takes no --repeat %s', async (times) => {
  const { stderr, code } = await runCli(['run', '--repeat', times], folder);
  expect([code, stderr]).toEqual([2, expect.stringContaining('expected a whole number from 1 to 20')]);
});
