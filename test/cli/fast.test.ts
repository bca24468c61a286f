// --fast through the built tool: the same verdicts as a full run, or none.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { hostedConfig, hostedVariables, sharedHost } from '../../src/dev/hosts.js';
import { runWarm } from '../../src/dev/warm.js';
import { FEWEST_REPEATS } from '../../src/evidence/repeats.js';
import { reportOf } from '../helpers/cli.js';

const CHECKS = [
  'retries-server-errors',
  'retries-rate-limits',
  'backs-off-exponentially',
  'jitters-backoff',
  'waits-before-first-retry',
];

async function config(client: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'golive-fast-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'golive-check.json');
  writeFileSync(file, JSON.stringify(hostedConfig(client, await sharedHost(), { repeats: FEWEST_REPEATS })));
  return file;
}

it.each(['never-retries', 'ignores-503', 'retries-at-once'])('never contradicts a full run of %s', async (client) => {
  const words = ['run', '-c', await config(client), '--only', ...CHECKS];
  const [full, fast] = [
    await reportOf(words, hostedVariables()),
    await reportOf([...words, '--fast'], hostedVariables()),
  ];
  for (const { id, outcome } of fast.checks) {
    const whole = full.checks.find((one) => one.id === id)?.outcome;
    if (outcome !== 'inconclusive' && whole !== 'inconclusive') expect(`${id} ${outcome}`).toBe(`${id} ${whole}`);
  }
  expect(fast.run.again?.words).toContain('--fast');
});

it('shows in the plan that each fault is one run', async () => {
  const words = ['plan', '-c', await config('never-retries'), '--only', 'backs-off-exponentially'];
  const [full, fast] = [await runWarm(words), await runWarm([...words, '--fast'])];
  const runsIn = (text: string) => Number(/about (\d+) runs? against loopback/.exec(text)?.[1]);
  expect(runsIn(fast.stdout)).toBeLessThan(runsIn(full.stdout));
  expect(fast.stdout).toContain('one per fault (--fast)');
});
