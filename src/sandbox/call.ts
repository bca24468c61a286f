import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { readBytes } from './body.js';
import { randomBase62 } from './keys.js';
import type { Call, World } from './world.js';

export function callOf(world: World, request: IncomingMessage): Call {
  // A request to a proxy names the whole URL; only the path matters here.
  const target = (request.url ?? '/').replace(/^https?:\/\/[^/?]*/i, '');
  const [path = '', ...query] = target.split('?');
  const header = (name: string) => {
    const value = request.headers[name.toLowerCase()];
    return Array.isArray(value) ? value.join(', ') : value;
  };
  return {
    method: request.method ?? 'GET',
    path,
    query: new URLSearchParams(query.join('?')),
    targetBytes: target.length,
    requestId: requestIdOf(world),
    version: versionOf(world, header),
    socket: request.socket,
    remoteAddress: request.socket.remoteAddress ?? '',
    header,
    readBody: () => readBytes(request),
  };
}

/** Stands for a request that could not be read. */
export function unreadableCall(world: World, socket: Socket): Call {
  return {
    method: '',
    path: '',
    query: new URLSearchParams(),
    targetBytes: 0,
    requestId: requestIdOf(world),
    version: world.dialect.version?.default ?? '',
    socket,
    remoteAddress: socket.remoteAddress ?? '',
    header: () => undefined,
    readBody: () => Promise.resolve(Buffer.alloc(0)),
  };
}

function versionOf(world: World, header: Call['header']): string {
  const { version } = world.dialect;
  return version === null ? '' : (header(version.header) ?? version.default);
}

function requestIdOf(world: World): string {
  const prefix = world.dialect.requestId?.prefix ?? '';
  return `${prefix}${world.has('repeats-request-ids') ? '0'.repeat(24) : randomBase62(24)}`;
}
