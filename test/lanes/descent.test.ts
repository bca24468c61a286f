// What a client leaves running beyond its process group is found, named and ended, and nothing else is.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startProcess } from '../../src/lanes/process.js';
import { commandOf, isAlive, signalTo, statusOf } from '../../src/lanes/process-table.js';
import { leftIn } from '../../src/lanes/survivors.js';
import { createRedactor } from '../../src/redaction/redact.js';
import { eventually } from '../proxy/lane.js';

const folder = mkdtempSync(join(tmpdir(), 'golive-descent-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The number that a shell wrote into a file of that name. */
async function pidIn(name: string): Promise<number> {
  const path = join(folder, name);
  let text = '';
  await eventually(
    () => {
      void readFile(path, 'utf8').then(
        (read) => (text = read),
        () => undefined,
      );
      return text;
    },
    (read) => read.endsWith('\n'),
  );
  return Number(text);
}

const start = (command: string) => startProcess(command, { cwd: folder, env: process.env });
/** Which of the sleepers, each of which has a time of its own: it may still be named as the shell that becomes it. */
const sleepers = (left: readonly { command: string }[]) =>
  left.map((one) => /77\d\d/.exec(one.command)?.[0] ?? one.command).toSorted();
/** One that nobody has buried yet is over, too. */
const isOver = (pid: number) => statusOf(pid)?.isOver ?? true;

describe.skipIf(process.platform !== 'linux')('what a client leaves running', () => {
  it('in a session of its own is ended, also what heeds no SIGTERM, and named', async () => {
    const stubborn = `setsid sh -c 'trap "" TERM; echo $$ > stubborn; exec sleep 7777' > /dev/null 2>&1 &`;
    const meek = `(setsid sh -c 'echo $$ > meek; exec sleep 7778' > /dev/null 2>&1 &) ; sleep 7779 > /dev/null 2>&1 &`;
    const client = await start(`${stubborn} ${meek} while [ ! -s stubborn -o ! -s meek ]; do sleep 0.02; done`);
    await client.ended;
    expect(isOver(await pidIn('stubborn'))).toBe(true);
    expect(client.survivors()).toHaveLength(2);
    expect(client.survivors().every((one) => one.ended)).toBe(true);
    expect(sleepers(client.survivors())).toEqual(['7777', '7778']);
  });

  it('is found without its environment, where it was seen below the client', async () => {
    const client = await start("setsid env -i sh -c 'echo $$ > bare; exec sleep 7780' > /dev/null 2>&1 & sleep 7781");
    const pid = await pidIn('bare');
    // Longer than from one look to the next.
    await new Promise((wake) => setTimeout(wake, 1_200));
    await client.stop(1_000);
    expect(isOver(pid)).toBe(true);
    expect(sleepers(client.survivors())).toEqual(['7780']);
  });

  it('nothing else is touched: not a stranger, not what another client started', async () => {
    const stranger = spawn('sleep', ['7782'], { detached: true, stdio: 'ignore' });
    const other = await start("setsid sh -c 'echo $$ > other; exec sleep 7783' > /dev/null 2>&1 & sleep 7784");
    await pidIn('other');
    const one = await start('exit 3');
    await one.ended;
    expect([one.survivors(), one.facts().exitCode]).toEqual([[], 3]);
    expect(isOver(stranger.pid ?? 0)).toBe(false);
    expect(other.facts().endedAt).toBeNull();
    await other.stop(1_000);
    expect(sleepers(other.survivors())).toEqual(['7783']);
    stranger.kill();
    await once(stranger, 'exit');
  });

  it('a number that stands for another process by now is left alone', async () => {
    const child = spawn('sleep', ['7785'], { stdio: 'ignore' });
    const status = statusOf(child.pid ?? 0);
    const before = { pid: child.pid ?? 0, startedAt: String(Number(status?.startedAt) - 1) };
    expect([isAlive(before), signalTo(before, 'SIGKILL')]).toEqual([false, true]);
    expect(isOver(child.pid ?? 0)).toBe(false);
    expect(commandOf(child.pid ?? 0)).toBe('sleep 7785');
    expect(signalTo({ pid: child.pid ?? 0, startedAt: status?.startedAt ?? '' }, 'SIGKILL')).toBe(true);
    await once(child, 'exit');
  });

  it('is named without secrets, and briefly', () => {
    const redactor = createRedactor([{ name: 'KEY', value: 'sk_test_0123456789', kind: 'credential' }]);
    const command = `worker --key=sk_test_0123456789 ${'x'.repeat(200)}`;
    const { left } = leftIn([{ command, ended: true }], redactor);
    expect(left?.[0]?.command).toMatch(/^worker --key=\[secret:KEY\] x+…$/);
    expect(left?.[0]?.command.length).toBeLessThan(110);
    expect(leftIn([], redactor)).toEqual({});
  });
});
