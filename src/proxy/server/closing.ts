import type { Server } from 'node:http';
import type { Sockets, Tracked } from '../sockets.js';

const POLL_MS = 5;

/** Closes connections on which nothing is under way. */
export function closeIdle({ all }: Sockets): void {
  for (const { link, socket, current, firstByteAt, handedOver, passing } of all.values()) {
    if (handedOver || passing) continue;
    if (firstByteAt !== 0 || (current !== null && current.entry.endedAt === 0)) continue;
    if (link.closedBy !== null) continue;
    link.closedBy = 'us';
    // A request that is on its way already must not be answered by a reset: it is read, and counted as a race.
    socket.end();
  }
}

/** Resolves when the client's connections have closed, or after `withinMs`. */
export async function drained({ all }: Sockets, withinMs: number): Promise<void> {
  const until = performance.now() + withinMs;
  const isAdmitted = ({ link }: Tracked) => link.number !== 0;
  while ([...all.values()].some(isAdmitted) && performance.now() < until)
    await new Promise((wake) => setTimeout(wake, POLL_MS));
}

/** Closes the servers and destroys every connection; resolves when all of them are closed. */
export function closeAll(servers: readonly Server[], { all }: Sockets): Promise<unknown> {
  const closed: Promise<unknown>[] = servers.map((one) => new Promise((resolve) => one.close(resolve)));
  for (const { link, socket } of all.values()) {
    link.closedBy ??= 'us';
    closed.push(new Promise((resolve) => socket.once('close', resolve)));
    socket.destroy();
  }
  return Promise.all(closed);
}
