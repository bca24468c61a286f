// A stub lane, an upstream and a raw client for the tests of the proxy: real sockets, closed after each test.
import { once } from 'node:events';
import http from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach } from 'vitest';
import { readScript } from '../../src/proxy/arm.js';
import { createRandom } from '../../src/proxy/random.js';
import { type LaneOptions, type LaneProxy, startLaneProxy } from '../../src/proxy/server.js';
import { createStub, type StubOperation } from '../../src/proxy/stub.js';
import { createRedactor } from '../../src/redaction/redact.js';
import type { Secret } from '../../src/redaction/secret.js';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).toReversed()) await clean();
});

export function later(clean: () => unknown): void {
  cleanups.push(clean);
}

export const OPERATIONS: readonly StubOperation[] = [
  {
    name: 'create',
    method: 'POST',
    path: '/orders',
    headers: { Location: '/v2/orders/ord_1a2b3c4d' },
    answer: { id: 'ord_1a2b3c4d', status: 'created', lines: [{ sku: 'a' }] },
  },
  { name: 'read', method: 'GET', path: '/orders/{id}', answer: { id: 'ord_1a2b3c4d', status: 'created' } },
];

export const SCRIPTLESS = {
  operations: OPERATIONS,
  target: 'create',
  basePath: '/v2',
  key: { header: 'Idempotency-Key' },
};

export async function startLane(
  script: string | null,
  options: Partial<LaneOptions> & { secrets?: readonly Secret[] } = {},
): Promise<LaneProxy> {
  const lane = await startLaneProxy({
    ...SCRIPTLESS,
    source: createStub({ operations: OPERATIONS, random: createRandom(1).stream('stub') }),
    redactor: createRedactor(options.secrets ?? []),
    ...(script === null ? {} : { script: readScript(script) }),
    ...options,
  });
  later(() => lane.close());
  return lane;
}

export async function startUpstream(answer: http.RequestListener): Promise<{ origin: string; server: http.Server }> {
  const server = http.createServer({ keepAliveTimeout: 0 }, answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  later(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

export interface Talk {
  socket: Socket;
  /** All bytes so far, one character each. */
  text(): string;
  /** Resolves when that many characters match, or the connection ends. */
  until(pattern: RegExp): Promise<string>;
  ended: Promise<'fin' | 'rst'>;
}

export function talk(port: number, bytes = ''): Talk {
  const socket = connect({ port, host: '127.0.0.1' });
  later(() => socket.destroy());
  let text = '';
  let reset = false;
  const ended = new Promise<'fin' | 'rst'>((resolve) => {
    socket.on('error', () => (reset = true));
    socket.on('close', () => resolve(reset ? 'rst' : 'fin'));
  });
  socket.on('data', (chunk) => (text += chunk.toString('latin1')));
  if (bytes !== '') socket.write(bytes, 'latin1');
  return {
    socket,
    text: () => text,
    until: (pattern) =>
      new Promise((resolve) => {
        const look = () => (socket.closed || pattern.test(text)) && resolve(text);
        socket.on('data', look);
        socket.on('close', () => resolve(text));
        look();
      }),
    ended,
  };
}

export function post(body = '{"amount":10}', headers: readonly string[] = [], path = '/v2/orders'): string {
  const head = [`POST ${path} HTTP/1.1`, 'Host: lane', `Content-Length: ${Buffer.byteLength(body)}`, ...headers];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

const EVENTUALLY_MS = 60_000;

/** Polls: what the proxy notes follows its answer by a turn or two. */
export async function eventually<T>(read: () => T, holds: (value: T) => boolean): Promise<T> {
  const until = performance.now() + EVENTUALLY_MS;
  for (;;) {
    const value = read();
    if (holds(value)) return value;
    if (performance.now() > until) throw new Error(`still ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export const settled = (lane: LaneProxy, count = 1) =>
  eventually(
    () => lane.recording(),
    ({ attempts }) => attempts.length >= count && attempts.every((one) => one.times.endedAtMs !== null),
  );
