// A small API that keeps its promises and words its refusals in a way of its own.
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { ConfigInput } from '../../src/config/schema.js';

export interface Worded {
  status: number;
  /** Text is sent as it stands. */
  body: unknown;
  headers?: Record<string, string>;
}

export interface Wording {
  refuse(status: number, code: string, message: string): Worded;
  /** What stands around a resource or a list. */
  wrap?(value: unknown): unknown;
  /** Whether a passing refusal is kept for its key. */
  storesLimits?: boolean;
  /** Creates per second; default: no limit. */
  perSecond?: number;
}

const KEY = 'sk_test_Zq81LmV0rT5xWc27';
export const VARIABLES = { API_KEY: KEY };

export async function soundApi(wording: Wording): Promise<string> {
  const { refuse, wrap = (value) => value } = wording;
  const orders: { id: string; reference: string }[] = [];
  const stored = new Map<string, { raw: string; answer: Worded }>();
  let [second, used] = [0, 0];

  function create(key: string | undefined, raw: string, type: string): Worded {
    if (key === undefined) return refuse(400, 'key_required', 'Idempotency-Key is required');
    if (!type.startsWith('application/json')) return refuse(415, 'media_type', 'send JSON');
    const body = parsed(raw);
    if (body === undefined) return refuse(400, 'unreadable', 'the body is not JSON');
    const before = stored.get(key);
    if (before !== undefined)
      return before.raw === raw ? before.answer : refuse(422, 'key_reused', 'another body under this key');
    const answer = perform(body);
    if (answer.headers?.['retry-after'] === undefined || wording.storesLimits === true)
      stored.set(key, { raw, answer });
    return answer;
  }

  function perform(body: { reference?: unknown; amount?: unknown }): Worded {
    const now = Math.floor(Date.now() / 1000);
    if (now !== second) [second, used] = [now, 0];
    used += 1;
    if (used > (wording.perSecond ?? Number.POSITIVE_INFINITY))
      return { ...refuse(429, 'slow_down', 'too many requests'), headers: { 'retry-after': '1' } };
    if (typeof body.reference !== 'string') return refuse(422, 'invalid', 'reference must be a string');
    if (Number(body.amount ?? 1) < 0) return refuse(422, 'invalid', 'amount must not be negative');
    const order = { id: randomUUID(), reference: body.reference };
    orders.push(order);
    return { status: 201, body: wrap(order) };
  }

  async function answer(incoming: IncomingMessage): Promise<Worded> {
    let raw = '';
    for await (const chunk of incoming) raw += chunk;
    const url = new URL(incoming.url ?? '/', 'http://api');
    const { authorization } = incoming.headers;
    if (authorization === undefined)
      return { ...refuse(401, 'no_key', 'no key'), headers: { 'www-authenticate': 'Bearer' } };
    if (authorization !== `Bearer ${KEY}`)
      return { ...refuse(401, 'unknown_key', 'unknown key'), headers: { 'www-authenticate': 'Bearer' } };
    if (url.pathname === '/me') return { status: 200, body: wrap({ id: 'me' }) };
    if (url.pathname !== '/orders') return refuse(404, 'not_found', 'no such path');
    const reference = url.searchParams.get('reference');
    if (incoming.method === 'GET')
      return { status: 200, body: wrap({ items: orders.filter((order) => order.reference === reference) }) };
    return create(incoming.headers['idempotency-key']?.toString(), raw, incoming.headers['content-type'] ?? '');
  }

  const server = createServer(async (incoming, outgoing) => {
    const { status, body, headers } = await answer(incoming);
    const type = typeof body === 'string' ? 'text/plain' : 'application/json';
    outgoing.writeHead(status, { 'content-type': type, 'x-request-id': randomUUID(), ...headers });
    outgoing.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function parsed(raw: string): { reference?: unknown; amount?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(raw);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The config of it. `at`: where its answers hold the resource or the list. */
export function soundConfig(url: string, errors: object, at = '', contract: object = {}): ConfigInput {
  return {
    extends: 'none',
    contract: {
      auth: { headers: [{ name: 'Authorization', prefix: 'Bearer ' }] },
      idempotency: { header: 'Idempotency-Key', required: true, replay: 'same-response' },
      requestId: { headers: ['X-Request-Id'] },
      errors,
      ...contract,
    },
    endpoint: {
      url,
      key: '${API_KEY}',
      keyInQuery: 'real',
      operations: {
        read: { path: '/me' },
        create: {
          path: '/orders',
          body: { reference: '{{unique}}' },
          id: `${at}/id`,
          count: { path: '/orders?reference={{unique}}', items: `${at}/items` },
          fails: { 422: { body: { reference: '{{unique}}', amount: -1 }, field: 'amount' } },
        },
      },
    },
  };
}
