// Whole requests: admitted or challenged, sorted by whom they are for, recorded, answered.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { isLogIn } from '../../evidence/log-in.js';
import { challenge } from '../http-proxy.js';
import { pathOf } from '../pattern.js';
import type { Link } from '../recorder.js';
import { answered, headRead, type Tracked } from '../sockets.js';
import type { OpenCall } from '../source.js';
import { settle } from '../wire.js';
import { answer, answerElsewhere } from './answering.js';
import { arrive, reportAttempt } from './attempts.js';
import type { Epoch } from './epoch.js';
import type { LaneState } from './state.js';

export function onRequest(
  state: LaneState,
  request: IncomingMessage,
  response: ServerResponse,
  awaitsContinue: boolean,
): void {
  const { sockets, httpProxy, epoch } = state;
  const tracked = sockets.get(request.socket);
  if (tracked === undefined) {
    request.socket.destroy();
    return;
  }
  if (!httpProxy.admits(tracked, request)) {
    epoch.unadmitted++;
    headRead(tracked);
    tracked.current = null;
    challenge(request, response);
    return;
  }
  const route = httpProxy.routeOf(tracked, request);
  if (route === 'passed' || route === 'refused') {
    httpProxy.answerOther(tracked, request, response, route);
    return;
  }
  const link = linkOf(tracked, route === 'elsewhere');
  const entry = arrive(state, link, request, headRead(tracked));
  tracked.current = { request, entry };
  const open: OpenCall = { request, response, entry, lane: epoch.lane, wire: tracked.wire, awaitsContinue };
  if (tracked.link.closedBy === 'us') loseRace(state, open);
  else serve(state, epoch, tracked, open);
}

/** One connection to an HTTP proxy may carry calls to the other origin, too. */
function linkOf({ link }: Tracked, elsewhere: boolean): Link {
  return elsewhere === link.elsewhere ? link : { ...link, elsewhere };
}

/** It was on its way when we closed its idle connection: that is no behaviour of the client's. */
function loseRace(state: LaneState, { request, entry, lane }: OpenCall): void {
  state.idleCloseRaces++;
  entry.ended = 'failed';
  entry.endedBy = 'us';
  request.socket.destroy();
  settle(entry, false, lane);
}

function serve(state: LaneState, epoch: Epoch, tracked: Tracked, open: OpenCall): void {
  const { response, entry, lane } = open;
  response.on('close', () => {
    answered(tracked);
    settle(entry, response.writableFinished, lane);
  });
  if (entry.link.elsewhere) {
    answerElsewhere(open);
    return;
  }
  const { target } = state.options;
  entry.matched = state.match(entry.method, pathOf(entry.url));
  const operation = entry.matched?.name ?? '';
  entry.target = target === undefined ? !isLogIn({ operation }) : operation === target;
  reportAttempt(state, epoch, 'arrived', entry);
  answer(state, epoch, open);
}
