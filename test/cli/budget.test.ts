// A budget too small for the plan is said before anything is sent.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sandboxConfig, sandboxVariables } from '../../src/sandbox/config.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { runCli } from '../helpers/cli.js';

const folder = mkdtempSync(join(tmpdir(), 'golive-budget-'));
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

const run = (budget: object, words: readonly string[] = ['run', '--quiet']) => {
  const config = join(folder, 'budget.json');
  writeFileSync(config, JSON.stringify({ ...sandboxConfig(sandbox), budget }));
  return runCli([...words, '-c', config], folder, sandboxVariables(sandbox.keys));
};

describe('a budget too small for the plan', () => {
  it.each([
    [{ requests: 10 }, /budget\.requests: found 10; expected at least what the plan needs, \d+ requests/],
    [{ writes: 3 }, /budget\.writes: found 3; expected at least what the plan needs, \d+ writes/],
    [{ writes: 0 }, /budget\.writes: found 0;/],
  ])('%j: exit 2, nothing sent', async (budget, says) => {
    const before = sandbox.log.length;
    const { code, stderr, stdout } = await run(budget);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(says);
    expect(stderr).toMatch(/most go to creates-once-under-concurrency \(\d+\)/);
    expect(stderr).toContain('--skip');
    expect(sandbox.log.length).toBe(before);
  });

  it('names both limits, each on its line', async () => {
    const { stderr } = await run({ requests: 5, writes: 5 });
    expect(stderr.match(/budget\.(requests|writes): found 5/g)).toEqual([
      'budget.requests: found 5',
      'budget.writes: found 5',
    ]);
  });

  it('fits again with fewer checks', async () => {
    const { code } = await run({ requests: 2, writes: 0 }, ['run', '--quiet', '--only', 'rejects-missing-key']);
    expect(code).toBe(0);
  });

  it('in time: no pause is made behind its end', async () => {
    const config = join(folder, 'pauses.json');
    const { endpoint, ...rest } = sandboxConfig(sandbox) as { endpoint: object };
    const paused = { ...rest, endpoint: { ...endpoint, cooldown: 120_000 }, budget: { seconds: 1 } };
    writeFileSync(config, JSON.stringify(paused));
    const words = ['run', '-c', config, '--quiet', '--only', 'rejects-missing-key,rejects-wrong-key'];
    const { code, stderr } = await runCli(words, folder, sandboxVariables(sandbox.keys));
    expect([code, stderr]).toEqual([3, '']);
  });

  it('a plan is printed all the same, and says so', async () => {
    const { code, stdout } = await run({ requests: 10 }, ['plan']);
    expect(code).toBe(0);
    expect(stdout).toContain('budget.requests: found 10');
  });
});
