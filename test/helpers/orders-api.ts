// A small API on loopback that takes no key and keeps its other promises, told apart from our sandbox.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { TargetInput } from '../../src/config/schema.js';

export interface OrdersRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: string;
}

export interface OrdersAnswer {
  status?: number;
  headers?: Record<string, string>;
  body: unknown;
}

interface Order {
  id: string;
  reference: string;
  amount: number;
}

const VERSION = '2026-06-01';

/** `instead`: answers first; null leaves the call to the API. */
export async function startOrders(
  instead: (request: OrdersRequest) => OrdersAnswer | null = () => null,
): Promise<{ url: string; seen: OrdersRequest[] }> {
  const seen: OrdersRequest[] = [];
  const orders: Order[] = [];
  const stored = new Map<string, { body: string; answer: OrdersAnswer }>();
  let remaining = 500;

  function create({ headers, body }: OrdersRequest): OrdersAnswer {
    const key = headers['idempotency-key'];
    if (typeof key !== 'string') return refusal(400, 'key_required');
    const known = stored.get(key);
    if (known !== undefined) return known.body === body ? known.answer : refusal(422, 'key_reused');
    const wanted = parsed(body, headers['content-type']);
    if (wanted === null) return refusal(400, 'unreadable');
    if (typeof wanted.reference !== 'string' || typeof wanted.amount !== 'number' || wanted.amount < 1)
      return refusal(422, 'invalid', 'amount must be at least 1');
    const order = { id: `ord_${orders.length + 1000}`, reference: wanted.reference, amount: wanted.amount };
    orders.push(order);
    const answer = { status: 201, body: order };
    stored.set(key, { body, answer });
    return answer;
  }

  function list({ query }: OrdersRequest): OrdersAnswer {
    const reference = query.get('reference');
    const all = orders.filter((one) => reference === null || one.reference === reference);
    const from = all.findIndex(({ id }) => id === query.get('after')) + 1;
    const size = Math.min(20, Number(query.get('limit') ?? 10));
    return { body: { data: all.slice(from, from + size), hasMore: from + size < all.length } };
  }

  function answer(request: OrdersRequest): OrdersAnswer {
    const version = request.headers['api-version'];
    if (version !== undefined && version !== VERSION) return refusal(400, 'unknown_version');
    const { method, path } = request;
    if (path === '/v1/ping' && method === 'GET') return { body: { ok: true } };
    if (path === '/v1/orders') return method === 'POST' ? create(request) : list(request);
    return refusal(404, 'not_found');
  }

  const server = createServer((incoming, response) => {
    void readAll(incoming).then((body) => {
      const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
      const request = {
        method: incoming.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        headers: incoming.headers,
        body,
      };
      seen.push(request);
      const whole = instead(request) ?? answer(request);
      remaining -= 1;
      send(response, whole, { 'X-Request-Id': `req_${seen.length}`, 'X-RateLimit-Remaining': String(remaining) });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, seen };
}

/** The config that describes it. */
export function ordersConfig(url: string): TargetInput & { extends: string } {
  return {
    extends: 'none',
    contract: {
      auth: 'none',
      idempotency: { header: 'Idempotency-Key', required: true, maxLength: 255, replay: 'same-response' },
      version: { name: 'Api-Version', value: VERSION, echo: 'Api-Version', unknown: [400] },
      requestId: { headers: ['X-Request-Id'] },
      errors: { default: { contentType: 'application/json', required: ['/error/message'], code: '/error/code' } },
      rateLimit: { headers: { remaining: 'X-RateLimit-Remaining' } },
      pagination: {
        style: 'cursor',
        limitParameter: 'limit',
        cursorParameter: 'after',
        maximum: 20,
        items: '/data',
        end: 'has-more',
      },
    },
    endpoint: {
      url,
      operations: {
        read: { path: '/ping' },
        list: { path: '/orders' },
        create: {
          path: '/orders',
          body: { reference: '{{unique}}', amount: 100 },
          count: { path: '/orders?reference={{unique}}', items: '/data' },
          fails: { 422: { body: { reference: '{{unique}}', amount: -1 }, field: 'amount' } },
        },
      },
    },
  };
}

function refusal(status: number, code: string, message = `Refused: ${code}.`): OrdersAnswer {
  return { status, body: { error: { code, message } } };
}

function parsed(body: string, type: string | undefined): Record<string, unknown> | null {
  if (type !== 'application/json') return null;
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}

async function readAll(incoming: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of incoming) text += String(chunk);
  return text;
}

function send(response: ServerResponse, { status = 200, headers, body }: OrdersAnswer, usual: Record<string, string>) {
  const typed = { 'Content-Type': 'application/json', 'Api-Version': VERSION, ...usual, ...headers };
  response.writeHead(status, typed).end(typeof body === 'string' ? body : JSON.stringify(body));
}
