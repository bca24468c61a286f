// All runs of a client together have their time, however patient the config is with each.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { Report } from '../../src/report/schema.js';
import { runCli } from '../helpers/cli.js';

const folder = mkdtempSync(join(tmpdir(), 'golive-client-time-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('a client that prints without end is ended with its time, and nothing is judged by it', async () => {
  writeFileSync(
    join(folder, 'client.mjs'),
    `await fetch(process.env.ORDERS_URL + '/orders', { method: 'POST', body: '{}' });
    const line = 'x'.repeat(1024) + '\\n';
    const print = () => void process.stdout.write(line.repeat(64), () => setImmediate(print));
    print();`,
  );
  const client = { command: ['node', 'client.mjs'], baseUrlEnv: 'ORDERS_URL', patience: 3_600_000 };
  const budget = { clientSeconds: 5 };
  writeFileSync(join(folder, 'golive-check.json'), JSON.stringify({ client, budget }));
  const { stdout, code } = await runCli(['run', '--json', '--quiet', '--only', 'retries-server-errors'], folder);
  const report = JSON.parse(stdout) as Report;
  expect(report.checks.map(({ outcome, because }) => [outcome, because])).toEqual([
    ['inconclusive', expect.stringContaining('the time for your client, 5 s, is spent (budget.clientSeconds)')],
  ]);
  expect([code, report.run.interrupted]).toEqual([3, false]);
});
