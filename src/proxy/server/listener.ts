import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { patientServer } from '../listen.js';
import { newLink, onClientError, onConnect, onConnection } from './connections.js';
import { onRequest } from './requests.js';
import type { LaneState } from './state.js';

/** An HTTP server that feeds the lane; it does not listen yet. `elsewhere`: it is the other origin's. */
export function createListener(state: LaneState, elsewhere: boolean): Server {
  const server = patientServer();
  server.on('connection', (socket: Socket) => {
    // The end of a tunnel is tracked before it is handed to the server.
    if (state.sockets.get(socket) !== undefined) return;
    onConnection(state, socket, socket, newLink(elsewhere));
  });
  server.on('request', (request, response) => onRequest(state, request, response, false));
  server.on('checkContinue', (request, response) => onRequest(state, request, response, true));
  server.on('clientError', (error, socket) => onClientError(state, error, socket as Socket));
  server.on('connect', (request, socket, head) => onConnect(state, request, socket as Socket, head));
  return server;
}
