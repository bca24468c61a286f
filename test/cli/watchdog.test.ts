// What holds the main thread behind the time budget is stopped, and what is known by then is reported.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/schema.js';
import { BIN, type Ended } from '../helpers/cli.js';

const MARK = 'holds-the-thread';
const HOLDS = {
  'a loop': 'for (;;);',
  'an expression': "/^(a+)+$/.test('a'.repeat(60) + 'b');",
  'a loop that catches all': 'for (;;) { try { for (;;); } catch {} finally {} }',
  'a loop behind which something throws': "setTimeout(() => { throw new Error('left behind'); }); for (;;);",
} as const;

const folder = mkdtempSync(join(tmpdir(), 'golive-watchdog-'));
let peer: Server;
let config: string;
beforeAll(async () => {
  peer = createServer((request, response) => {
    response.writeHead(request.headers.authorization === undefined ? 401 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ name: MARK }));
  });
  await new Promise<void>((resolve) => peer.listen(0, '127.0.0.1', resolve));
  config = join(folder, 'config.json');
  const url = `http://127.0.0.1:${(peer.address() as AddressInfo).port}`;
  const endpoint = { url, environment: 'sandbox', key: '$' + '{KEY}', operations: { read: { path: '/x' } } };
  writeFileSync(config, JSON.stringify({ endpoint, budget: { seconds: 5 } }));
});
afterAll(() => {
  peer.closeAllConnections();
  peer.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A run whose first reading of the peer's body does `act`. */
function runHeld(name: string, act: string, onSaid: (pid: number, stderr: string) => void = () => undefined) {
  const patch = join(folder, `${name.replaceAll(' ', '-')}.mjs`);
  writeFileSync(
    patch,
    `import { openSync } from 'node:fs';
    const parse = JSON.parse;
    let isHeld = false;
    JSON.parse = (text, ...rest) => {
      if (!isHeld && String(text).includes('${MARK}')) {
        isHeld = true;
        process._rawDebug('held');
        ${act}
      }
      return parse(text, ...rest);
    };`,
  );
  const file = `${patch}.json`;
  const words = ['run', '-c', config, '--only', 'endpoint', '--format', `json=${file}`];
  const child = spawn(process.execPath, ['--import', patch, BIN, ...words], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', NO_COLOR: '1', XDG_CACHE_HOME: folder, KEY: 'sk_test_4f8Kq2Zx7Lm1' },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    if (child.pid !== undefined) onSaid(child.pid, stderr);
  });
  return new Promise<Ended & { file: string; signal: string | null }>((resolve) =>
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr, file })),
  );
}

describe.concurrent('a main thread that is held behind the time budget', () => {
  it.each(Object.entries(HOLDS))('by %s: a partial report that names the step', async (name, act) => {
    const { code, stdout, stderr, file } = await runHeld(name, act);
    expect(stderr).toMatch(
      /stopped 5 s after the time budget ended \(budget\.seconds or budget\.clientSeconds\), still busy with: .*reading as configured/,
    );
    expect(code).toBe(3);
    expect(stdout).toContain('UNDECIDED');
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
    expect([report.exitCode, report.verdict, report.run.interrupted]).toEqual([3, 'undecided', false]);
    const told = report.checks.filter(({ because }) => because.includes('busy with: reading as configured'));
    expect(told.map(({ outcome }) => outcome)).toContain('inconclusive');
    expect(readdirSync(folder).filter((one) => one === `${basename(file)}.lock`)).toEqual([]);
  });

  it('and what waits without end: the same', async () => {
    const act = 'Promise.all = () => new Promise(() => undefined);';
    const { code, stderr, file } = await runHeld('a wait without end', act);
    expect(stderr).toMatch(/stopped 5 s after the time budget ended .* busy with: /);
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
    expect([report.exitCode, report.run.interrupted]).toEqual([code, false]);
    const open = report.checks.filter(({ because }) => because.includes('the run exceeded its time budget'));
    expect(open.map(({ outcome }) => outcome)).toContain('inconclusive');
  });

  it('and asked to end by a signal: its exit code', async () => {
    let isSent = false;
    const { code, file } = await runHeld('a signal', 'for (;;);', (pid, stderr) => {
      if (isSent || !stderr.includes('held')) return;
      isSent = true;
      process.kill(pid, 'SIGTERM');
    });
    expect(code).toBe(143);
    expect((JSON.parse(readFileSync(file, 'utf8')) as Report).exitCode).toBe(143);
  });

  it.skipIf(process.platform === 'win32')('by what takes no interrupt: killed, with the step', async () => {
    const pipe = join(folder, 'nobody-writes');
    execFileSync('mkfifo', [pipe]);
    const act = `openSync(${JSON.stringify(pipe)});`;
    const { signal, stderr } = await runHeld('a wait', act);
    expect([signal, stderr.includes('stopped 5 s')]).toEqual(['SIGKILL', false]);
    expect(stderr).toMatch(/killed without a report, .* busy with: .*reading as configured/);
  });
});
