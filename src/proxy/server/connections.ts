// Connections of the client, and what arrives on them that is no whole request.
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import {
  answerMalformed,
  bodyUnderWay,
  type ClientError,
  isMalformed,
  noteClientGone,
  noteEarlyDeath,
  refuseConnect,
} from '../broken.js';
import { challengeConnect } from '../http-proxy.js';
import type { Link } from '../recorder.js';
import { headRead, type Tracked } from '../sockets.js';
import { settle } from '../wire.js';
import { arrive } from './attempts.js';
import type { LaneState } from './state.js';

/** `wire`: the TCP socket below, where `socket` ends a tunnel's TLS. */
export function onConnection(state: LaneState, socket: Socket, wire: Socket, link: Link): void {
  if (link.elsewhere || state.httpProxy.isOpen()) admit(state, link);
  state.sockets.track(socket, wire, link);
}

export function newLink(elsewhere: boolean): Link {
  return {
    number: 0,
    elsewhere,
    scheme: 'http',
    authority: null,
    tunnel: null,
    acceptedAt: performance.now(),
    closedAt: null,
    closedBy: null,
    requests: 0,
  };
}

/** The connection is the client's: from now on it is in the recording. */
export function admit(state: LaneState, link: Link): void {
  if (link.number !== 0) return;
  link.number = ++state.admitted;
  state.activity.heard(performance.now());
  state.epoch.recorder.connected(link);
}

/** The connection closed while a request's head was arriving, `bytes` of which had come. */
export function onHeadLost(state: LaneState, tracked: Tracked, bytes: number): void {
  if (tracked.link.number === 0) return;
  const entry = arrive(state, tracked.link, null, headRead(tracked));
  noteEarlyDeath(entry, bytes);
  if (state.isClosing) entry.ended = 'lane-closed';
  settle(entry, false, state.epoch.lane);
}

export function onClientError(state: LaneState, error: ClientError, socket: Socket): void {
  const tracked = state.sockets.get(socket);
  if (tracked === undefined || tracked.link.number === 0 || !isMalformed(error)) {
    if (tracked !== undefined) noteClientGone(tracked, error);
    socket.destroy();
    return;
  }
  const entry = bodyUnderWay(tracked) ?? arrive(state, tracked.link, null, headRead(tracked));
  answerMalformed(entry, tracked, error);
  settle(entry, false, state.epoch.lane);
}

export function onConnect(state: LaneState, request: IncomingMessage, socket: Socket, head: Buffer): void {
  const { sockets, httpProxy, epoch } = state;
  const tracked = sockets.get(socket);
  if (tracked === undefined) {
    socket.destroy();
    return;
  }
  if (!httpProxy.admits(tracked, request)) {
    epoch.unadmitted++;
    tracked.handedOver = true;
    challengeConnect(socket);
    return;
  }
  if (httpProxy.openTunnel(tracked, request.url ?? '', head)) return;
  const entry = arrive(state, tracked.link, request, headRead(tracked));
  refuseConnect(entry, tracked);
  settle(entry, true, epoch.lane);
}
