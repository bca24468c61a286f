import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { Exchange } from '../../src/evidence/exchange.js';
import { bareInterim, describeEnding } from '../../src/evidence/exchange.js';
import { createRedactor } from '../../src/redaction/redact.js';
import { createBudget } from '../../src/transport/budget.js';
import type { Outgoing } from '../../src/transport/outgoing.js';
import { createTransport, LIMITS, type Transport } from '../../src/transport/transport.js';
import { httpAnswer, type Peer, startPeer } from '../helpers/peer.js';

const KEY = 'sk_test_Zq8v+/x"y\\1%&<canary>';
const cleanUp: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of cleanUp.splice(0)) await end();
});

function outgoing(changes: Partial<Outgoing> = {}): Outgoing {
  return {
    id: 'test.call',
    method: 'GET',
    path: '/x',
    headers: [['authorization', `Bearer ${KEY}`]],
    body: null,
    credential: 'key',
    write: false,
    operation: 'read',
    expected: [200],
    idempotencyKey: null,
    version: null,
    repeats: null,
    cut: null,
    ...changes,
  };
}

async function transportTo(
  origin: string,
  options: { timeoutMs?: number; requests?: number } = {},
): Promise<Transport> {
  const transport = createTransport({
    origin,
    ca: null,
    connectTimeoutMs: 2000,
    timeoutMs: options.timeoutMs ?? 2000,
    redactor: createRedactor([{ name: 'API_KEY', value: KEY, kind: 'credential', publicPrefix: 'sk_test_' }]),
    budget: createBudget({ requests: options.requests ?? 50, writes: 50, seconds: 30 }),
    concurrency: 16,
    signal: new AbortController().signal,
  });
  cleanUp.push(() => transport.close());
  return transport;
}

async function ask(
  answer: (socket: Socket, head: string) => void,
  changes: Partial<Outgoing> = {},
  timeoutMs = 2000,
): Promise<Exchange> {
  const peer: Peer = await startPeer(answer);
  cleanUp.push(peer.close);
  return (await transportTo(peer.origin, { timeoutMs })).send(outgoing(changes));
}

describe('hostile and broken peers end in a named way, never in a hang', () => {
  it.each<[string, Exchange['ended'], (socket: Socket) => void]>([
    ['hangs', 'timeout', () => undefined],
    ['closes at once', 'closed', (socket) => socket.end()],
    ['resets', 'closed', (socket) => socket.resetAndDestroy()],
    ['closes after the first byte', 'closed', (socket) => socket.end('H')],
    ['answers garbage', 'malformed', (socket) => socket.end('\u0000\u0001garbage\r\n\r\n')],
    ['closes inside the body', 'closed', (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"a":')],
    [
      'sends headers, then nothing',
      'timeout',
      (socket) => void socket.write('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n'),
    ],
    ['sends a real 102 and closes', 'closed', (socket) => socket.end('HTTP/1.1 102 Processing\r\n\r\n')],
    [
      'sends a 102 with a body',
      'malformed',
      (socket) => socket.end('HTTP/1.1 102 Processing\r\n\r\n{"type":"in_progress"}'),
    ],
    [
      'sends a 102 and leaves the connection open',
      'timeout',
      (socket) => void socket.write('HTTP/1.1 102 Processing\r\n\r\n'),
    ],
    ['sends an unasked 100 only', 'malformed', (socket) => socket.end('HTTP/1.1 100 Continue\r\n\r\n')],
    [
      'sends an unasked 100 first',
      'malformed',
      (socket) => socket.end('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'),
    ],
    [
      'changes protocols unasked',
      'malformed',
      (socket) => socket.end('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
    ],
  ])('%s: %s', async (_, ended, answer) => {
    const exchange = await ask(answer, {}, ended === 'timeout' ? 400 : 20_000);
    expect(exchange.ended).toBe(ended);
    expect(exchange.error).not.toBeNull();
  });

  it.each([
    ['and closes', (socket: Socket) => void socket.end('HTTP/1.1 102 Processing\r\n\r\n')],
    ['with a body', (socket: Socket) => void socket.end('HTTP/1.1 102 Processing\r\n\r\n{"type":"in_progress"}')],
    ['and hangs', (socket: Socket) => void socket.write('HTTP/1.1 102 Processing\r\n\r\n')],
  ])('names a bare 102 %s', async (_, answer) => {
    const exchange = await ask(answer, {}, 2_000);
    expect(bareInterim(exchange)).toBe(102);
    expect(describeEnding(exchange)).toContain('after interim 102 alone, which is no final answer');
  });

  it('takes a 102 before a final answer for what it is', async () => {
    const exchange = await ask((socket) =>
      socket.write(`HTTP/1.1 102 Processing\r\n\r\n${httpAnswer('200 OK', '{}')}`),
    );
    expect([exchange.ended, exchange.response?.status, bareInterim(exchange)]).toEqual(['complete', 200, null]);
  });

  it('stops an endless body at the limit', async () => {
    const exchange = await ask(
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n');
        const chunk = Buffer.alloc(64 * 1024, 97);
        const pump = () => {
          while (!socket.destroyed && socket.write(`${chunk.length.toString(16)}\r\n${chunk}\r\n`));
          if (!socket.destroyed) socket.once('drain', pump);
        };
        pump();
      },
      {},
      10_000,
    );
    expect(exchange.ended).toBe('too-large');
    expect(exchange.response?.body.bytes).toBeLessThan(LIMITS.bodyBytes * 2);
  });

  it('stops endless headers at the limit', async () => {
    const exchange = await ask(
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\n');
        const pump = () => {
          while (!socket.destroyed && socket.write(`x-${'a'.repeat(8000)}: ${'b'.repeat(8000)}\r\n`));
          if (!socket.destroyed) socket.once('drain', pump);
        };
        pump();
      },
      {},
      10_000,
    );
    expect(exchange.ended).toBe('too-large');
  });

  it.each([
    ['headers', 'HTTP/1.1 200 OK\r\n'],
    ['trailers', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n0\r\n'],
  ])('stops many short %s before they fill the memory', async (_what, start) => {
    const exchange = await ask((socket) => void socket.write(start + 'x: y\r\n'.repeat(6000)), {}, 10_000);
    expect([exchange.ended, exchange.error?.code]).toEqual(['too-large', 'TOO_MANY_HEADERS']);
  });

  it('reads many headers, a body of line breaks and many trailers', async () => {
    const body = '\n'.repeat(50_000);
    const lines = 'x: y\r\n'.repeat(1500);
    const exchange = await ask(
      (socket) =>
        void socket.write(
          `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n${lines}\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n${lines}\r\n`,
        ),
      {},
      10_000,
    );
    expect([exchange.ended, exchange.error]).toEqual(['complete', null]);
    expect(exchange.response?.headers).toHaveLength(1501);
    expect(exchange.response?.body.bytes).toBe(body.length);
  });

  it('stops an endless row of 1xx answers', async () => {
    const exchange = await ask((socket) => void socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(100)), {}, 1000);
    expect(exchange.ended).toBe('malformed');
  });

  it('names a refused connection and an unknown host', async () => {
    const peer = await startPeer(() => undefined);
    await peer.close();
    expect((await (await transportTo(peer.origin)).send(outgoing())).ended).toBe('refused');
    expect((await (await transportTo('http://no-such-host.invalid')).send(outgoing())).ended).toBe('dns');
  });

  it('names a TLS failure', async () => {
    const peer = await startPeer(
      () => undefined,
      (socket) => socket.end('this is not TLS'),
    );
    cleanUp.push(peer.close);
    expect((await (await transportTo(`https://127.0.0.1:${peer.port}`)).send(outgoing())).ended).toBe('tls');
  });
});

describe('what is recorded', () => {
  it('keeps raw header pairs, interim answers, times and the peer', async () => {
    const exchange = await ask((socket) =>
      socket.write(
        `HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${httpAnswer('201 Created', '{"id":1}', ['Set-Cookie: a=1', 'set-cookie: b=2'])}`,
      ),
    );
    expect(exchange.ended).toBe('complete');
    expect(exchange.interim).toEqual([{ status: 103, headers: [['Link', '</a>']] }]);
    expect(exchange.response?.headers.filter(([name]) => name.toLowerCase() === 'set-cookie')).toEqual([
      ['Set-Cookie', 'a=1'],
      ['set-cookie', 'b=2'],
    ]);
    expect(exchange.response?.body.text).toBe('{"id":1}');
    expect(exchange.sentAtMs).toBeGreaterThanOrEqual(exchange.startedAtMs);
    expect(exchange.firstByteAtMs).toBeGreaterThanOrEqual(exchange.sentAtMs ?? 0);
    expect(exchange.remoteAddress).toMatch(/^127\.0\.0\.1:\d+$/);
  });

  it('leaves out the space around the value of a header', async () => {
    const exchange = await ask((socket) => socket.write(httpAnswer('200 OK', '', ['Replayed: \t true \t'])));
    expect(exchange.response?.headers).toContainEqual(['Replayed', 'true']);
  });

  it('does not follow redirects', async () => {
    const peer = await startPeer((socket) => socket.write(httpAnswer('302 Found', '', ['location: /elsewhere'])));
    cleanUp.push(peer.close);
    const exchange = await (await transportTo(peer.origin)).send(outgoing());
    expect(exchange.response?.status).toBe(302);
    expect(peer.connections()).toBe(1);
  });

  it('cuts at the first byte, and after sending, on purpose', async () => {
    let bodies = 0;
    const answer = (socket: Socket, head: string) => {
      if (head.endsWith('{"a":1}')) bodies += 1;
      setTimeout(() => socket.write(httpAnswer('201 Created', '{}')), 100);
    };
    const post = { method: 'POST', body: '{"a":1}', write: true } as const;
    const begun = await ask(answer, { ...post, cut: 'at-first-byte' });
    const sent = await ask(answer, { ...post, cut: 'after-sending' });
    expect([begun.ended, sent.ended]).toEqual(['cut-by-us', 'cut-by-us']);
    expect(begun.firstByteAtMs).not.toBeNull();
    expect(sent.firstByteAtMs).toBeNull();
    await expect.poll(() => bodies).toBe(2);
  });

  it('opens connections ahead without a request', async () => {
    let requests = 0;
    const peer = await startPeer((socket) => {
      requests += 1;
      socket.write(httpAnswer('200 OK', '{}'));
    });
    cleanUp.push(peer.close);
    const transport = await transportTo(peer.origin);
    await transport.open(5);
    await expect.poll(() => peer.connections()).toBe(5);
    expect(requests).toBe(0);
    await Promise.all(Array.from({ length: 5 }, () => transport.send(outgoing())));
    expect([requests, peer.connections()]).toEqual([5, 5]);
  });

  it('refuses a request beyond the budget before it leaves', async () => {
    const peer = await startPeer((socket) => socket.write(httpAnswer('200 OK', '{}')));
    cleanUp.push(peer.close);
    const transport = await transportTo(peer.origin, { requests: 1 });
    await transport.send(outgoing());
    await expect(transport.send(outgoing())).rejects.toMatchObject({ why: 'budget' });
    expect(transport.exchanges).toHaveLength(1);
  });
});

describe('the key never reaches what is stored', () => {
  const encodings: [string, (key: string) => string][] = [
    ['plain', (key) => key],
    ['base64', (key) => Buffer.from(key).toString('base64')],
    ['base64 behind a user name', (key) => Buffer.from(`user:${key}`).toString('base64')],
    ['base64url', (key) => Buffer.from(key).toString('base64url')],
    ['URL-encoded', encodeURIComponent],
    ['JSON-escaped', (key) => JSON.stringify(key)],
    ['hex', (key) => Buffer.from(key).toString('hex')],
  ];
  const places: [string, (encoded: string) => string][] = [
    ['body', (encoded) => httpAnswer('400 Bad Request', `{"e":"bad key ${encoded}"}`)],
    ['header', (encoded) => httpAnswer('400 Bad Request', '{}', [`x-echo: ${encoded}`])],
    ['header name', (encoded) => httpAnswer('400 Bad Request', '{}', [`x-${encoded.replace(/[^\w+/%-]/g, '')}: 1`])],
    ['status line', (encoded) => httpAnswer(`400 ${encoded}`, '{}')],
    ['body that ends early', (encoded) => `HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\n{"e":"${encoded}`],
    [
      'interim answer',
      (encoded) => `HTTP/1.1 103 Early Hints\r\nlink: ${encoded}\r\n\r\n${httpAnswer('200 OK', '{}')}`,
    ],
  ];
  const cases = encodings.flatMap(([form, encode]) =>
    places.map(([place, answer]) => [form, place, answer(encode(KEY)), encode(KEY)] as const),
  );

  it.each(cases)('%s in the %s', async (_form, place, answer, encoded) => {
    const exchange = await ask((socket) => void socket.end(answer));
    const stored = JSON.stringify(exchange);
    for (const [, encode] of encodings) expect(stored).not.toContain(JSON.stringify(encode(KEY)).slice(1, -1));
    if (place !== 'header name' && place !== 'body that ends early')
      expect(stored).not.toContain(JSON.stringify(encoded).slice(1, -1));
    if (place === 'body') expect(exchange.leaks.map((leak) => leak.secret)).toContain('API_KEY');
  });

  it('whatever the key, the form and the place', async () => {
    const key = fc.string({ unit: fc.constantFrom(...'abXY019_-.+/=%"\\\\<>&'), minLength: 8, maxLength: 40 });
    const some = <T>(list: readonly T[]) => fc.constantFrom(...list);
    await fc.assert(
      fc.asyncProperty(key, some(encodings), some(places), async (secret, [, encode], [place, answer]) => {
        const peer = await startPeer((socket) => void socket.end(answer(encode(secret))));
        const transport = createTransport({
          origin: peer.origin,
          ca: null,
          connectTimeoutMs: 2000,
          timeoutMs: 2000,
          redactor: createRedactor([{ name: 'API_KEY', value: secret, kind: 'credential' }]),
          budget: createBudget({ requests: 5, writes: 5, seconds: 10 }),
          concurrency: 1,
          signal: new AbortController().signal,
        });
        try {
          const exchange = await transport.send(outgoing({ headers: [['authorization', `Bearer ${secret}`]] }));
          const stored = JSON.stringify(exchange);
          for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString('hex')]) {
            expect(stored).not.toContain(JSON.stringify(form).slice(1, -1));
          }
          if (place === 'body') expect(exchange.leaks).not.toEqual([]);
        } finally {
          await transport.close();
          await peer.close();
        }
      }),
      { numRuns: 150 },
    );
  });

  it('inside a compressed body', async () => {
    const body = gzipSync(`{"e":"${KEY.replaceAll('"', '').replaceAll('\\', '')}"}`);
    const plain = gzipSync(JSON.stringify({ e: KEY }));
    const exchange = await ask((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${plain.length}\r\n\r\n`);
      socket.write(plain);
    });
    expect(body.length).toBeGreaterThan(0);
    expect(exchange.leaks).not.toEqual([]);
    expect(exchange.response?.body.text).toContain('[secret:API_KEY]');
  });
});
