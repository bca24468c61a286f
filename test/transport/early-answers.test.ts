// Servers that answer a large body while it is still being sent: what they say is read, whatever becomes of the rest.
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../src/evidence/exchange.js';
import { createRedactor } from '../../src/redaction/redact.js';
import { createBudget } from '../../src/transport/budget.js';
import { createTransport } from '../../src/transport/transport.js';
import { httpAnswer, startPeer } from '../helpers/peer.js';

const BODY = '{"padding":"'.padEnd(2 * 1024 * 1024, 'x');
const TRIES = 10;
const answer = httpAnswer('413 Payload Too Large', '{"code":"too_large"}', ['content-type: application/json']);
const closing = answer.replace('\r\n', '\r\nconnection: close\r\n');

/** `early` acts once per connection, at the end of the head. */
async function tries(early: (socket: Socket) => void): Promise<{ exchanges: Exchange[]; connections: number }> {
  const peer = await startPeer((socket) => {
    // What comes behind the head is no head.
    socket.removeAllListeners('data');
    early(socket);
  });
  const transport = createTransport({
    origin: peer.origin,
    ca: null,
    connectTimeoutMs: 5000,
    timeoutMs: 5000,
    redactor: createRedactor([]),
    budget: createBudget({ requests: 50, writes: 50, seconds: 60 }),
    concurrency: 4,
    signal: new AbortController().signal,
  });
  try {
    const exchanges: Exchange[] = [];
    for (let at = 1; at <= TRIES; at++) {
      exchanges.push(
        await transport.send({
          id: `large.${at}`,
          method: 'POST',
          path: '/orders',
          headers: [['content-type', 'application/json']],
          body: BODY,
          credential: 'key',
          write: true,
          operation: 'create',
          expected: [],
          idempotencyKey: null,
          version: null,
          provokes: 413,
          repeats: null,
          cut: null,
        }),
      );
    }
    return { exchanges, connections: peer.connections() };
  } finally {
    await transport.close();
    await peer.close();
  }
}

describe('an answer that comes before the body was sent', () => {
  it.each<[string, (socket: Socket) => void]>([
    ['and the rest is read', (socket) => void socket.resume().write(answer)],
    ['and nothing more is read', (socket) => void socket.pause().write(answer)],
    ['and the connection is closed in order', (socket) => void socket.resume().end(closing)],
    [
      'and the connection is reset, unread',
      (socket) => void socket.pause().write(closing, () => setTimeout(() => socket.destroy(), 50)),
    ],
  ])('%s', async (_, early) => {
    const { exchanges, connections } = await tries(early);
    const seen = exchanges.map(({ ended, response, error }) => [ended, response?.status, error?.code]);
    expect(seen).toEqual(Array.from({ length: TRIES }, () => ['complete', 413, undefined]));
    expect(connections, 'each on a connection of its own').toBe(TRIES);
    const [first] = exchanges;
    expect(first?.request.body).toEqual({
      text: '{"padding":"xxx',
      bytes: BODY.length,
      truncated: true,
      encoding: 'utf8',
    });
  });

  it('none at all is told as a closed connection', async () => {
    const { exchanges } = await tries((socket) => socket.resetAndDestroy());
    expect(exchanges.map(({ ended }) => ended)).toEqual(Array.from({ length: TRIES }, () => 'closed'));
  });

  it('reset at once: read, or told as closed, never anything else', async () => {
    const { exchanges } = await tries((socket) => void socket.write(closing, () => socket.resetAndDestroy()));
    for (const { ended, response } of exchanges)
      expect([ended, ended === 'complete' ? response?.status : null]).toEqual(
        ended === 'complete' ? ['complete', 413] : ['closed', null],
      );
  });
});
