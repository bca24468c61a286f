// Nothing survives a run of the built command line: not its end, not Ctrl-C, not two of them, not a crash of ours.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { BIN } from '../helpers/cli.js';
import { insist, portsOf, processesWith } from '../helpers/survivors.js';

const folder = mkdtempSync(join(tmpdir(), 'golive-survivors-'));
afterAll(() => rmSync(folder, { recursive: true }));

/**
 * Calls once, and leaves listening children behind that heed no SIGTERM, one of them in a session of its own; under a
 * fault it hangs as stubbornly itself.
 */
const STUBBORN = `
  import { spawn } from 'node:child_process';
  import { writeFileSync } from 'node:fs';
  process.on('SIGTERM', () => {});
  const grandchild = "process.on('SIGTERM', () => {}); require('net').createServer().listen(0, '127.0.0.1'); setInterval(() => {}, 1e6)";
  for (const detached of [true, false]) spawn(process.execPath, ['-e', grandchild], { stdio: 'ignore', detached }).unref();
  const answer = await fetch(process.env.ORDERS_URL + '/orders', { method: 'POST', body: '{}' });
  if (answer.ok) process.exit(0);
  writeFileSync(process.env.MARK, 'met the fault');
  setInterval(() => {}, 1e6);
`;
/** An error of ours when it is asked for, in the command line only. */
const CRASH = `
  if (process.argv[1].endsWith('golive-check.js')) process.on('SIGUSR2', () => { throw new Error('planted'); });
`;

function run(env: Record<string, string> = {}): { cli: ChildProcess; mark: string; ended: Promise<unknown> } {
  const mark = `golive-mark-${randomUUID()}`;
  writeFileSync(join(folder, 'client.mjs'), STUBBORN);
  writeFileSync(
    join(folder, 'golive-check.json'),
    JSON.stringify({ client: { command: ['node', 'client.mjs'], baseUrlEnv: 'ORDERS_URL', patience: 5000 } }),
  );
  const words = ['run', '-c', join(folder, 'golive-check.json'), '--only', 'reports-failures', '--quiet', '--json'];
  const cli = spawn(process.execPath, [BIN, ...words], {
    env: { ...process.env, MARK: mark, ...env },
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  const ended = new Promise((resolve) => cli.on('exit', (code, signal) => resolve(code ?? signal)));
  return { cli, mark, ended };
}

/** Until a client hangs under its fault, with its grandchild and our listeners beside it. */
async function underWay(mark: string): Promise<void> {
  for (let turn = 0; turn < 800 && !existsSync(join(folder, mark)); turn += 1) await sleep(25);
  const pids = processesWith(mark);
  expect(pids.length).toBeGreaterThanOrEqual(3);
  expect(portsOf(pids).length).toBeGreaterThanOrEqual(2);
}

/** What was killed takes a moment to go, on a busy machine a long one; what was not never goes by itself. */
async function left(mark: string): Promise<{ processes: number[]; ports: number[] }> {
  for (let turn = 0; turn < 1_500 && processesWith(mark).length > 0; turn += 1) await sleep(20);
  const processes = processesWith(mark);
  return { processes, ports: portsOf(processes) };
}

const NOTHING = { processes: [], ports: [] };

describe.skipIf(process.platform !== 'linux')('what a run leaves behind', () => {
  it('nothing after its end, although the client left a child behind and hung past its patience', async () => {
    const { mark, ended } = run();
    await underWay(mark);
    await ended;
    expect(await left(mark)).toEqual(NOTHING);
  });

  it('nothing after Ctrl-C', async () => {
    const { cli, mark, ended } = run();
    await underWay(mark);
    cli.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(await left(mark)).toEqual(NOTHING);
  });

  it('nothing after many of them', async () => {
    const { cli, mark, ended } = run();
    await underWay(mark);
    await insist(cli, 'SIGINT');
    expect([130, 'SIGINT']).toContain(await ended);
    expect(await left(mark)).toEqual(NOTHING);
  });

  it('nothing when the terminal is closed', async () => {
    const { cli, mark, ended } = run();
    await underWay(mark);
    cli.kill('SIGHUP');
    expect(await ended).toBe(129);
    expect(await left(mark)).toEqual(NOTHING);
  });

  it('nothing after a crash of ours', async () => {
    const hook = join(folder, 'crash.mjs');
    writeFileSync(hook, CRASH);
    const { cli, mark, ended } = run({ NODE_OPTIONS: `--import ${hook}` });
    await underWay(mark);
    cli.kill('SIGUSR2');
    expect(await ended).toBe(70);
    expect(await left(mark)).toEqual(NOTHING);
  });
});
