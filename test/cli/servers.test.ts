// proxy, sandbox and lane: what runs beside a client or a run of its own.
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { freePort } from '../../src/sandbox/free-port.js';
import { PACKAGE_ROOT } from '../../src/version.js';
import { type Ended, runCli, startCli } from '../helpers/cli.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'golive-servers-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const KEY = { ORDERS_KEY: 'sk_test_0123456789abcdefghij' };

/** Resolves when a line of standard output names an address. */
function listening(child: ChildProcess, stream: 'stdout' | 'stderr'): Promise<string> {
  let seen = '';
  return new Promise((resolve, reject) => {
    child[stream]?.on('data', (chunk: Buffer) => {
      seen += chunk.toString();
      const [url] = /http:\/\/127\.0\.0\.1:\d+\S*/.exec(seen) ?? [];
      if (url !== undefined) resolve(url);
    });
    child.once('close', () => reject(new Error(`ended before it listened: ${seen}`)));
  });
}

async function whileRunning(
  words: readonly string[],
  act: (url: string) => Promise<void>,
  { stream = 'stdout', env = {} }: { stream?: 'stdout' | 'stderr'; env?: Record<string, string> } = {},
): Promise<Ended> {
  const { child, ended } = startCli(words, folder, env);
  try {
    await act(await listening(child, stream));
  } finally {
    child.kill('SIGINT');
  }
  return ended;
}

const post = (url: string, key: string | null, body: string, header = 'Idempotency-Key') =>
  fetch(url, { method: 'POST', body, headers: key === null ? {} : { [header]: key } });

describe('proxy', () => {
  it('marks the keys and bodies of attempts', async () => {
    const { code, stdout } = await whileRunning(
      ['proxy', '--script', '503,ok'],
      async (url) => {
        await post(`${url}/orders`, 'k-1', '{"a":1}');
        await post(`${url}/orders`, 'k-2', '{"a":1}');
        await post(`${url}/orders`, null, '{"a":2}');
      },
      { stream: 'stderr' },
    );
    expect(code).toBe(0);
    expect(stdout.replace(/ after [\d.]+ m?s/g, '').split('\n')).toEqual([
      '#1: POST /orders (key A, body a) -> 503. The API answers 503.',
      '#2: POST /orders (key B, body a) -> 200',
      '#3: POST /orders (no key, body b) -> 200',
      '',
    ]);
  });

  it('lets an API answer where the script says ok, below its own path', async () => {
    const seen: string[] = [];
    const api = createServer((request, response) => {
      seen.push(`${request.method} ${request.url}`);
      response.writeHead(202).end('{}');
    });
    await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
    const upstream = `http://127.0.0.1:${(api.address() as AddressInfo).port}/v7`;
    try {
      const { stdout } = await whileRunning(
        ['proxy', '--script', '503,ok', '--upstream', upstream, '--key-header', 'X-Once'],
        async (url) => {
          expect(url).toMatch(/\/v7$/);
          const statuses = [];
          for (const _ of [1, 2]) statuses.push((await post(`${url}/orders`, 'k-1', '{}', 'X-Once')).status);
          expect(statuses).toEqual([503, 202]);
        },
        { stream: 'stderr' },
      );
      expect(stdout).toContain('(key A, body a) -> 202');
      expect(seen).toEqual(['POST /v7/orders']);
    } finally {
      api.closeAllConnections();
      api.close();
    }
  });

  it.each([
    [['--script', '503,hagn'], 'did you mean "hang"?'],
    [[], 'golive-check proxy --list'],
    [['--script', 'ok', '--upstream', 'http://api.example.com'], 'expected https://'],
    [['--script', 'ok', '--upstream', 'api.example.com'], 'expected an http:// or https:// address'],
  ])('refuses %j', async (words, problem) => {
    const { code, stderr } = await runCli(['proxy', ...words], folder);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(problem) });
  });

  it('lists the faults, and tells how a script is written', async () => {
    expect((await runCli(['proxy', '--list'], folder)).stdout).toContain('lost-response');
    expect((await runCli(['proxy', '--help'], folder)).stdout).toContain('the last step repeats for ever');
  });
});

describe('sandbox', () => {
  it.each([[[]], [['--as', 'runa']]])('prints its paths, and a config that fits as it stands: %j', async (words) => {
    let run: Ended | null = null;
    const { child, ended } = startCli(['sandbox', ...words], folder);
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    try {
      const url = await listening(child, 'stdout');
      await vi.waitFor(() => expect(said).toMatch(/^endpoint:$[\s\S]*\n$/m));
      const env = Object.fromEntries(
        [...said.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
      );
      writeFileSync(join(folder, 'golive-check.yaml'), said.split('for golive-check.yaml:\n\n')[1] ?? '');
      run = await runCli(['run', '--only', 'accepts-valid-key', '--quiet'], folder, env);
      expect(said).toContain(`POST ${new URL(url).pathname}`);
    } finally {
      child.kill('SIGINT');
      await ended;
    }
    expect(run).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('lane', () => {
  const client = ['node', `${PACKAGE_ROOT}fixtures/clients/retries-with-fresh-key.mjs`];

  function configure(changes: object = {}): void {
    const config = {
      extends: 'ietf',
      endpoint: {
        url: 'http://127.0.0.1:9/v1',
        key: `\${ORDERS_KEY}`,
        operations: { create: { path: '/orders', body: {}, answer: { id: 'ord_1234567890ab', status: 'accepted' } } },
      },
      client: { command: client, baseUrlEnv: 'ORDERS_URL', env: { ORDERS_KEY: `\${ORDERS_KEY}` }, ...changes },
    };
    writeFileSync(join(folder, 'golive-check.json'), JSON.stringify(config));
  }

  it('serves the scenario, and tells what to set', async () => {
    configure();
    const { code, stdout, stderr } = await whileRunning(
      ['lane', 'server-errors.503', '--port', '0'],
      async (url) => {
        const statuses = [];
        for (const key of ['k-1', 'k-1']) statuses.push((await post(`${url}/orders`, key, '{}')).status);
        expect(statuses).toEqual([503, 201]);
      },
      { env: KEY },
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^http:\/\/127.0.0.1:\d+\/v1\n#1: POST \/v1\/orders \(key A, body a\) -> 503/);
    expect(stderr).toMatch(/^export ORDERS_URL=http:\/\/127.0.0.1:\d+\/v1$/m);
    expect(stderr).toContain('# ORDERS_KEY, as in the config');
    expect(stdout + stderr).not.toContain(KEY.ORDERS_KEY);
  });

  it('ends with a command on it, and as that ends', async () => {
    configure();
    const script =
      "fetch(process.env.ORDERS_URL + '/orders', { method: 'POST' }).then(({ status }) => process.exit(status - 500))";
    const { child, ended } = startCli(
      ['lane', 'retries-server-errors', '--port', '0', '--', 'node', '-e', script],
      folder,
      KEY,
    );
    const { code, stdout, stderr } = await ended;
    expect(child.signalCode).toBeNull();
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toContain('#1: POST /v1/orders (no key, empty body) -> 500');
  });

  it("runs the config's own client, as a run does", async () => {
    configure();
    const { code, stdout } = await runCli(['lane', 'answer lost', '--run', '--port', '0'], folder, KEY);
    expect(stdout).toMatch(
      /key A, body a\) -> cut\..*\n#3 after [\d.]+ m?s: POST \/v1\/orders \(key B, body a\) -> 20/,
    );
    expect(stdout).toMatch(/3 attempts; your client ended with exit 0\.\nIt printed:\n/);
    expect(code).toBe(0);
  });

  it("runs the config's own service, as a run does", async () => {
    const port = await freePort();
    const service = {
      start: ['node', `${PACKAGE_ROOT}fixtures/clients/others/service.mjs`],
      ready: 'ready on',
      trigger: { url: `http://127.0.0.1:${port}/place`, method: 'POST' },
    };
    configure({ command: undefined, service, env: { ORDERS_KEY: `\${ORDERS_KEY}`, PORT: String(port) } });
    const { stdout } = await runCli(['lane', 'server-errors.503', '--run', '--port', '0'], folder, KEY);
    expect(stdout).toMatch(/key A, body a\) -> 503\..*\n.*\(key A, body a\) -> 20/);
    expect(stdout).toContain('your client answered its trigger with 200');
  });

  it.each([
    [['server-erors.503'], 'did you mean "server-errors.503"?'],
    [['resumes-with-same-key-after-crash'], 'needs client.durable: true'],
    [[], 'golive-check lane --list'],
    [['server-errors.503', '--run', '--', 'node'], 'expected one of them'],
    [['server-errors.503', '--target', 'orders'], '--target: found "orders"'],
  ])('refuses %j', async (words, problem) => {
    configure();
    const { code, stderr } = await runCli(['lane', ...words], folder, KEY);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(problem) });
  });

  it.each([[[]], [['--run']]])('says so where its port is taken: %j', async (words) => {
    configure();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const port = String((other.address() as AddressInfo).port);
    try {
      const { code, stderr } = await runCli(['lane', 'server-errors.503', '--port', port, ...words], folder, KEY);
      expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(`--port ${port}: cannot`) });
    } finally {
      other.close();
    }
  });

  it('ends a command that is under way when it is ended itself', async () => {
    configure();
    const script = "fetch(process.env.ORDERS_URL + '/orders', { method: 'POST' })";
    const { child, ended } = startCli(
      ['lane', 'hang.no-answer', '--port', '0', '--', 'node', '-e', script],
      folder,
      KEY,
    );
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    try {
      await vi.waitFor(() => expect(said).toContain('(no key, empty body) -> open'), { timeout: 20_000 });
    } finally {
      child.kill('SIGTERM');
    }
    const { code, stderr } = await ended;
    expect(code).toBe(143);
    expect(stderr).toContain('node ended by SIGTERM');
  });

  it('serves the script of a run', async () => {
    configure();
    const script = `status(status=503, headers='{"Retry-After":"7"}'),ok`;
    await whileRunning(
      ['lane', 'retry-after.503.1#1', '--script', script, '--port', '0'],
      async (url) => {
        const first = await post(`${url}/orders`, 'k-1', '{}');
        expect([first.status, first.headers.get('retry-after')]).toEqual([503, '7']);
      },
      { env: KEY },
    );
  });

  it('lists what a run would let the client meet', async () => {
    configure();
    const { code, stdout } = await runCli(['lane', '--list'], folder, KEY);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}lost-response.answer-lost +lost-response\(how=close\),ok$/m);
    expect(stdout).toContain('needs client.workloads.list');
  });
});
