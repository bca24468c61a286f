import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { count, create, keepAlive, order, send, sendRaw, started, unique } from './client.js';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

describe('keys', () => {
  it('have the promised shape and can be given', async () => {
    expect(sandbox.keys.key).toMatch(/^sk_test_[0-9A-Za-z]{32}$/);
    expect(sandbox.keys.restrictedKey).toMatch(/^rk_test_[0-9A-Za-z]{32}$/);
    expect(new Set(Object.values(sandbox.keys)).size).toBe(4);
    const given = await started({ keys: { key: 'mine' } });
    expect((await send(given, 'GET', '/ping', { key: 'mine' })).status).toBe(200);
  });

  const bare = 'Bearer realm="sandbox"';
  const wrong = `${bare}, error="invalid_token"`;
  it.each([
    ['none', null, {}, 'missing_key', bare],
    ['another scheme', null, { Authorization: 'Basic YTpi' }, 'missing_key', bare],
    ['an empty one', '', {}, 'missing_key', bare],
    ['a wrong one', 'sk_test_wrong', {}, 'invalid_key', wrong],
    ['a revoked one', 'sk_test_revoked', {}, 'revoked_key', wrong],
  ])('%s is answered 401 before anything else', async (_, key, headers, code, challenge) => {
    const own = await started({ keys: { revokedKey: 'sk_test_revoked' } });
    for (const path of ['/ping', '/nowhere', '/orders']) {
      const reply = await send(own, path === '/orders' ? 'POST' : 'GET', path, { key, headers });
      expect([reply.status, reply.json.code, reply.headers['www-authenticate']]).toEqual([401, code, challenge]);
      expect(reply.headers).not.toHaveProperty('x-ratelimit-limit');
    }
  });

  it('take the scheme in any case', async () => {
    const headers = { Authorization: `bEARER ${sandbox.keys.key}` };
    expect((await send(sandbox, 'GET', '/ping', { key: null, headers })).status).toBe(200);
  });

  it('of restricted scope read the same account and write nothing', async () => {
    const body = order();
    const key = sandbox.keys.restrictedKey;
    const { headers } = await create(sandbox, body, unique());
    const path = headers.location?.slice(3) ?? '';
    expect((await send(sandbox, 'GET', path, { key })).json.reference).toBe(body.reference);
    for (const [method, at] of [
      ['POST', '/orders'],
      ['PATCH', path],
      ['DELETE', path],
    ] as const) {
      const reply = await send(sandbox, method, at, { key, body, headers: { 'Idempotency-Key': unique() } });
      expect([reply.status, reply.json.code]).toEqual([403, 'insufficient_scope']);
    }
    expect(await count(sandbox, body.reference)).toBe(1);
  });

  it('of two accounts share neither data nor idempotency keys', async () => {
    const [body, idempotencyKey, key] = [order(), unique(), sandbox.keys.secondAccountKey];
    const first = await create(sandbox, body, idempotencyKey);
    const second = await create(sandbox, { ...body, amount: 5 }, idempotencyKey, { key });
    expect([second.status, second.headers['idempotent-replayed']]).toEqual([201, undefined]);
    expect((await send(sandbox, 'GET', `/orders/${first.json.id}`, { key })).status).toBe(404);
  });
});

describe('versions', () => {
  it.each([
    [undefined, 200, '2025-11-15', '2025-11-15'],
    ['2025-11-15', 200, '2025-11-15', '2025-11-15'],
    ['2026-06-01', 200, '2026-06-01', '2026-06-01'],
    ['2024-01-01', 410, '2024-01-01', 'version_removed'],
    ['2031-01-01', 400, '2031-01-01', 'invalid_version'],
    ['latest', 400, 'latest', 'invalid_version'],
  ])('%s is answered %i', async (sent, status, echo, served) => {
    const headers = sent === undefined ? {} : { 'Api-Version': sent };
    const reply = await send(sandbox, 'GET', '/ping', { headers });
    expect([reply.status, reply.headers['api-version']]).toEqual([status, echo]);
    expect(reply.json.version ?? reply.json.code).toBe(served);
  });

  it('are echoed on errors too, before authentication and on unknown paths', async () => {
    const headers = { 'Api-Version': '2026-06-01' };
    const replies = [
      await send(sandbox, 'GET', '/ping', { headers, key: null }),
      await send(sandbox, 'GET', '/nowhere', { headers }),
      await send(sandbox, 'PUT', '/orders', { headers }),
    ];
    expect(replies.map((reply) => reply.headers['api-version'])).toEqual(replies.map(() => '2026-06-01'));
  });
});

describe('the rate limit', () => {
  it('counts down, refuses with a hint, spares the other account and starts anew', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const limited = await started({ rateLimit: { limit: 2, windowMs: 10_000 } });
      const ping = (key = limited.keys.key) => send(limited, 'GET', '/ping', { key });
      const first = await ping();
      expect(first.headers).toMatchObject({
        'ratelimit-policy': '"default";q=2;w=10',
        ratelimit: '"default";r=1;t=10',
        'x-ratelimit-limit': '2',
        'x-ratelimit-remaining': '1',
        'x-ratelimit-reset': '10',
      });
      const missing = await send(limited, 'GET', '/nowhere');
      expect([missing.status, missing.headers['x-ratelimit-remaining']]).toEqual([404, '0']);
      vi.setSystemTime(Date.now() + 2_500);
      const refused = await ping();
      expect([refused.status, refused.json.code]).toEqual([429, 'rate_limited']);
      expect(refused.headers).toMatchObject({
        'retry-after': '8',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': '8',
      });
      expect((await ping(limited.keys.secondAccountKey)).status).toBe(200);
      vi.setSystemTime(Date.now() + 7_500);
      expect((await ping()).headers['x-ratelimit-remaining']).toBe('1');
    } finally {
      vi.useRealTimers();
    }
  });

  it('stores no answer under an idempotency key', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const limited = await started({ rateLimit: { limit: 1, windowMs: 10_000 } });
      await send(limited, 'GET', '/ping');
      const key = unique();
      const body = order();
      expect((await create(limited, body, key)).status).toBe(429);
      vi.setSystemTime(Date.now() + 10_000);
      const later = await create(limited, body, key);
      expect([later.status, later.headers['idempotent-replayed']]).toEqual([201, undefined]);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('the server', () => {
  it('shows no banner, tells the time and names every answer', async () => {
    const replies = await Promise.all([1, 2, 3].map(() => send(sandbox, 'GET', '/ping')));
    for (const { headers } of replies) {
      expect(headers).not.toHaveProperty('server');
      expect(headers).not.toHaveProperty('x-powered-by');
      expect(Math.abs(Date.parse(headers.date ?? '') - Date.now())).toBeLessThan(5_000);
      expect(headers['x-request-id']).toMatch(/^req_[0-9A-Za-z]{24}$/);
    }
    expect(new Set(replies.map(({ headers }) => headers['x-request-id'])).size).toBe(3);
  });

  it.each([
    ['no HTTP at all', 'hello\r\n\r\n', 400, 'malformed_request'],
    ['no Host', 'GET /v1/ping HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'malformed_request'],
    ['huge headers', `GET /v1/ping HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`, 431, 'headers_too_large'],
  ])('answers %s in its own shape', async (_, bytes, status, code) => {
    const text = await sendRaw(sandbox, bytes);
    const [head = '', body = ''] = text.split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    for (const header of [/^Api-Version: 2025-11-15\r?$/m, /^X-Request-Id: req_/m, /^Date: /m]) {
      expect(head).toMatch(header);
    }
    expect(JSON.parse(body)).toMatchObject({ status, code });
  });

  it('logs what arrived', async () => {
    const own = await started();
    await send(own, 'GET', '/ping?key=x');
    await send(own, 'DELETE', '/orders/none');
    expect(own.log).toEqual([
      { method: 'GET', path: '/v1/ping', status: 200 },
      { method: 'DELETE', path: '/v1/orders/none', status: 404 },
    ]);
  });

  it('listens on loopback, on the port asked for, and says when that is taken', async () => {
    expect(sandbox.url).toBe(`http://127.0.0.1:${sandbox.port}/v1`);
    await expect(startSandbox({ port: sandbox.port })).rejects.toThrow(/EADDRINUSE/);
  });

  it('closes with open connections and running work, and twice', async () => {
    const own = await started();
    const agent = keepAlive();
    await send(own, 'GET', '/ping', { agent });
    const running = expect(create(own, order(), unique(), { agent })).rejects.toThrow();
    await new Promise(setImmediate);
    await Promise.all([own.close(), own.close()]);
    await running;
    await expect(send(own, 'GET', '/ping')).rejects.toThrow(/ECONNREFUSED/);
  });
});
