// Plain calls that a client sends through us to hosts beside the API's.
import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { forwardable, originForm, withoutHopByHop } from '../proxy/heads.js';
import { authorityOf } from '../proxy/pattern.js';

export function refuseCall(url: string, response: ServerResponse): void {
  answer(
    response,
    403,
    `golive-check lets no call pass to ${authorityOf(url)}: name it in client.passThrough to allow it\n`,
  );
}

export function passCall(incoming: IncomingMessage, response: ServerResponse): void {
  const url = new URL(incoming.url ?? '');
  const outgoing = request(url, {
    method: incoming.method ?? 'GET',
    path: originForm(url.href),
    setHost: false,
    headers: forwardable(incoming.rawHeaders, url.host).flat,
  });
  outgoing.on('response', (answered) => {
    response.writeHead(answered.statusCode ?? 502, answered.statusMessage, withoutHopByHop(answered.rawHeaders));
    answered.pipe(response);
    answered.on('error', () => response.destroy());
  });
  outgoing.on('error', () => {
    if (response.headersSent) response.destroy();
    else answer(response, 502, `no answer from ${url.host}\n`);
  });
  response.on('close', () => outgoing.destroy());
  incoming.on('error', () => outgoing.destroy());
  incoming.pipe(outgoing);
}

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain', Connection: 'close' });
  response.end(text);
}
