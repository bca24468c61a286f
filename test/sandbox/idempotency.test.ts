import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { count, create, createAndHangUp, keepAlive, order, send, started, unique, until } from './client.js';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

describe('a repeat with the same key', () => {
  it('replays status, body and Location under a fresh request id', async () => {
    const [body, key] = [order(), unique()];
    const first = await create(sandbox, body, key);
    const second = await create(sandbox, body, key);
    expect([second.status, second.text, second.headers.location]).toEqual([201, first.text, first.headers.location]);
    expect([first, second].map(({ headers }) => headers['idempotent-replayed'])).toEqual([undefined, 'true']);
    expect(second.headers['x-request-id']).not.toBe(first.headers['x-request-id']);
    expect(await count(sandbox, body.reference)).toBe(1);
  });

  it('may spell the body and the key otherwise', async () => {
    const [{ reference }, key] = [order(), unique()];
    await create(sandbox, `{"reference":"${reference}","amount":1,"currency":"EUR"}`, key);
    const second = await create(sandbox, `{ "currency":"EUR", "amount":1.0, "reference":"${reference}"}`, `"${key}"`);
    expect([second.status, second.headers['idempotent-replayed']]).toEqual([201, 'true']);
  });

  it('but another body is refused, whether the first succeeded or not', async () => {
    for (const amount of [1, -1]) {
      const [body, key] = [order(), unique()];
      await create(sandbox, { ...body, amount }, key);
      const { status, json } = await create(sandbox, { ...body, amount: 2 }, key);
      expect([status, json.code]).toEqual([422, 'idempotency_key_reused']);
      expect(await count(sandbox, body.reference)).toBe(amount === 1 ? 1 : 0);
    }
  });

  it('replays a validation error', async () => {
    const [body, key] = [{ ...order(), amount: -1 }, unique()];
    const first = await create(sandbox, body, key);
    const second = await create(sandbox, body, key);
    expect([second.status, second.text, second.headers['content-type']]).toEqual([
      422,
      first.text,
      'application/problem+json',
    ]);
    expect(second.headers['idempotent-replayed']).toBe('true');
  });

  it.each([
    ['an unknown key', { key: 'wrong' }, order(), 401],
    ['broken JSON', {}, '{', 400],
    ['another type', { headers: { 'Content-Type': 'text/plain' } }, 'x', 415],
  ])('starts anew after %s', async (_, sending, body, status) => {
    const key = unique();
    expect((await create(sandbox, body, key, sending)).status).toBe(status);
    const next = await create(sandbox, order(), key);
    expect([next.status, next.headers['idempotent-replayed']]).toEqual([201, undefined]);
  });

  it('starts anew elsewhere and after a day', async () => {
    const [body, key] = [order(), unique()];
    const user = { name: 'Ada', email: 'ada@example.com' };
    await create(sandbox, body, key);
    const headers = { 'Idempotency-Key': key };
    expect((await send(sandbox, 'POST', '/users', { body: user, headers })).status).toBe(201);
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      vi.setSystemTime(Date.now() + 24 * 3600_000 - 60_000);
      expect((await create(sandbox, body, key)).headers['idempotent-replayed']).toBe('true');
      vi.setSystemTime(Date.now() + 120_000);
      expect((await create(sandbox, body, key)).headers['idempotent-replayed']).toBeUndefined();
    } finally {
      vi.useRealTimers();
    }
    expect(await count(sandbox, body.reference)).toBe(2);
  });

  it('is honoured on PATCH', async () => {
    const { json } = await create(sandbox, order(), unique());
    const patch = (amount: number, key: string) =>
      send(sandbox, 'PATCH', `/orders/${json.id}`, { body: { amount }, headers: { 'Idempotency-Key': key } });
    const [first, second] = [unique(), unique()];
    await patch(5, first);
    await patch(6, second);
    const replayed = await patch(5, first);
    expect([replayed.status, replayed.json.amount, replayed.headers['idempotent-replayed']]).toEqual([200, 5, 'true']);
    expect((await send(sandbox, 'GET', `/orders/${json.id}`)).json.amount).toBe(6);
  });
});

describe('the key', () => {
  it.each([
    ['none', null, 'idempotency_key_missing'],
    ['an empty one', '""', 'idempotency_key_missing'],
    ['a badly quoted one', '"a', 'idempotency_key_invalid'],
    ['256 characters', 'k'.repeat(256), 'idempotency_key_too_long'],
    ['256 characters in quotes', `"${'k'.repeat(256)}"`, 'idempotency_key_too_long'],
  ])('%s is refused and nothing is made', async (_, key, code) => {
    const body = order();
    const { status, json } = await create(sandbox, body, key);
    expect([status, json.code]).toEqual([400, code]);
    expect(await count(sandbox, body.reference)).toBe(0);
  });

  it('may have 255 characters, not counting quotes', async () => {
    const key = unique().padEnd(255, 'k');
    expect((await create(sandbox, order('a'), `"${key}"`)).status).toBe(201);
  });
});

describe('simultaneous calls', () => {
  it.each([2, 5, 10])('%i at once create one order; the others are told to wait', async (calls) => {
    const [body, key, agent] = [order(), unique(), keepAlive()];
    const all = Array.from({ length: calls });
    await Promise.all(all.map(() => send(sandbox, 'GET', '/ping', { agent })));
    const replies = await Promise.all(all.map(() => create(sandbox, body, key, { agent })));
    const waiting = replies.filter(({ status }) => status === 409);
    expect(replies.filter(({ status }) => status === 201).length).toBe(calls - waiting.length);
    expect(waiting.length).toBeGreaterThan(0);
    for (const { json, headers } of waiting) {
      expect([json.code, headers['retry-after']]).toEqual(['idempotency_in_progress', '1']);
    }
    expect(await count(sandbox, body.reference)).toBe(1);
    expect((await create(sandbox, body, key)).headers['idempotent-replayed']).toBe('true');
  });
});

describe('a caller who hangs up', () => {
  it('after the whole request loses nothing', async () => {
    const [body, key] = [order(), unique()];
    await createAndHangUp(sandbox, body, key);
    const retried = await create(sandbox, body, key);
    expect([retried.status, retried.headers['idempotent-replayed']]).toEqual([201, 'true']);
    expect(await count(sandbox, body.reference)).toBe(1);
  });

  it('in the middle of the request has asked for nothing', async () => {
    const own = await started();
    const socket = connect(own.port, '127.0.0.1', () => {
      const headers = `Host: a\r\nAuthorization: Bearer ${own.keys.key}\r\nIdempotency-Key: k\r\nContent-Length: 99`;
      socket.write(`POST /v1/orders HTTP/1.1\r\n${headers}\r\nContent-Type: application/json\r\n\r\n{"refe`);
    });
    await until(() => own.log.length === 1);
    socket.destroy();
    expect((await create(own, order(), 'k')).status).toBe(201);
    expect(own.log.map(({ status }) => status)).toEqual([null, 201]);
  });
});
