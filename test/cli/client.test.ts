// `client`: what its command line takes, what it writes, and what it says where nothing can be learned.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/schema.js';
import { startSandbox } from '../../src/sandbox/server.js';
import { runCli } from '../helpers/cli.js';

const CLIENTS = fileURLToPath(new URL('../../fixtures/clients/', import.meta.url));
const CANARY = 'canary_9b1d7f3a5c8e2046';
const root = mkdtempSync(join(tmpdir(), 'golive-client-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const place = () => mkdtempSync(join(root, 'one-'));

/** A program that calls the API at a fixed address. */
function program(folder: string, text: string): string {
  writeFileSync(join(folder, 'client.mjs'), text);
  return 'client.mjs';
}

const QUICK = ['--only', 'completes-without-faults'];
const outcomesOf = (report: Report) => report.checks.map(({ id, outcome, code }) => `${id} ${outcome} ${code}`);

describe.concurrent('a learned config', () => {
  it.each([
    ['a good client', 'npm/right/fetch.mjs', 0, []],
    ['a client that gives up at once', 'never-retries.mjs', 1, ['retries-server-errors']],
  ])('%s gets the same verdicts from it', async (_, file, code, failed) => {
    const folder = place();
    const env = { ORDERS_KEY: CANARY };
    const only = ['--only', 'completes-without-faults', 'pins-version', 'retries-server-errors', 'sends-key-in-header'];
    const words = ['client', '--env', 'ORDERS_URL', '--save', '--json', '--seed', '1', ...only];
    const learned = await runCli([...words, '--', process.execPath, `${CLIENTS}${file}`], folder, env);
    const saved = readFileSync(join(folder, 'golive-check.yaml'), 'utf8');
    const again = await runCli(['--json', '--quiet', '--seed', '1', ...only], folder, env);
    const [one, other] = [learned, again].map(({ stdout }) => JSON.parse(stdout) as Report);
    if (one === undefined || other === undefined) throw new Error('two reports');
    expect([learned.code, again.code]).toEqual([code, code]);
    expect(outcomesOf(other)).toEqual(outcomesOf(one));
    expect(one.checks.filter(({ outcome }) => outcome === 'fail').map(({ id }) => id)).toEqual(failed);
    expect(one.checks.map(({ outcome }) => outcome)).not.toContain('not-applicable');
    expect(saved).toMatch(/^ {2}key: \$\{ORDERS_KEY\} # found in authorization$/im);
    expect(saved).toMatch(/# seen on POST \/orders, new for each run\n {2}idempotency:/);
    expect(learned.stderr).toMatch(/wrote golive-check\.yaml/);
    for (const text of [saved, learned.stdout, learned.stderr, again.stdout]) expect(text).not.toContain(CANARY);
    // It says what it learned, and a run of the config does not.
    expect([one.run.learned !== undefined, other.run.learned]).toEqual([true, undefined]);
    expect(one.run.again).toEqual({ command: 'run', words: ['--config', 'golive-check.yaml'] });
  });

  it('puts what comes after a log-in to the test, and takes a key in the body', async () => {
    const folder = place();
    const text = `const base = process.env.SHOP_URL;
      const post = (path, body, headers) => fetch(base + path, { method: 'POST', headers, body, signal: AbortSignal.timeout(2000) });
      const form = new URLSearchParams({ grant_type: 'client_credentials', client_secret: process.env.SHOP_SECRET });
      const { accessToken } = await (await post('/oauth/token', form)).json();
      const headers = { authorization: 'Bearer ' + accessToken, 'content-type': 'application/json' };
      const body = JSON.stringify({ idempotency_key: crypto.randomUUID(), amount: 1 });
      for (let left = 3; left > 0; left--) {
        const { ok } = await post('/payments', body, headers);
        if (ok) process.exit(0);
      }
      process.exit(1);`;
    const checks = ['sends-idempotency-key', 'retries-server-errors'];
    const words = ['client', '--env', 'SHOP_URL', '--save', '--json', '--quiet', '--only', ...checks];
    const env = { SHOP_SECRET: CANARY };
    const { stdout, stderr } = await runCli([...words, '--', process.execPath, program(folder, text)], folder, env);
    const report = JSON.parse(stdout) as Report;
    expect(
      outcomesOf(report)
        .map((one) => one.split(' ').slice(0, 2).join(' '))
        .toSorted(),
    ).toEqual(checks.map((id) => `${id} pass`).toSorted());
    expect(report.run.learned?.map(({ what }) => what)).toContain('Log-in: POST /oauth/token');
    const saved = readFileSync(join(folder, 'golive-check.yaml'), 'utf8');
    expect(saved).toMatch(/token: \/accessToken/);
    for (const one of [saved, stdout, stderr]) expect(one).not.toContain(CANARY);
  });

  it('a description answers what a plain success does not, and judges what is sent', async () => {
    const folder = place();
    const media = (schema: object) => ({ content: { 'application/json': { schema } } });
    const order = { type: 'object', properties: { id: { type: 'string' }, status: { enum: ['done'] } } };
    const ordered = { type: 'object', required: ['amount'], properties: { amount: { type: 'integer' } } };
    const post = { requestBody: media(ordered), responses: { 201: { description: 'made', ...media(order) } } };
    const servers = [{ url: 'https://api.shop.example/v2' }];
    const api = { openapi: '3.1.0', info: { title: 'Shop', version: '2' }, servers, paths: { '/orders': { post } } };
    writeFileSync(join(folder, 'api.json'), JSON.stringify(api));
    const text = `const body = JSON.stringify({ amount: 'one' });
      const made = await fetch('https://api.shop.example/v2/orders', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      if ((await made.json()).status !== 'done') process.exit(1);`;
    const command = [process.execPath, program(folder, text)];
    const words = ['--json', '--quiet', '--only', 'completes-without-faults', 'sends-valid-bodies'];
    const without = await runCli(['client', ...words, '--', ...command], folder);
    expect([without.code, without.stderr]).toEqual([3, expect.stringContaining('--openapi <file>')]);
    const learned = await runCli(['client', '--openapi', 'api.json', '--save', ...words, '--', ...command], folder);
    const again = await runCli(words, folder);
    const [one, other] = [learned, again].map(({ stdout }) => JSON.parse(stdout) as Report);
    if (one === undefined || other === undefined) throw new Error('two reports');
    expect(one.checks.map(({ id, outcome }) => `${id} ${outcome}`).toSorted()).toEqual([
      'completes-without-faults pass',
      'sends-valid-bodies fail',
    ]);
    expect(outcomesOf(other)).toEqual(outcomesOf(one));
    expect(readFileSync(join(folder, 'golive-check.yaml'), 'utf8')).toMatch(/^ {2}openapi: \.\/api\.json # given/m);
  });

  it('an upstream is asked once for each operation, and its answers are kept without a secret', async () => {
    const sandbox = await startSandbox();
    const folder = place();
    const text = `const url = '${sandbox.url}';
      const headers = { authorization: 'Bearer ' + process.env.ORDERS_KEY, 'content-type': 'application/json', 'api-version': '2026-06-01', 'idempotency-key': '"' + crypto.randomUUID() + '"' };
      await fetch(url + '/ping', { headers });
      const made = await fetch(url + '/orders', { method: 'POST', headers, body: JSON.stringify({ reference: crypto.randomUUID(), amount: 1, currency: 'EUR' }) });
      const { id, status } = await made.json();
      if (status !== 'accepted') process.exit(1);
      const read = await fetch(url + '/orders/' + id, { headers });
      if ((await read.json()).id !== id) process.exit(1);`;
    try {
      const words = ['client', '--upstream', sandbox.url, '--save', 'my.yaml', '--json', '--quiet', ...QUICK, '--'];
      const command = [process.execPath, program(folder, text)];
      const { code, stdout, stderr } = await runCli([...words, ...command], folder, { ORDERS_KEY: sandbox.keys.key });
      expect([code, stderr]).toEqual([0, '']);
      expect(sandbox.log.map(({ method, path }) => `${method} ${path.replace(/ord_\w+/, '<id>')}`)).toEqual([
        'GET /v1/ping',
        'POST /v1/orders',
        'GET /v1/orders/<id>',
      ]);
      const saved = readFileSync(join(folder, 'my.yaml'), 'utf8');
      expect(saved).toMatch(/path: \/orders\/\{id\}/);
      expect(saved).toMatch(/answerStatus: 201\n {6}answer:\n {8}id: ord_/);
      for (const one of [saved, stdout]) expect(one).not.toContain(sandbox.keys.key);
    } finally {
      await sandbox.close();
    }
  });
});

const FAILS = "await fetch('https://api.shop.example/x', { method: 'POST', body: '{}' });";

describe.concurrent('where nothing can be learned', () => {
  it.each<[what: string, words: string[], text: string | null, code: number, says: RegExp]>([
    ['no command', [], null, 2, /client: missing; expected the command.*\n.*golive-check client -- node/],
    ['a command that is not there', ['--', './not-there'], null, 2, /could not be started/],
    ['a client that calls nothing', [], '', 3, /your client called nothing.*\n.*--env <name>/],
    [
      'a client that the plain answer does not help',
      [],
      `const a = await (${FAILS.slice(6, -1)}); console.error(process.env.SHOP_KEY); if (!(await a.json()).data) process.exit(4);`,
      3,
      /POST \/x was answered 20[01] by our stub.*exit 4\n.*it printed: \[secret:SHOP_KEY\]\n.*--upstream.*operations\.create\.answer/,
    ],
    [
      'a host that is needed and not reached',
      [],
      `await fetch('https://login.shop.example/token', { method: 'POST' }); ${FAILS}`,
      3,
      /login\.shop\.example cannot be reached(?:.|\n)*--pass-through login\.shop\.example/,
    ],
    [
      'a host that it does not call',
      ['--host', 'api.other.example'],
      FAILS,
      2,
      /--host: found api\.other\.example; your client called api\.shop\.example/,
    ],
    [
      'an upstream that is no sandbox',
      ['--upstream', 'https://api.shop.example'],
      FAILS,
      2,
      /POST \/x would be sent to api\.shop\.example, which does not look like a sandbox; nothing was written\n.*--allow-writes/,
    ],
    ['a file that is none', ['--save', 'node'], FAILS, 2, /--save: found "node"; expected a name that ends in \.yaml/],
    [
      'a service without a trigger',
      ['--start', 'npm start', '--ready', 'up'],
      null,
      2,
      /--trigger: missing beside --start/,
    ],
    ['a key on the command line', ['--', 'run', '--key=sk_live_0123456789abcdef'], null, 2, /looks like a credential/],
  ])('%s: one message', async (_, words, text, code, says) => {
    const folder = place();
    const command = text === null ? [] : ['--', process.execPath, program(folder, text)];
    const ended = await runCli(['client', '--quiet', '--json', ...QUICK, ...words, ...command], folder, {
      SHOP_KEY: CANARY,
    });
    expect([ended.code, ended.stdout]).toEqual([code, '']);
    expect(ended.stderr).toMatch(says);
    expect(ended.stderr).not.toContain(CANARY);
    expect(existsSync(join(folder, 'golive-check.yaml'))).toBe(false);
  });

  it('an existing config is not overwritten', async () => {
    const folder = place();
    writeFileSync(join(folder, 'golive-check.yaml'), 'extends: none\n');
    const { code, stderr } = await runCli(['client', '--save', '--', 'true'], folder);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/golive-check\.yaml exists.*\n.*--force/)]);
    expect(readFileSync(join(folder, 'golive-check.yaml'), 'utf8')).toBe('extends: none\n');
  });
});
