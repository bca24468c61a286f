// Sees when bytes of a next request arrive. A listener for `data` would know at once and hold the bytes, but it takes
// the socket away from Node's fast path: 20 % of the requests per second. So: the arrival of a whole head says its
// time; a head that comes in pieces shows in `bytesRead`, which is looked at every few milliseconds.
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Entry, Link } from './recorder.js';

export interface Tracked {
  link: Link;
  socket: Socket;
  /** The TCP socket itself, which alone can be reset. */
  wire: Socket;
  /** Of the request whose head is arriving in pieces; 0: none is. */
  firstByteAt: number;
  /** What `bytesRead` was when nothing of the next request had arrived; -1: the request before is not over. */
  bytesBefore: number;
  /** The latest request that was read so far as to be dispatched. */
  current: { request: IncomingMessage; entry: Entry } | null;
  /** No longer HTTP of this listener (CONNECT). */
  handedOver: boolean;
  /** A call to another host, which is not recorded, is under way. */
  passing: boolean;
}

// Judged waits start at 40 ms; a head in pieces is rare and late by less than this.
const LOOK_MS = 5;
// Empty lines before a request line are not part of it (RFC 9112, 2.2).
const EMPTY_LINE_BYTES = 2;

export interface Sockets {
  readonly all: ReadonlyMap<Socket, Tracked>;
  get(socket: Socket): Tracked | undefined;
  track(socket: Socket, wire: Socket, link: Link): Tracked;
  stop(): void;
}

export interface SocketHooks {
  active(now: number): void;
  /** The connection closed while a request's head was arriving. */
  diedEarly(tracked: Tracked, bytes: number): void;
}

export function watchSockets(hooks: SocketHooks): Sockets {
  const all = new Map<Socket, Tracked>();
  let timer: NodeJS.Timeout | null = null;

  function look(): void {
    const now = performance.now();
    for (const tracked of all.values()) {
      if (tracked.firstByteAt !== 0 || pendingBytes(tracked) <= EMPTY_LINE_BYTES) continue;
      tracked.firstByteAt = now;
      if (tracked.link.number !== 0) hooks.active(now);
    }
  }

  function forget(tracked: Tracked): void {
    const { link, socket } = tracked;
    all.delete(socket);
    link.closedBy ??= 'us';
    link.closedAt = performance.now();
    const bytes = pendingBytes(tracked);
    if (tracked.firstByteAt !== 0 || bytes > EMPTY_LINE_BYTES) hooks.diedEarly(tracked, bytes);
    if (all.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  }

  return {
    all,
    get: (socket) => all.get(socket),
    track(socket, wire, link) {
      const tracked: Tracked = {
        link,
        socket,
        wire,
        firstByteAt: 0,
        bytesBefore: 0,
        current: null,
        handedOver: false,
        passing: false,
      };
      all.set(socket, tracked);
      timer ??= setInterval(look, LOOK_MS).unref();
      socket.once('end', () => {
        link.closedBy ??= 'client';
      });
      socket.once('close', () => forget(tracked));
      return tracked;
    },
    stop() {
      if (timer !== null) clearInterval(timer);
    },
  };
}

/** Bytes that belong to no request that was dispatched. */
function pendingBytes(tracked: Tracked): number {
  if (tracked.handedOver) return 0;
  if (tracked.bytesBefore < 0) {
    if (tracked.current?.request.complete !== true) return 0;
    tracked.bytesBefore = tracked.socket.bytesRead;
  }
  return tracked.socket.bytesRead - tracked.bytesBefore;
}

/** The head is whole: gives its first byte's time and waits for the next one. */
export function headRead(tracked: Tracked): number {
  const firstByteAt = tracked.firstByteAt === 0 ? performance.now() : tracked.firstByteAt;
  tracked.firstByteAt = 0;
  tracked.bytesBefore = -1;
  return firstByteAt;
}

/** The answer is out: what comes now is the next request's. */
export function answered(tracked: Tracked): void {
  if (tracked.current?.request.complete === true) tracked.bytesBefore = tracked.socket.bytesRead;
}
