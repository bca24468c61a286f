import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { Outcome } from '../../src/checks/verdict.js';
import { type Ended, lastRunPath, lastTookMs, readLastRuns, rememberRuns } from '../../src/memory/last-run.js';

const folder = mkdtempSync(join(tmpdir(), 'golive-last-run-'));
afterAll(() => rmSync(folder, { recursive: true }));

const STARTED = '2026-11-30T18:00:00.000Z';

function report(name: string, outcomes: Record<string, Outcome | 'waived'>, durationMs = 1) {
  const checks = Object.entries(outcomes).map(([id, outcome]): Ended['checks'][number] =>
    outcome === 'waived' ? { id, outcome: 'fail', waiver: {} } : { id, outcome },
  );
  return { target: { name }, run: { startedAt: STARTED, durationMs }, checks };
}

it('keeps what failed or stayed open, until it is judged again', async () => {
  const path = join(folder, 'new', 'one.json');
  const open = async () => (await readLastRuns(path)).map(({ name, open }) => [name, ...open]);
  await rememberRuns(path, [
    report('orders', { a: 'fail', b: 'inconclusive', c: 'error', d: 'pass', e: 'not-applicable', f: 'waived' }),
    report('payouts', { a: 'pass' }),
  ]);
  expect(await open()).toEqual([['orders', 'a', 'b', 'c'], ['payouts']]);
  await rememberRuns(path, [report('orders', { a: 'pass', c: 'fail', d: 'fail' })]);
  expect(await open()).toEqual([['payouts'], ['orders', 'b', 'c', 'd']]);
});

it('knows how long a run of the same checks took', async () => {
  const path = join(folder, 'took.json');
  await rememberRuns(path, [report('orders', { a: 'pass', b: 'pass' }, 4_200)]);
  const runs = await readLastRuns(path);
  expect(lastTookMs(runs, 'orders', ['b', 'a'])).toBe(4_200);
  expect([lastTookMs(runs, 'orders', ['a']), lastTookMs(runs, 'payouts', ['a', 'b'])]).toEqual([null, null]);
});

it('takes a file that is none, and a place that takes none, for no memory', async () => {
  const path = join(folder, 'broken.json');
  writeFileSync(path, '{"schemaVersion": 2}');
  expect(await readLastRuns(path)).toEqual([]);
  await rememberRuns(join(path, 'below-a-file.json'), [report('orders', { a: 'fail' })]);
  expect(readFileSync(path, 'utf8')).toBe('{"schemaVersion": 2}');
});

it('knows a config by its real path, and does not show it', async () => {
  const config = join(folder, 'secret-project.json');
  writeFileSync(config, '{}');
  symlinkSync(config, join(folder, 'link.json'));
  const path = await lastRunPath(folder, config);
  expect(await lastRunPath(folder, join(folder, 'link.json'))).toBe(path);
  expect(await lastRunPath(folder, join(folder, 'other.json'))).not.toBe(path);
  expect(path).not.toContain('secret-project');
});
