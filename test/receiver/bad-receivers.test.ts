// Receivers that do what they should not: a run of each ends soon, with a verdict, and leaves nothing running.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { ReportCheck } from '../../src/report/schema.js';
import { freePort } from '../../src/sandbox/free-port.js';
import { runConfig } from '../helpers/in-process.js';
import { processesWith } from '../helpers/survivors.js';
import { configOf, listen, type Receive, SECRET_VARIABLE } from './listen.js';

const folder = mkdtempSync(join(tmpdir(), 'golive-bad-receivers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const mark = `golive-mark-${randomUUID()}`;
const environment = {
  PATH: process.env.PATH ?? '',
  // What a receiver starts inherits it.
  MARK: mark,
  [SECRET_VARIABLE]: `whsec_${'c2VjcmV0'.repeat(4)}`,
};

type Given = Parameters<typeof configOf>[0];

/** What a run with this receiver says of each check: "fail refused". */
async function judged(webhook: Given, only = ['accepts-signed-events'], signal?: AbortSignal) {
  const { report } = await runConfig(configOf(webhook), {
    only,
    environment,
    ...(signal === undefined ? {} : { signal }),
  });
  return report.checks;
}
async function said(webhook: Given): Promise<string> {
  const [one] = await judged(webhook);
  return textOf(one);
}
const textOf = (one: ReportCheck | undefined) => `${one?.outcome} ${one?.code}: ${one?.because}`;
const answering = async (receive: Receive) => said({ url: `${await listen(receive)}/hooks` });

/** Of a server that writes these bytes to whoever comes. */
async function speaking(text: string): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(text));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await said({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks` });
  } finally {
    server.close();
  }
}

describe('a receiver', () => {
  it('that redirects is not followed, and its 3xx is no acceptance', async () => {
    let came = 0;
    const other = await listen((_, __, response) => {
      came += 1;
      response.end();
    });
    for (const status of [301, 302, 303, 307, 308])
      expect(
        await answering((_, __, response) => response.writeHead(status, { location: `${other}/hooks` }).end()),
      ).toMatch(new RegExp(`^fail refused: .* ${status}: senders follow no redirect`));
    expect(came).toBe(0);
  });

  it('that hangs on its answer is waited for as long as webhook.patience says', async () => {
    const url = `${await listen(() => undefined)}/hooks`;
    expect(await said({ url, patience: 150 })).toMatch(/^fail no-answer: .* no whole answer/);
  });

  it('that never ends its answer, too', async () => {
    const url = `${await listen((_, __, response) => void response.writeHead(200).write('{'))}/hooks`;
    expect(await said({ url, patience: 150 })).toMatch(/^fail no-answer: /);
  });

  it('that answers 1 MiB, or a body of no kind, is taken at its status', async () => {
    expect(await answering((_, __, response) => response.end('a line. '.repeat(128 * 1024)))).toMatch(/^pass accepted/);
    expect(await answering((_, __, response) => response.end(Buffer.from([0, 255, 27, 91, 50, 74])))).toMatch(/^pass/);
  });

  it('that speaks no HTTP, or hangs up, gave no answer', async () => {
    expect(await speaking('\u0000\u001b[2Jgarbage\r\n\r\n')).toMatch(/^fail no-answer: /);
    expect(await speaking('HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\ncut')).toMatch(/^fail no-answer: /);
    expect(await speaking('')).toMatch(/^fail no-answer: /);
    expect(await said({ url: 'http://127.0.0.1:1/hooks' })).toMatch(/^fail no-answer: .*ECONNREFUSED/);
  });

  it('whose effects come later than the config says is not judged by them', async () => {
    let reads = 0;
    const url = await listen(({ url: path }, _, response) => {
      if (path !== '/effects') return response.writeHead(204).end();
      reads += 1;
      // Two before the first event, and at most nine in the time that it has: however few, they go on behind it.
      return response.end(reads > 11 ? '1' : '0');
    });
    const text = await said({ url: `${url}/hooks`, effect: { url: `${url}/effects` }, settleMs: 200 });
    expect(text).toMatch(/^inconclusive effect-unread: .* came after about \d+ ms, and webhook.settleMs is 200: /);
  });

  it('that gives no effect to be read is judged by its answers, and that is said', async () => {
    const url = await listen(({ url: path }, _, response) => response.writeHead(path === '/effects' ? 500 : 204).end());
    const checks = await judged({ url: `${url}/hooks`, effect: { url: `${url}/effects` } }, ['webhook']);
    const outcomes = Object.fromEntries(checks.map((one) => [one.id, `${one.outcome} ${one.code}`]));
    expect(outcomes).toMatchObject({
      'accepts-signed-events': 'inconclusive effect-unread',
      'rejects-unsigned-events': 'fail accepted',
      'leaves-rejected-events-without-effect': 'inconclusive effect-unread',
    });
    expect(Object.values(outcomes).filter((one) => one.startsWith('error'))).toEqual([]);
  });
});

/** The command of a receiver that starts another process, and does not listen to SIGTERM. */
function program(name: string, then: string): string[] {
  const file = join(folder, `${name}.mjs`);
  writeFileSync(
    file,
    `import { createServer } from 'node:http';
import { spawn } from 'node:child_process';
process.on('SIGTERM', () => undefined);
spawn(process.execPath, ['-e', 'setTimeout(() => undefined, 60_000)'], { stdio: 'ignore' });
${then}
`,
  );
  return [process.execPath, file];
}
const serving = (port: number, answer: string) =>
  `createServer((request, response) => { ${answer} }).listen(${port}, '127.0.0.1', () => console.log('ready'));`;

describe.skipIf(process.platform !== 'linux')('a receiver that we start', () => {
  afterEach(() => expect(processesWith(mark)).toEqual([]));

  it('and that ends at once cannot be judged: its last words are shown', async () => {
    const command = program('dies', "console.error('no database'); process.exit(3);");
    const url = `http://127.0.0.1:${await freePort()}/hooks`;
    expect(await said({ url, command })).toMatch(
      /^inconclusive .*your receiver: it ended before it was ready \(exit 3\); it printed: no database/,
    );
  });

  it('and that is not there cannot be judged', async () => {
    const url = `http://127.0.0.1:${await freePort()}/hooks`;
    expect(await said({ url, command: ['no-such-program-at-all'] })).toMatch(/^inconclusive .*could not be started/);
    expect(await said({ url, command: ['node', 'x.js'], cwd: 'no/such/folder' })).toMatch(/webhook\.cwd/);
  });

  it('and that never gets ready is waited for as long as the config says, and ended', async () => {
    const command = program('sleeps', 'setTimeout(() => undefined, 60_000);');
    const url = `http://127.0.0.1:${await freePort()}/hooks`;
    expect(await said({ url, command, ready: { output: 'up', withinMs: 500 } })).toMatch(
      /^inconclusive .*it was not ready after .*never printed "up"/,
    );
  });

  it('and that hangs on its answers is ended behind the run, with all that it started', async () => {
    const port = await freePort();
    const command = program('hangs', serving(port, ''));
    const url = `http://127.0.0.1:${port}/hooks`;
    expect(await said({ url, command, ready: 'ready', patience: 150 })).toMatch(/^fail no-answer/);
  });

  it('and that crashes on an event is started again for the next one', async () => {
    const port = await freePort();
    const crash =
      "if (request.headers['content-length'] > 1e6) process.exit(1); request.resume().on('end', () => response.end());";
    const command = program('crashes', serving(port, crash));
    const checks = await judged({ url: `http://127.0.0.1:${port}/hooks`, command, ready: 'ready' }, [
      'survives-large-events',
      'refuses-plain-reads',
    ]);
    expect(checks.map(textOf).toSorted()).toEqual([
      expect.stringMatching(/^fail crashed: An event of 1 MiB ended/),
      expect.stringMatching(/^inconclusive accepted: A GET/),
    ]);
  });

  it('is ended when the run is interrupted', async () => {
    const port = await freePort();
    const command = program('interrupted', serving(port, 'process.kill(process.pid, 0);'));
    const interruption = new AbortController();
    const run = judged(
      { url: `http://127.0.0.1:${port}/hooks`, command, ready: 'ready' },
      ['accepts-signed-events'],
      interruption.signal,
    );
    await expect.poll(() => processesWith(mark).length, { timeout: 60_000, interval: 20 }).toBe(2);
    interruption.abort();
    expect(textOf((await run)[0])).toMatch(/^inconclusive .*interrupted/);
  });
});
