import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type ResolvedTarget, resolveSource } from '../../src/config/load.js';
import type { ConfigInput, TargetInput } from '../../src/config/schema.js';
import { lookAtClient } from '../../src/doctor/client.js';
import { diagnose } from '../../src/doctor/doctor.js';
import { lookAtEndpoint, offsetMs, rowsOf } from '../../src/doctor/endpoint.js';
import { lookAtNode, timersFinding } from '../../src/doctor/machine.js';
import { lookAtProxies } from '../../src/doctor/proxies.js';
import { lookAtReceiver } from '../../src/doctor/receiver.js';
import type { Finding } from '../../src/doctor/row.js';
import { createRedactor } from '../../src/redaction/redact.js';
import { diagnosisJson, renderDiagnosis } from '../../src/views/doctor.js';
import { type Issued, makeAuthority, selfSigned } from '../helpers/certificates.js';
import { httpAnswer, startPeer } from '../helpers/peer.js';

const KEY = 'sk_test_c4nary/0123456789+abc';
const never = new AbortController().signal;
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function targetOf(raw: ConfigInput, environment: NodeJS.ProcessEnv = { KEY }): Promise<ResolvedTarget> {
  const source = { raw, file: `${process.cwd()}/golive-check.yaml`, placeOf: async () => null };
  const [target] = await resolveSource(source, { cwd: process.cwd(), environment, allowMissing: true });
  if (target === undefined) throw new Error('no target');
  return target;
}

interface Seen {
  method: string | undefined;
  headers: NodeJS.Dict<string | string[]>;
}

async function startTls(issued: Issued, headers: Record<string, string> = {}): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const server: Server = createServer(issued, (request, response) => {
    seen.push({ method: request.method, headers: request.headers });
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.statusCode = 404;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, seen };
}

const program = (text: string) => [process.execPath, '--input-type=module', '-e', text];
const states = (rows: Readonly<Record<string, Finding>>) =>
  Object.fromEntries(Object.entries(rows).map(([id, { state }]) => [id, state]));

describe('everything is there', () => {
  it('finds no problem, sends one HEAD without the key, and shows no secret', async () => {
    const authority = await makeAuthority();
    const { url, seen } = await startTls(await authority.issue());
    const client = `await fetch(process.env.API + '/orders?token=' + encodeURIComponent(process.env.KEY), {
      method: 'POST', body: '{}', headers: { authorization: 'Bearer ' + process.env.KEY } });
      console.log('key', process.env.KEY);`;
    const receiver = `import { createServer } from 'node:http';
      createServer((_, response) => response.writeHead(405).end()).listen(process.env.PORT);`;
    const port = await startPeer(() => undefined);
    await port.close();
    const target = await targetOf({
      endpoint: { url, key: '${KEY}', ca: authority.pem },
      client: { command: program(client), baseUrlEnv: 'API', upstream: 'endpoint' },
      webhook: {
        url: `${port.origin}/hooks`,
        command: program(receiver),
        env: { PORT: String(port.port) },
        secret: '${KEY}',
      },
    });
    const environment = { ...process.env, KEY };
    const found = await diagnose({ targets: [target], environment, cwd: '/', signal: never });
    const [own] = found.targets;
    const odd = [...found.machine, ...(own?.rows ?? [])].filter(({ id, state }) => id !== 'timers' && state !== 'ok');
    expect(odd).toEqual([]);
    expect(own?.rows.find(({ id }) => id === 'client-calls')?.seen).toBe(
      '1 arrived: POST /v1/orders (not all of them in endpoint.operations)',
    );
    expect(seen.map(({ method }) => method)).toEqual(['HEAD']);
    expect(JSON.stringify(seen)).not.toContain(KEY);

    const options = { color: false, width: 80, unicode: true, verbose: false, onlyFailures: false };
    const texts = [
      renderDiagnosis(found, '/x/golive-check.yaml', options),
      renderDiagnosis(found, null, { ...options, unicode: false, width: 40 }),
      diagnosisJson(found, null),
    ];
    for (const text of texts) for (const form of [KEY, encodeURIComponent(KEY)]) expect(text).not.toContain(form);
    expect(Math.max(...(texts[0] ?? '').split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(texts[0]).toContain('No problem');
    expect(texts[1]).toMatch(/^[\x20-\x7e\n]*$/);
    expect(JSON.parse(texts[2] ?? '')).toMatchObject({ schemaVersion: 1, config: null, rows: expect.any(Array) });
  });
});

describe('nothing is there', () => {
  it('each row says what would make it run', async () => {
    const target = await targetOf({ source: {} });
    const { targets } = await diagnose({ targets: [target], environment: {}, cwd: '/', signal: never });
    const rows = targets[0]?.rows ?? [];
    expect(rows.filter(({ state }) => state !== 'not-run').map(({ id }) => id)).toEqual(['variables']);
    expect(rows.map(({ next }) => next).join('\n')).toMatch(/endpoint\.url[\s\S]*client\.command[\s\S]*webhook\.url/);
  });

  it('a variable that is not set keeps programs from being started', async () => {
    const target = await targetOf(
      { client: { command: program(''), baseUrlEnv: 'API', env: { A: '${NOBODY_SETS}' } }, source: {} },
      {},
    );
    const { targets } = await diagnose({ targets: [target], environment: {}, cwd: '/', signal: never });
    const rows = Object.fromEntries((targets[0]?.rows ?? []).map((row) => [row.id, row]));
    expect([rows.variables?.state, rows.variables?.seen]).toEqual(['problem', 'NOBODY_SETS is not set (or empty)']);
    expect([rows.client?.state, rows.client?.seen]).toEqual(['not-run', 'needs NOBODY_SETS to be set']);
  });

  it('an interruption ends all that runs', async () => {
    const target = await targetOf({ client: { command: program('setInterval(() => 0, 1e6)'), baseUrlEnv: 'API' } });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 1200);
    const { targets } = await diagnose({
      targets: [target],
      environment: process.env,
      cwd: '/',
      signal: controller.signal,
    });
    const client = targets[0]?.rows.find(({ id }) => id === 'client');
    expect([client?.state, client?.seen]).toEqual(['not-run', 'interrupted']);
  });
});

describe('the way to the API', () => {
  const look = async (endpoint: NonNullable<TargetInput['endpoint']>, environment: NodeJS.ProcessEnv = {}) =>
    lookAtEndpoint(await targetOf({ endpoint }), environment, never);

  it('names what is wrong with a certificate', async () => {
    const authority = await makeAuthority();
    for (const [issued, ca, state, words] of [
      [await selfSigned(), undefined, 'problem', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
      [await authority.issue({ endsInDays: -1 }), authority.pem, 'problem', 'CERT_HAS_EXPIRED'],
      [await authority.issue({ hosts: ['a.example'] }), authority.pem, 'problem', 'ERR_TLS_CERT_ALTNAME_INVALID'],
      [await authority.issue({ endsInDays: 3.5 }), authority.pem, 'warning', 'for 3 days more'],
      [await authority.issue(), '/nowhere/ca.pem', 'problem', '/nowhere/ca.pem cannot be read'],
    ] as const) {
      const { url } = await startTls(issued);
      const { tls, answer, clock } = await look({ url, ...(ca === undefined ? {} : { ca }) });
      expect([tls.state, tls.seen], words).toEqual([state, expect.stringContaining(words)]);
      expect([answer.state, clock.state], words).toEqual(
        words.includes('/nowhere') ? ['not-run', 'not-run'] : ['ok', 'ok'],
      );
    }
  });

  it('tells a peer that does not speak TLS, one that is not there, and a name that is none', async () => {
    const plain = await startPeer((socket) => socket.end(httpAnswer('503 Service Unavailable', '')));
    const greeter = await startPeer(
      () => undefined,
      (socket) => socket.end('220 ready\r\n'),
    );
    closing.push(plain.close, greeter.close);
    expect(states(await look({ url: `https://127.0.0.1:${greeter.port}` }))).toEqual({
      dns: 'ok',
      tls: 'problem',
      answer: 'not-run',
      clock: 'not-run',
    });
    const open = await look({ url: plain.origin });
    expect(states(open)).toEqual({ dns: 'ok', tls: 'not-run', answer: 'warning', clock: 'not-run' });
    // What is silent costs what is not known no more than its own rows.
    const silent = await lookAtEndpoint(
      await targetOf({ endpoint: { url: `https://127.0.0.1:${plain.port}` } }),
      {},
      AbortSignal.timeout(200),
    );
    expect(states(silent)).toEqual({ dns: 'ok', tls: 'problem', answer: 'not-run', clock: 'not-run' });
    const gone = await startPeer(() => undefined);
    await gone.close();
    const refused = await look({ url: gone.origin }, { HTTPS_PROXY: 'http://user:pa55w0rd@proxy.example:3128' });
    expect(states(refused)).toEqual({ dns: 'ok', tls: 'not-run', answer: 'problem', clock: 'not-run' });
    expect(refused.answer.next).toContain('HTTPS_PROXY (proxy.example:3128) is set');
    expect(JSON.stringify(refused)).not.toContain('pa55w0rd');
    expect(states(await look({ url: 'https://nobody.invalid' }))).toEqual({
      dns: 'problem',
      tls: 'not-run',
      answer: 'not-run',
      clock: 'not-run',
    });
  });

  it.each([
    [0, 0],
    [4, 0],
    [-5_500, -4_500],
    [1_500, 1_300],
    [90_000, 89_800],
  ])('a Date that is %d ms from ours in an exchange of 200 ms is off by %d ms at least', (theirs, least) => {
    expect(offsetMs(1_000_000 + theirs, 1_000_000, 200)).toBe(least);
  });

  it.each([
    [3, {}, 'ok'],
    [-40, {}, 'warning'],
    [120, {}, 'problem'],
    [-120, {}, 'problem'],
    // A cache kept the answer: its date is as old.
    [-120, { ageS: 120 }, 'ok'],
    [-500, { ageS: 120 }, 'warning'],
    [null, {}, 'not-run'],
  ])('a clock %s s ahead of ours with %j: %s', (seconds, more, state) => {
    const askedAtMs = 1_790_000_000_000;
    const date = seconds === null ? 'soon' : new Date(askedAtMs + seconds * 1000).toUTCString();
    const answer = { status: 200, date, ageS: 0, askedAtMs, tookMs: 50, ...more };
    const rows = rowsOf({ certificate: null, answer, error: null }, new URL('http://127.0.0.1/v1'), askedAtMs, '');
    expect(rows.clock.state).toBe(state);
  });
});

describe('the client', () => {
  const look = async (client: NonNullable<TargetInput['client']>, more: ConfigInput = {}) =>
    lookAtClient(await targetOf({ ...more, client }), process.env, never);

  it.each<[string, NonNullable<TargetInput['client']>, string, string, RegExp]>([
    ['a program that is not there', { command: './nowhere.sh', baseUrlEnv: 'API' }, 'problem', 'problem', /exit 127/],
    [
      'a folder that is not there',
      { command: 'true', cwd: 'nowhere', baseUrlEnv: 'API' },
      'problem',
      'problem',
      /no folder/,
    ],
    ['one that ignores its base URL', { command: program(''), baseUrlEnv: 'API' }, 'ok', 'problem', /does it read API/],
    [
      'one that fails',
      { command: program('await fetch(process.env.API); throw new Error("no id")'), baseUrlEnv: 'API' },
      'warning',
      'ok',
      /exit 1/,
    ],
    [
      'one that speaks TLS where nobody else does',
      {
        command: program('await fetch(process.env.API.replace("http", "https")).catch(() => 0)'),
        baseUrlEnv: 'API',
      },
      'ok',
      'problem',
      /looks like tls/,
    ],
    [
      'one that is not told where to call',
      { command: program('process.exit(9)') },
      'problem',
      'not-run',
      /not started/,
    ],
    [
      'a service',
      {
        service: {
          start: program(`import { createServer } from 'node:http';
            createServer((request, response) => fetch(process.env.API + '/orders').then(() => response.end()))
              .listen(0, '127.0.0.1', function () { console.log('ready', this.address().port); });`),
          ready: 'ready',
          trigger: { command: program('process.exit(0)') },
        },
        baseUrlEnv: 'API',
        patience: 500,
      },
      'ok',
      'problem',
      /none arrived/,
    ],
  ])('%s', async (_, client, starts, calls, words) => {
    const rows = await look(client);
    expect(states(rows)).toEqual({ client: starts, 'client-calls': calls });
    expect(JSON.stringify(rows)).toMatch(words);
  });

  it('is not started against the live API', async () => {
    const rows = await look(
      { command: program(''), baseUrlEnv: 'API' },
      { endpoint: { url: 'https://a.example', environment: 'live' } },
    );
    expect(states(rows)).toEqual({ client: 'not-run', 'client-calls': 'not-run' });
  });

  it('is intercepted where it knows no base URL', async () => {
    const peer = await startPeer((socket) => socket.end(httpAnswer('200 OK', '')));
    closing.push(peer.close);
    const connect = `import { connect } from 'node:net';
      const { hostname, port, username, password } = new URL(process.env.HTTP_PROXY);
      const token = Buffer.from(username + ':' + password).toString('base64');
      const socket = connect(port, hostname, () => socket.write('GET ${peer.origin}/orders HTTP/1.1\\r\\nHost: 127.0.0.1:${peer.port}\\r\\nProxy-Authorization: Basic ' + token + '\\r\\nConnection: close\\r\\n\\r\\n'));
      socket.resume();`;
    const rows = await look({ command: program(connect), intercept: 'proxy' }, { endpoint: { url: peer.origin } });
    expect(states(rows)).toEqual({ client: 'ok', 'client-calls': 'ok' });
    expect(peer.connections()).toBe(0);
  });
});

describe('the receiver', () => {
  const redactor = createRedactor([{ name: 'KEY', value: KEY, kind: 'credential' }]);
  const look = async (webhook: NonNullable<TargetInput['webhook']>) =>
    lookAtReceiver(await targetOf({ webhook }), { environment: { ...process.env, KEY }, redactor, signal: never });

  it('runs, or does not', async () => {
    const heads: string[] = [];
    const peer = await startPeer((socket, head) => {
      heads.push(head.split('\r\n')[0] ?? '');
      socket.end(httpAnswer('405 Method Not Allowed', ''));
    });
    const url = `${peer.origin}/hooks`;
    expect((await look({ url })).state).toBe('ok');
    expect(heads).toEqual(['HEAD /hooks HTTP/1.1']);
    await peer.close();
    const gone = await look({ url });
    expect([gone.state, gone.next]).toEqual(['problem', expect.stringContaining('webhook.command')]);
    const ends = await look({ url, command: program("console.log('key', process.env.KEY); process.exit(3)") });
    expect([ends.state, ends.seen]).toEqual(['problem', expect.stringContaining('[secret:KEY]')]);
    expect(JSON.stringify(ends)).not.toContain(KEY);
  });
});

describe('the machine', () => {
  it.each([
    ['20.19.0', 'ok'],
    ['24.0.0', 'ok'],
    ['20.18.9', 'problem'],
    ['18.20.0', 'problem'],
  ])('Node %s: %s', (version, state) => expect(lookAtNode(version).state).toBe(state));

  it.each([
    [0.4, 3, 'ok', /quiet enough/],
    [15, 40, 'warning', /jitter/],
    [2, 900, 'warning', /stalls/],
  ])('timers that are %d ms late, %d ms at most: %s', (timerLateMeanMs, timerLateMaxMs, state, words) => {
    const found = timersFinding({ timerLateMeanMs, timerLateMaxMs }, 1);
    expect([found.state, words.test(found.seen), found.next === null]).toEqual([state, true, state === 'ok']);
  });

  it('variables of a proxy are told without their password', async () => {
    const environment = { https_proxy: 'http://user:pa55w0rd@proxy.example:3128', NO_PROXY: 'internal.example' };
    const client = { command: 'true', baseUrlEnv: 'API' };
    const found = lookAtProxies(environment, [await targetOf({ client })]);
    expect([found.state, found.seen]).toEqual(['ok', expect.stringContaining('HTTPS_PROXY (proxy.example:3128)')]);
    expect(found.seen).not.toContain('pa55w0rd');
    const env = { NO_PROXY: 'internal.example', no_proxy: 'internal.example' };
    const astray = lookAtProxies(environment, [await targetOf({ client: { ...client, env } })]);
    expect([astray.state, astray.next]).toEqual(['warning', 'add 127.0.0.1 to NO_PROXY in client.env']);
    expect(lookAtProxies({}, [await targetOf({ client: { ...client, env } })]).state).toBe('ok');
    expect(lookAtProxies({ HTTP_PROXY: 'x y' }, []).seen).toContain('HTTP_PROXY (not a URL)');
  });
});
