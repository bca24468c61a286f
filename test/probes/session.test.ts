// Tokens over a run: kept for their lifetime, renewed once when they are refused, hidden in everything that is stored.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { resolveSource } from '../../src/config/load.js';
import { statusOf } from '../../src/evidence/exchange.js';
import { isLack } from '../../src/evidence/unlock.js';
import { createApi } from '../../src/probes/api.js';
import type { CallSpec } from '../../src/probes/call.js';
import { createSender } from '../../src/probes/session.js';
import { createRedactor } from '../../src/redaction/redact.js';
import { createBudget } from '../../src/transport/budget.js';
import { createTransport } from '../../src/transport/transport.js';

interface Answer {
  status: number;
  body: object | string;
  headers?: Record<string, string>;
}
type Answering = (request: { path: string; authorization: string; body: string }, asked: number) => Answer;

const PASSWORD = 'planted-password-0123';

/** An API on loopback whose log-in and calls a test answers as it likes. */
async function api(
  login: object,
  onLogin: Answering,
  onCall: Answering,
  { place, path = (_origin) => '/token' }: { place?: string; path?: (origin: string) => string } = {},
) {
  let [logins, calls] = [0, 0];
  const seen: string[] = [];
  const server = createServer(async (request, response) => {
    const body = await textOf(request);
    const path = request.url ?? '';
    const told = { path, authorization: request.headers.authorization ?? '', body };
    const answer = path === (place ?? '/v1/token') ? onLogin(told, ++logins) : onCall(told, ++calls);
    if (path !== (place ?? '/v1/token')) seen.push(told.authorization);
    response.writeHead(answer.status, answer.headers);
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const raw = {
    extends: 'none',
    contract: { auth: { login: { path: path(origin), token: '/access_token', ...login } } },
    endpoint: { url: `${origin}/v1`, operations: { read: { path: '/me' } } },
  };
  const source = { raw, file: '/nowhere.json', placeOf: async () => null };
  const [target] = await resolveSource(source, { cwd: '/', environment: { PASSWORD } });
  const made = target === undefined ? null : createApi(target, null);
  const read = made?.call('read');
  if (target === undefined || made === null || read === undefined || isLack(read)) throw new Error('no target');
  const redactor = createRedactor(target.secrets);
  const transport = createTransport({
    origin,
    ca: null,
    plainOrigin: null,
    egress: {},
    connectTimeoutMs: 5000,
    timeoutMs: 5000,
    redactor,
    budget: createBudget({ requests: 100, writes: 0, seconds: 60 }),
    concurrency: 16,
    signal: new AbortController().signal,
  });
  onTestFinished(async () => {
    await transport.close();
    server.closeAllConnections();
    server.close();
  });
  const send = createSender(made, transport, redactor, 1);
  return {
    seen,
    logins: () => logins,
    exchanges: transport.exchanges,
    call: (credential: CallSpec['credential'] = 'key', id = 'a.b') => send(id, { ...read, credential }, {}),
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

const ok: Answer = { status: 200, body: { ok: true } };
const refused: Answer = { status: 401, body: { error: 'expired' } };
const token = (serial: number, more: object = {}): Answer => ({
  status: 200,
  body: { access_token: `opaque-token-number-${serial}-abcdefgh`, ...more },
});
const giving: Answering = (_request, serial) => token(serial);

describe('a token', () => {
  it('is logged in for once, however many ask at once', async () => {
    const world = await api({ body: { user: 'dana', password: '${PASSWORD}' } }, giving, () => ok);
    await Promise.all(Array.from({ length: 8 }, () => world.call()));
    await world.call();
    expect(world.logins()).toBe(1);
    expect(new Set(world.seen)).toEqual(new Set(['Bearer opaque-token-number-1-abcdefgh']));
  });

  it.each([
    ['JSON', { body: { user: 'dana', password: '${PASSWORD}' } }, `{"user":"dana","password":"${PASSWORD}"}`],
    [
      'a form',
      { form: { grant_type: 'client_credentials', client_secret: '${PASSWORD}' } },
      `grant_type=client_credentials&client_secret=${PASSWORD}`,
    ],
  ])('is asked for in %s, whose secrets stay hidden', async (_form, login, sent) => {
    let asked = '';
    const world = await api(
      login,
      (request, serial) => {
        asked = request.body;
        return token(serial);
      },
      () => ok,
    );
    await world.call();
    expect(asked).toBe(sent);
    expect(JSON.stringify(world.exchanges)).not.toContain(PASSWORD);
    expect(world.exchanges[0]?.request).toMatchObject({
      operation: null,
      role: 'log-in',
      credential: 'none',
      write: false,
    });
  });

  it('is asked for outside the base path, at a URL of the same origin', async () => {
    const world = await api({}, giving, () => ok, {
      place: '/oauth/token?scope=all',
      path: (origin) => `${origin}/oauth/token?scope=all`,
    });
    await world.call();
    expect(world.logins()).toBe(1);
    expect(world.seen).toEqual(['Bearer opaque-token-number-1-abcdefgh']);
  });

  it('goes where the contract says', async () => {
    const world = await api({ header: 'X-Session', prefix: '' }, giving, (request) => ({ status: 200, body: request }));
    await world.call();
    expect(world.exchanges[1]?.request.headers).toContainEqual(['X-Session', '[secret:LOGIN_TOKEN]']);
  });

  it.each([
    ['seconds', { lifetime: '/expires_in' }, { expires_in: 3600 }, 1],
    ['seconds, over', { lifetime: '/expires_in' }, { expires_in: 0.001 }, 3],
    ['milliseconds', { lifetime: '/expiresIn', lifetimeUnit: 'ms' }, { expiresIn: 3_600_000 }, 1],
    ['milliseconds, over', { lifetime: '/expiresIn', lifetimeUnit: 'ms' }, { expiresIn: 0.01 }, 3],
    ['as fixed, over', { lifetimeMs: 1 }, {}, 3],
    ['as fixed, where the answer does not say', { lifetime: '/expires_in', lifetimeMs: 3_600_000 }, {}, 1],
    ['unknown', {}, {}, 1],
    ['not a number', { lifetime: '/expires_in' }, { expires_in: 'soon' }, 1],
  ])('lives as long as it says: %s', async (_name, login, more, logins) => {
    const world = await api(
      login,
      (_request, serial) => token(serial, more),
      () => ok,
    );
    for (let calls = 0; calls < 3; calls += 1) {
      await world.call();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(world.logins()).toBe(logins);
  });

  it('that had worked and is refused is renewed once, and the call is sent again for all to see', async () => {
    const world = await api({}, giving, (request, asked) =>
      asked > 1 && request.authorization.includes('number-1') ? refused : ok,
    );
    expect(statusOf(await world.call())).toBe(200);
    const four = await Promise.all(['c.1', 'c.2', 'c.3', 'c.4'].map((id) => world.call('key', id)));
    expect(four.map(statusOf)).toEqual([200, 200, 200, 200]);
    expect(world.logins()).toBe(2);
    const sent = world.exchanges.map((one) => [one.id, statusOf(one)]);
    expect(sent).toContainEqual(['c.1', 401]);
    expect(sent).toContainEqual(['c.1.renewed', 200]);
  });

  it('that never worked is not renewed: the refusal is the answer', async () => {
    const world = await api({}, giving, () => refused);
    expect(statusOf(await world.call())).toBe(401);
    expect([world.logins(), world.exchanges.length]).toEqual([1, 2]);
  });

  it('of a call that is refused with every token is not renewed again and again', async () => {
    const world = await api({}, giving, (_request, asked) => (asked === 1 ? ok : refused));
    await world.call();
    for (let calls = 0; calls < 5; calls += 1) expect(statusOf(await world.call())).toBe(401);
    expect(world.logins()).toBe(2);
  });

  it('is bounded, even where each dies at once', async () => {
    const world = await api({}, giving, (_request, asked) => (asked % 2 === 1 ? ok : refused));
    for (let calls = 0; calls < 30; calls += 1) await world.call();
    expect(world.logins()).toBeLessThanOrEqual(6);
  });

  it.each([
    ['refused', { status: 401, body: { error: 'no' } }, /POST \/v1\/token was answered 401/],
    [
      'without a token',
      { status: 200, body: { token: 'elsewhere' } },
      /answered 200 without a token at \/access_token/,
    ],
    ['not JSON', { status: 200, body: '<html>' }, /answered 200 without a token/],
    ['an empty token', { status: 200, body: { access_token: '' } }, /answered 200 without a token/],
  ])('is not to be had: %s; said alike to all, and asked for once', async (_name, answer, says) => {
    const world = await api(
      {},
      () => answer,
      () => ok,
    );
    for (let calls = 0; calls < 3; calls += 1) await expect(world.call()).rejects.toThrow(says);
    expect([world.logins(), world.seen]).toEqual([1, []]);
  });

  it('is not needed where the call carries none', async () => {
    const world = await api({}, giving, () => refused);
    expect(statusOf(await world.call('none'))).toBe(401);
    expect([world.logins(), world.seen]).toEqual([0, ['']]);
  });

  it.each([
    ['opaque', 'opaque-token-abcdefgh-0123456789'],
    ['a JSON Web Token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1c3JfMSJ9.c2lnbmF0dXJlLXNpZ25hdHVyZS1zaWc'],
  ])('that is wrong has the shape of a right one: %s', async (_name, right) => {
    const world = await api(
      {},
      () => ({ status: 200, body: { access_token: right } }),
      (request) => ({
        status: 401,
        body: { echo: request.authorization },
      }),
    );
    const exchange = await world.call('wrong');
    const [sent = ''] = world.seen;
    const wrong = sent.replace('Bearer ', '');
    expect(wrong).not.toBe(right);
    expect(wrong.replace(/[a-z]/gi, 'x').replace(/\d/g, '0')).toBe(right.replace(/[a-z]/gi, 'x').replace(/\d/g, '0'));
    const signature = right.lastIndexOf('.') + 1;
    expect(wrong.slice(0, signature)).toBe(right.slice(0, signature));
    expect(exchange.request.headers).toContainEqual(['Authorization', 'Bearer [secret:WRONG_TOKEN]']);
    expect(exchange.leaks).toEqual([{ secret: 'WRONG_TOKEN', where: 'body', encoding: 'plain' }]);
    expect(world.logins()).toBe(1);
  });

  it('and all that comes with it is found wherever it turns up, in any encoding', async () => {
    const secret = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1c3JfMSJ9.c2lnbmF0dXJlLXNpZ25hdHVyZS1zaWc';
    const [refresh, cookie] = ['refresh-me-0123456789', 'cookie-value-0123456789'];
    const forms = [secret, refresh, cookie].flatMap((one) => [
      one,
      Buffer.from(one).toString('base64'),
      Buffer.from(one).toString('hex'),
      encodeURIComponent(one),
    ]);
    const world = await api(
      {},
      () => ({
        status: 200,
        body: { access_token: secret, nested: { refreshToken: refresh } },
        headers: { 'Set-Cookie': `session=${cookie}; Path=/`, 'X-Token': secret },
      }),
      () => ({ status: 200, body: { forms } }),
    );
    await world.call();
    const kept = JSON.stringify(world.exchanges);
    for (const form of forms) expect(kept.includes(form), form).toBe(false);
    expect(world.exchanges[0]?.response?.body.text).toBe('(an answer with secrets, of which nothing is kept)');
    expect(world.exchanges[1]?.leaks.map((one) => one.secret)).toContain('LOGIN_TOKEN');
  });
});
