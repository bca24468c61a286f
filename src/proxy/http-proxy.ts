// What a lane does beyond answering where its client takes it for an HTTP proxy: it serves nobody but its client, tells
// whose call it is, opens tunnels, and leaves calls to other hosts to the interceptor.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { OtherHost, Route, TunnelFacts } from '../evidence/recording.js';
import type { Interceptor, LaneOptions } from './options.js';
import { authorityOf } from './pattern.js';
import type { Link } from './recorder.js';
import { headRead, type Tracked } from './sockets.js';

export interface HttpProxy {
  /** Whether a connection belongs to the client before it has shown credentials. */
  isOpen(): boolean;
  /** false: the call showed no credentials, or wrong ones, and must be challenged. Takes them off the call. */
  admits(tracked: Tracked, request: IncomingMessage): boolean;
  routeOf(tracked: Tracked, request: IncomingMessage): Route;
  /** false: none is offered. */
  openTunnel(tracked: Tracked, authority: string, head: Buffer): boolean;
  /** Not recorded: calls to other hosts are no business of the lane. */
  answerOther(tracked: Tracked, request: IncomingMessage, response: ServerResponse, route: OtherHost['route']): void;
}

export interface HttpProxyHooks {
  /** The connection is the client's. */
  admit(link: Link): void;
  /** Something was heard from the client. */
  active(): void;
  /** A call to another host is under way (1), or over (-1). */
  underWay(change: 1 | -1): void;
  called(authority: string, route: OtherHost['route']): void;
  accept(inner: Socket, wire: Socket, link: Link): void;
}

/** RFC 9110, 11.7.1. */
const CHALLENGE = { 'Proxy-Authenticate': 'Basic realm="golive-check"', 'Content-Length': '0' };
const CREDENTIALS = 'proxy-authorization';

/** Many clients send their first call without credentials and answer this with a second one. */
export function challenge(request: IncomingMessage, response: ServerResponse): void {
  // Read to its end, for the second one comes on the same connection.
  request.resume();
  response.writeHead(407, CHALLENGE).end();
}

export function challengeConnect(socket: Socket): void {
  const lines = Object.entries({ ...CHALLENGE, Connection: 'close' }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 407 Proxy Authentication Required\r\n${lines.join('')}\r\n`);
}

/** `current`: the scenario's; undefined where the lane is no HTTP proxy. */
export function createHttpProxy(
  current: () => Interceptor | undefined,
  admits: LaneOptions['admits'],
  hooks: HttpProxyHooks,
): HttpProxy {
  return {
    isOpen: () => admits === undefined,

    admits({ link }, request) {
      // What comes in a tunnel has shown them when it was opened.
      if (admits === undefined || link.tunnel !== null) return true;
      if (!admits(request.headers[CREDENTIALS])) return false;
      withoutCredentials(request.rawHeaders);
      hooks.admit(link);
      return true;
    },

    routeOf({ link }, { url = '' }) {
      const interceptor = current();
      const authority = link.tunnel === null ? authorityOf(url) : null;
      if (interceptor === undefined || authority === null) return link.elsewhere ? 'elsewhere' : 'lane';
      return interceptor.routeOf(authority);
    },

    openTunnel(tracked, authority, head) {
      const interceptor = current();
      if (interceptor === undefined) return false;
      const { link, socket } = tracked;
      const route = interceptor.routeOf(authority);
      const facts: TunnelFacts = { authority, route, certificate: null, handshake: 'none', error: null };
      // HTTP's own listeners are gone.
      socket.on('error', () => socket.destroy());
      headRead(tracked);
      tracked.handedOver = true;
      link.tunnel = facts;
      link.authority = authority;
      link.elsewhere = route === 'elsewhere';
      hooks.active();
      if (route === 'passed' || route === 'refused') hooks.called(authority, route);
      interceptor.tunnel({
        socket,
        head,
        facts,
        active: hooks.active,
        accept(inner, scheme) {
          link.scheme = scheme;
          hooks.active();
          hooks.accept(inner, socket, link);
        },
      });
      return true;
    },

    answerOther(tracked, request, response, route) {
      headRead(tracked);
      tracked.current = null;
      tracked.passing = true;
      hooks.active();
      hooks.underWay(1);
      response.on('close', () => {
        tracked.passing = false;
        hooks.active();
        hooks.underWay(-1);
      });
      hooks.called(authorityOf(request.url ?? '') ?? '', route);
      current()?.answerOther(request, response, route);
    },
  };
}

/** They were meant for us, and are no part of what the client says to the API. */
function withoutCredentials(raw: string[]): void {
  for (let at = raw.length - 2; at >= 0; at -= 2) if (raw[at]?.toLowerCase() === CREDENTIALS) raw.splice(at, 2);
}
