// Clients with a fixed https:// address, in the runtimes that are here, judged through proxy and authority; and what is
// left of a run: nothing, however it ends.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { freePort } from '../../src/sandbox/free-port.js';
import { BIN, outcomes, reportOf, startCli } from '../helpers/cli.js';
import { insist, portsOf } from '../helpers/survivors.js';

const CLIENTS = fileURLToPath(new URL('../../fixtures/clients/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'golive-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const has = (program: string) => spawnSync(program, ['--version']).status === 0;
const KEY = { ORDERS_KEY: 'sk_test_0123456789abcdefghij' };

function configFor(name: string, command: readonly string[], more: object = {}): string {
  const path = join(folder, `${name}.json`);
  const url = 'https://api.orders.example/v1';
  writeFileSync(
    path,
    JSON.stringify({
      extends: 'ietf',
      endpoint: {
        url,
        key: '${ORDERS_KEY}',
        operations: { create: { path: '/orders', body: {}, answer: { id: 'ord_1234567890ab', status: 'accepted' } } },
      },
      client: { command, intercept: 'proxy', env: { ORDERS_URL: url }, patience: 20_000, ...more },
    }),
  );
  return path;
}

const WATCHED = [
  'completes-without-faults',
  'sends-key-in-header',
  'keeps-key-on-its-origin',
  'keeps-body-on-its-origin',
  'uses-https-only',
  'verifies-certificates',
];

async function verdicts(name: string, command: readonly string[], more: object = {}): Promise<Record<string, string>> {
  return outcomes(await reportOf(['run', '-c', configFor(name, command, more), '--only', ...WATCHED], KEY));
}

const SAINT = {
  'completes-without-faults': 'pass succeeded',
  'sends-key-in-header': 'pass carried',
  'keeps-key-on-its-origin': 'pass not-followed',
  'keeps-body-on-its-origin': 'pass not-followed',
  'uses-https-only': 'pass encrypted',
  'verifies-certificates': 'pass refused',
};

describe.concurrent('clients with a fixed address', () => {
  it('Node, by a tunnel of its own', async () => {
    expect(await verdicts('node', [process.execPath, `${CLIENTS}through-proxy.mjs`])).toEqual(SAINT);
  });

  it.skipIf(!has('python3'))("Python's standard library", async () => {
    expect(await verdicts('python', ['python3', `${CLIENTS}others/orders.py`])).toEqual(SAINT);
  });

  it.skipIf(!has('curl'))('curl, and curl --insecure', async () => {
    const command = [`${CLIENTS}others/orders.sh`];
    expect(await verdicts('curl', command)).toEqual(SAINT);
    expect(await verdicts('curl-insecure', [...command, '--insecure'])).toEqual({
      ...SAINT,
      'verifies-certificates': 'fail accepted',
    });
  });

  it.skipIf(!has('javac'))("Java's own HttpClient", async () => {
    // Compiled once, not in each lane.
    expect(spawnSync('javac', ['-d', folder, `${CLIENTS}others/Orders.java`]).status).toBe(0);
    const command = ['java', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-cp', folder, 'Orders'];
    expect(await verdicts('java', command, { interceptAuth: 'off' })).toEqual(SAINT);
  });

  it('a client that checks everything but the name is told which certificate it accepted', async () => {
    const program = join(folder, 'any-name.mjs');
    writeFileSync(
      program,
      `import { placeOrder } from ${JSON.stringify(`${CLIENTS}shared/orders.mjs`)};
      import { throughProxy } from ${JSON.stringify(`${CLIENTS}shared/proxy.mjs`)};
      await placeOrder({ route: throughProxy({ checkServerIdentity: () => undefined }) });`,
    );
    const config = configFor('any-name', [process.execPath, program]);
    const report = await reportOf(['run', '-c', config, '--only', 'verifies-certificates'], KEY);
    expect(report.checks[0]).toMatchObject({ code: 'accepted', measured: 'certificate for another host' });
  });

  it('a client that does not read our authority proves nothing', async () => {
    const program = join(folder, 'own-authority.mjs');
    writeFileSync(
      program,
      `import { placeOrder } from ${JSON.stringify(`${CLIENTS}shared/orders.mjs`)};
      import { throughProxy } from ${JSON.stringify(`${CLIENTS}shared/proxy.mjs`)};
      import { rootCertificates } from 'node:tls';
      await placeOrder({ route: throughProxy({ ca: rootCertificates }), attempts: 1 });`,
    );
    const config = configFor('own-authority', [process.execPath, program]);
    const report = await reportOf(['run', '-c', config, '--only', ...WATCHED], KEY);
    for (const check of report.checks) {
      expect([check.id, check.outcome]).toEqual([check.id, 'inconclusive']);
      expect(check.because).toMatch(/NODE_EXTRA_CA_CERTS/);
    }
  });

  it('a client that sends the proxy no credentials proves nothing, unless the proxy is open, which is said', async () => {
    const program = join(folder, 'no-credentials.mjs');
    writeFileSync(
      program,
      `for (const name of ['HTTP_PROXY', 'HTTPS_PROXY']) {
        const { port } = new URL(process.env[name]);
        process.env[name] = 'http://127.0.0.1:' + port;
      }
      await import(${JSON.stringify(`${CLIENTS}through-proxy.mjs`)});`,
    );
    const report = async (more: object) => {
      const config = configFor('no-credentials', [process.execPath, program], more);
      return reportOf(['run', '-c', config, '--only', 'completes-without-faults'], KEY);
    };
    const [closed] = (await report({})).checks;
    expect([closed?.outcome, closed?.because]).toEqual(['inconclusive', expect.stringMatching(/interceptAuth: off/)]);
    const open = await report({ interceptAuth: 'off' });
    expect(open.checks[0]?.outcome).toBe('pass');
    expect(open.notes).toEqual([expect.stringMatching(/interceptAuth is off/)]);
  });

  it('a client that ignores the proxy proves nothing', async () => {
    const program = join(folder, 'no-proxy.mjs');
    writeFileSync(
      program,
      "import net from 'node:net'; net.connect(9, '127.0.0.1').on('error', () => (process.exitCode = 1));",
    );
    const config = configFor('no-proxy', [process.execPath, program]);
    const report = await reportOf(['run', '-c', config, '--only', ...WATCHED], KEY);
    for (const check of report.checks) {
      expect([check.id, check.outcome]).toEqual([check.id, 'inconclusive']);
      expect(check.because).toMatch(/NODE_OPTIONS/);
    }
  });

  it('a host beside the API is named when the client fails without it', async () => {
    const program = join(folder, 'login.mjs');
    writeFileSync(
      program,
      `import { placeOrder } from ${JSON.stringify(`${CLIENTS}shared/orders.mjs`)};
      import { throughProxy } from ${JSON.stringify(`${CLIENTS}shared/proxy.mjs`)};
      await placeOrder({ route: throughProxy() });
      await throughProxy()('https://login.example.com/token');`,
    );
    const { 'completes-without-faults': control, 'verifies-certificates': certificates } = await verdicts('login', [
      process.execPath,
      program,
    ]);
    expect([control, certificates]).toEqual(['inconclusive host-refused', 'inconclusive control-failed']);
  });
});

describe.concurrent('a service with a fixed address and connections that stay open', () => {
  it.each([
    ['verifies', '{}', 'pass refused'],
    ['accepts', '{ requestTls: { rejectUnauthorized: false } }', 'fail accepted'],
  ])('%s', async (name, tls, verdict) => {
    const undici = fileURLToPath(new URL('../../node_modules/undici/index.js', import.meta.url));
    const program = join(folder, `service-${name}.mjs`);
    writeFileSync(
      program,
      `import { createServer } from 'node:http';
      import { randomUUID } from 'node:crypto';
      import undici from ${JSON.stringify(undici)};
      const dispatcher = new undici.EnvHttpProxyAgent(${tls});
      createServer(async (request, response) => {
        if (request.method !== 'POST') return response.writeHead(204).end();
        const answer = await undici.fetch(process.env.ORDERS_URL + '/orders', {
          dispatcher, method: 'POST', body: '{"amount":1200}', redirect: 'manual',
          headers: { Authorization: 'Bearer ' + process.env.ORDERS_KEY, 'Idempotency-Key': JSON.stringify(randomUUID()),
            'Content-Type': 'application/json' },
        }).then(async (one) => (await one.text(), one.status), (error) => (console.log(error.cause), 0));
        response.writeHead(answer === 201 ? 200 : 502).end();
      }).listen(Number(process.env.PORT), '127.0.0.1', () => console.log('ready'));`,
    );
    const port = await freePort();
    const path = configFor(`service-${name}`, [], {
      command: undefined,
      service: {
        start: [process.execPath, program],
        ready: 'ready',
        trigger: { url: `http://127.0.0.1:${port}/place` },
      },
      env: { ORDERS_URL: 'https://api.orders.example/v1', PORT: String(port) },
    });
    const seen = outcomes(await reportOf(['run', '-c', path, '--only', ...WATCHED], KEY));
    expect(seen).toEqual({ ...SAINT, 'verifies-certificates': verdict });
  });
});

interface Note {
  pid: number;
  port: number;
  authority: string;
}

/** The clients of a run under way note who they are, and hang. */
async function startRun(name: string): Promise<{ child: ChildProcess; notes: Note[]; temporary: string }> {
  const temporary = join(folder, `${name}-tmp`);
  const notes = join(folder, `${name}-notes`);
  mkdirSync(temporary);
  mkdirSync(notes);
  const program = join(folder, `${name}.mjs`);
  writeFileSync(
    program,
    `import { writeFileSync } from 'node:fs';
    const port = Number(new URL(process.env.HTTPS_PROXY).port);
    const authority = process.env.NODE_EXTRA_CA_CERTS;
    process.on('SIGTERM', () => {});
    writeFileSync(${JSON.stringify(notes)} + '/' + process.pid, JSON.stringify({ pid: process.pid, port, authority }));
    setInterval(() => {}, 1000);`,
  );
  const crash = join(folder, 'crash.mjs');
  writeFileSync(crash, "process.on('SIGUSR2', () => { throw new Error('made to crash'); });");
  const config = configFor(name, [process.execPath, program], { patience: 60_000 });
  const child = spawn(
    process.execPath,
    ['--import', crash, BIN, 'run', '-c', config, '--only', 'verifies-certificates', '--quiet'],
    { env: { ...process.env, ...KEY, TMPDIR: temporary }, stdio: 'ignore' },
  );
  for (const until = Date.now() + 30_000; readdirSync(notes).length < 2; await pause(20))
    if (Date.now() > until) throw new Error('no client was started');
  await pause(50);
  const read = (file: string): Note => JSON.parse(readFileSync(join(notes, file), 'utf8')) as Note;
  return { child, notes: readdirSync(notes).map(read), temporary };
}

const pause = (ms: number) => new Promise((wake) => setTimeout(wake, ms));

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(process.platform !== 'linux')('nothing is left', () => {
  it.each<[string, (child: ChildProcess) => Promise<void>, number | string]>([
    ['after Ctrl-C', async (child) => void child.kill('SIGINT'), 130],
    ['after a second Ctrl-C', (child) => insist(child, 'SIGINT', 2), 130],
    ['after a crash', async (child) => void child.kill('SIGUSR2'), 70],
  ])('%s', async (name, end, how) => {
    const { child, notes, temporary } = await startRun(name.replaceAll(' ', '-'));
    expect(readdirSync(temporary)).toHaveLength(1);
    expect(readFileSync(notes[0]?.authority ?? '', 'utf8')).toContain('BEGIN CERTIFICATE');
    const ours = [child.pid ?? 0, ...notes.map(({ pid }) => pid)];
    expect(portsOf(ours)).toEqual(expect.arrayContaining(notes.map(({ port }) => port)));
    const closed = once(child, 'close') as Promise<[number | null, string | null]>;
    await end(child);
    const [code, signal] = await closed;
    expect(code ?? signal).toBe(how);
    expect(readdirSync(temporary)).toEqual([]);
    for (const until = Date.now() + 60_000; notes.some(({ pid }) => lives(pid)); await pause(20))
      if (Date.now() > until) throw new Error('a client outlived the run');
    // By process: the ports may be somebody else's by now.
    expect(portsOf(ours)).toEqual([]);
  });

  it('after a run', async () => {
    const temporary = join(folder, 'whole-run');
    mkdirSync(temporary);
    const config = configFor('whole', [process.execPath, `${CLIENTS}through-proxy.mjs`]);
    const words = ['run', '-c', config, '--only', 'verifies-certificates'];
    const { code } = await startCli(words, folder, { ...KEY, TMPDIR: temporary }).ended;
    expect(code).toBe(0);
    expect(readdirSync(temporary)).toEqual([]);
  });
});
