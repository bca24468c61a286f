// Sees a connection's bytes before the HTTP parser does: when each request's first byte came, and what arrived of a
// request that never became one.
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Entry, Link } from './recorder.js';

export interface Tracked {
  link: Link;
  socket: Socket;
  /** The TCP socket itself, which alone can be reset. */
  wire: Socket;
  /** Of the request that is arriving; 0: none is. */
  firstByteAt: number;
  lastChunkAt: number;
  head: Buffer[];
  headBytes: number;
  /** The latest request that was read so far as to be dispatched. */
  current: { request: IncomingMessage; entry: Entry } | null;
  /** No longer HTTP of this listener (CONNECT). */
  handedOver: boolean;
}

// More than Node's parser takes for a head; the rest of garbage is of no interest.
const HEAD_BYTES = 64 * 1024;

export interface SocketHooks {
  active(now: number): void;
  /** The connection closed while a request's head was arriving. */
  diedEarly(tracked: Tracked): void;
  closed(tracked: Tracked): void;
}

export function trackSocket(socket: Socket, wire: Socket, link: Link, hooks: SocketHooks): Tracked {
  const tracked: Tracked = {
    link,
    socket,
    wire,
    firstByteAt: 0,
    lastChunkAt: link.acceptedAt,
    head: [],
    headBytes: 0,
    current: null,
    handedOver: false,
  };
  // Before the parser's own listener: it dispatches the request in the same turn.
  socket.prependListener('data', (chunk: Buffer) => {
    const now = performance.now();
    tracked.lastChunkAt = now;
    hooks.active(now);
    if (tracked.handedOver || (tracked.current !== null && !tracked.current.request.complete)) return;
    if (tracked.firstByteAt === 0) {
      // Empty lines before a request line are not part of it (RFC 9112, 2.2).
      if (chunk.length <= 2 && (chunk[0] === 13 || chunk[0] === 10)) return;
      tracked.firstByteAt = now;
    }
    if (tracked.headBytes < HEAD_BYTES) {
      tracked.head.push(chunk);
      tracked.headBytes += chunk.length;
    }
  });
  socket.once('end', () => {
    link.closedBy ??= 'client';
  });
  socket.once('close', () => {
    link.closedBy ??= 'us';
    link.closedAt = performance.now();
    if (tracked.firstByteAt !== 0 && !tracked.handedOver) hooks.diedEarly(tracked);
    hooks.closed(tracked);
  });
  return tracked;
}

/** The head is whole: gives its first byte's time and waits for the next one. */
export function headRead(tracked: Tracked): number {
  // A pipelined request arrives in the chunk that ended the one before.
  const firstByteAt = tracked.firstByteAt === 0 ? tracked.lastChunkAt : tracked.firstByteAt;
  tracked.firstByteAt = 0;
  if (tracked.headBytes > 0) {
    tracked.head = [];
    tracked.headBytes = 0;
  }
  return firstByteAt;
}
