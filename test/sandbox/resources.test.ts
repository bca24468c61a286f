import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve } from '../../src/sandbox/serve.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { createWorld } from '../../src/sandbox/world.js';
import { count, create, order, send, sendRaw, started, unique } from './client.js';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

const form = { 'Content-Type': 'application/x-www-form-urlencoded' };

describe('an order', () => {
  it('is created, read, changed and deleted', async () => {
    const body = { ...order(), note: 'first' };
    const created = await create(sandbox, body, unique());
    expect(created.status).toBe(201);
    expect(created.json).toEqual({
      ...body,
      id: expect.stringMatching(/^ord_[0-9A-Za-z]{20}$/),
      status: 'accepted',
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    });
    const path = `/orders/${created.json.id}`;
    expect(created.headers.location).toBe(`/v1${path}`);
    expect((await send(sandbox, 'GET', path)).json).toEqual(created.json);
    const changed = await send(sandbox, 'PATCH', path, { body: { amount: 5, note: null } });
    const { note: _, ...rest } = created.json;
    expect([changed.status, changed.json]).toEqual([200, { ...rest, amount: 5 }]);
    const head = await send(sandbox, 'HEAD', path);
    expect([head.status, head.text]).toEqual([200, '']);
    const deleted = await send(sandbox, 'DELETE', path);
    expect([deleted.status, deleted.text]).toEqual([204, '']);
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      const reply = await send(sandbox, method, path, method === 'PATCH' ? { body: {} } : {});
      expect([reply.status, reply.json.code]).toEqual([404, 'not_found']);
    }
  });

  it('may come as a form', async () => {
    const body = new URLSearchParams({ reference: unique('ü &'), amount: '1200', currency: 'EUR' });
    const created = await create(sandbox, `${body}`, unique(), { headers: form });
    expect([created.status, created.json.reference, created.json.amount]).toEqual([201, body.get('reference'), 1200]);
  });

  it.each([
    ['an empty object', {}, ['/reference', '/amount', '/currency']],
    ['a fraction', { ...order(), amount: 1.5 }, ['/amount']],
    ['zero', { ...order(), amount: 0 }, ['/amount']],
    ['text for a number', { ...order(), amount: '12' }, ['/amount']],
    ['an empty reference', { ...order(), reference: '' }, ['/reference']],
    ['a long reference', { ...order(), reference: 'r'.repeat(201) }, ['/reference']],
    ['a lower-case currency', { ...order(), currency: 'eur' }, ['/currency']],
    ['a null', { ...order(), reference: null }, ['/reference']],
    ['an odd note', { ...order(), note: 7 }, ['/note']],
    ['a list', [], ['']],
    ['a null body', 'null', ['']],
  ])('with %s is refused by field', async (_, body, pointers) => {
    const { status, headers, json } = await create(sandbox, body, unique());
    expect(status).toBe(422);
    expect(headers['content-type']).toBe('application/problem+json');
    expect(json).toMatchObject({ status: 422, code: 'validation_failed', request_id: headers['x-request-id'] });
    expect(json.errors.map((error: { pointer: string }) => error.pointer)).toEqual(pointers);
  });

  it('with wrong changes is refused by field and stays', async () => {
    const { json } = await create(sandbox, order(), unique());
    const reply = await send(sandbox, 'PATCH', `/orders/${json.id}`, { body: { amount: 5, currency: 'x' } });
    expect([reply.status, reply.json.errors[0].pointer]).toEqual([422, '/currency']);
    expect((await send(sandbox, 'GET', `/orders/${json.id}`)).json).toEqual(json);
  });
});

describe('errors', () => {
  const json = { 'Content-Type': 'application/json' };
  it.each([
    ['an unknown path', 'GET', '/nowhere', {}, 404, 'not_found'],
    ['a deeper path', 'GET', '/orders/a/b', {}, 404, 'not_found'],
    ['a trailing slash', 'GET', '/orders/', {}, 404, 'not_found'],
    ['an inherited name', 'GET', '/constructor', {}, 404, 'not_found'],
    ['another method', 'PUT', '/orders', {}, 405, 'method_not_allowed'],
    ['broken JSON', 'POST', '/orders', { body: '{"a":' }, 400, 'malformed_json'],
    ['deep JSON', 'POST', '/orders', { body: '[['.repeat(9e4) + ']]'.repeat(9e4) }, 400, 'malformed_json'],
    ['an empty body', 'POST', '/orders', { headers: json }, 400, 'empty_body'],
    ['another type', 'POST', '/orders', { body: 'a', headers: { 'Content-Type': 'text/plain' } }, 415, ''],
    ['a coded body', 'POST', '/orders', { body: 'a', headers: { 'Content-Encoding': 'gzip' } }, 415, ''],
    ['a large body', 'POST', '/orders', { body: `"${'x'.repeat(1024 * 1024)}"` }, 413, 'body_too_large'],
    ['a limit of 0', 'GET', '/orders?limit=0', {}, 400, 'invalid_limit'],
    ['a limit that is no number', 'GET', '/orders?limit=ten', {}, 400, 'invalid_limit'],
    ['an odd cursor', 'GET', '/orders?cursor=odd', {}, 400, 'invalid_cursor'],
  ] as const)('%s', async (_, method, path, sending, status, code) => {
    const headers = { 'Idempotency-Key': unique(), ...('headers' in sending ? sending.headers : {}) };
    const reply = await send(sandbox, method, path, { ...sending, headers });
    expect(reply.status).toBe(status);
    expect(reply.headers['content-type']).toBe('application/problem+json');
    expect(reply.json).toEqual({
      type: expect.stringMatching(/^urn:/),
      title: expect.any(String),
      status,
      detail: expect.any(String),
      code: code || 'unsupported_media_type',
      request_id: reply.headers['x-request-id'],
    });
    expect(reply.text).not.toMatch(/\bat \S+ \(|node:|\.[jt]s\b/);
  });

  it('refuse a body of absurd length without reading it', async () => {
    const headers = `Host: a\r\nAuthorization: Bearer ${sandbox.keys.key}\r\nContent-Length: 999999999`;
    const text = await sendRaw(sandbox, `POST /v1/orders HTTP/1.1\r\n${headers}\r\n\r\n{`);
    expect(text).toMatch(/^HTTP\/1.1 413 .*body_too_large/s);
  });

  it('name the methods that a path knows', async () => {
    const allow = async (path: string) => (await send(sandbox, 'PUT', path)).headers.allow;
    expect(await allow('/ping')).toBe('GET, HEAD');
    expect(await allow('/orders')).toBe('GET, HEAD, POST');
    expect(await allow('/orders/x')).toBe('GET, HEAD, PATCH, DELETE');
    expect(await allow('/orders/batch')).toBe('POST');
  });

  it('of our own tell nothing of the cause', async () => {
    const world = createWorld(sandbox.keys, { limit: 1, windowMs: 1 }, []);
    const call = {
      method: 'GET',
      path: '/v1/ping',
      query: new URLSearchParams(),
      requestId: 'req_1',
      targetBytes: 2,
      version: '2025-11-15',
      socket: undefined as never,
      remoteAddress: '127.0.0.1',
      readBody: () => Promise.reject(new Error()),
      header: () => {
        throw new Error('secret cause');
      },
    };
    const answer = await serve(world, call);
    expect(answer?.status).toBe(500);
    expect(answer?.headers).toMatchObject({ 'X-Request-Id': 'req_1', 'Api-Version': '2025-11-15' });
    expect(answer?.body).not.toMatch(/secret|Error:/);
  });
});

describe('lists', () => {
  it('are newest first, in pages, with totals', async () => {
    const own = await started();
    for (const at of [1, 2, 3, 4, 5]) await create(own, order(`r${at}`), unique());
    const pages: string[][] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const reply = await send(own, 'GET', `/orders?limit=2${cursor && `&cursor=${cursor}`}`);
      expect([reply.json.total, reply.headers['x-total-count']]).toEqual([5, '5']);
      pages.push(reply.json.data.map((item: { reference: string }) => item.reference));
      expect(reply.json.has_more).toBe(reply.json.next_cursor !== null);
      cursor = reply.json.next_cursor;
    }
    expect(pages).toEqual([['r5', 'r4'], ['r3', 'r2'], ['r1']]);
  });

  it('filter by any field, exactly, and ignore what is none', async () => {
    const own = await started();
    const { json } = await create(own, { ...order('abc'), note: 'n', amount: 7 }, unique());
    await create(own, order('abcd'), unique());
    for (const query of ['reference=abc', 'amount=7', 'note=n', `id=${json.id}`, 'reference=abc&amount=7&api_key=x']) {
      expect((await send(own, 'GET', `/orders?${query}`)).json.data, query).toEqual([json]);
    }
    expect((await send(own, 'GET', '/orders?reference=abc&amount=8')).json.total).toBe(0);
  });

  it('hold 20 unless told, and never more than 100', async () => {
    const own = await started();
    const orders = Array.from({ length: 50 }, () => order());
    for (let at = 0; at < 3; at++) {
      await send(own, 'POST', '/orders/batch', { body: { orders }, headers: { 'Idempotency-Key': unique() } });
    }
    const size = async (query: string) => (await send(own, 'GET', `/orders${query}`)).json.data.length;
    expect([await size(''), await size('?limit=1'), await size('?limit=1000')]).toEqual([20, 1, 100]);
  });
});

describe('batches', () => {
  const post = (orders: unknown, key = unique()) =>
    send(sandbox, 'POST', '/orders/batch', { body: { orders }, headers: { 'Idempotency-Key': key } });

  it('create all, once per key', async () => {
    const [orders, key] = [[order(), order()], unique()];
    const first = await post(orders, key);
    expect([first.status, first.json.data.length]).toEqual([201, 2]);
    expect((await post(orders, key)).text).toBe(first.text);
    expect(await count(sandbox, orders[0]?.reference ?? '')).toBe(1);
  });

  it('answer by item where some are invalid', async () => {
    const { status, json } = await post([order(), { ...order(), amount: 0 }]);
    expect([status, json.data[0].status, json.data[1].status]).toEqual([207, 201, 422]);
    expect(json.data[0].order.id).toMatch(/^ord_/);
    expect(json.data[1].error).toMatchObject({ code: 'validation_failed', errors: [{ pointer: '/orders/1/amount' }] });
  });

  it.each([
    ['too many', Array(51).fill({})],
    ['none', []],
    ['no list', 'x'],
  ])('with %s are refused', async (_, orders) => {
    const { status, json } = await post(orders);
    expect([status, json.errors[0].pointer]).toEqual([422, '/orders']);
  });
});

describe('users and templates', () => {
  it.each([
    ['users', { name: 'Ada', email: 'ada@example.com' }, 'usr_', '/email'],
    ['templates', { name: 'Card', text: 'Hello' }, 'tpl_', '/text'],
  ])('%s need no idempotency key', async (collection, body, prefix, required) => {
    const created = await send(sandbox, 'POST', `/${collection}`, { body });
    expect([created.status, created.json.id.slice(0, 4)]).toEqual([201, prefix]);
    expect((await send(sandbox, 'GET', created.headers.location?.slice(3) ?? '')).json).toEqual(created.json);
    const refused = await send(sandbox, 'POST', `/${collection}`, { body: { name: 'x' } });
    expect([refused.status, refused.json.errors[0].pointer]).toEqual([422, required]);
  });
});
