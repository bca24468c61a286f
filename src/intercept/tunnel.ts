// What follows a CONNECT (RFC 9110, 9.3.6): TLS that we end, plain HTTP, or bytes for another host that we do not read.
import { connect, type Socket } from 'node:net';
import { createServer } from 'node:tls';
import type { ServerCertificate } from '../certificates.js';
import type { OpenTunnel } from '../proxy/options.js';
import { hostOf, portOf } from './hosts.js';

const ESTABLISHED = 'HTTP/1.1 200 Connection Established\r\n\r\n';
const REFUSED = 'HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';
const UNREACHABLE = 'HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';
// The type of a record that carries a ClientHello (RFC 8446, 5.1).
const TLS_HANDSHAKE = 22;

export function refuseTunnel({ socket }: OpenTunnel): void {
  socket.end(REFUSED);
}

/** Shows the certificate and hands over what the client then sends. */
export function endTunnel(open: OpenTunnel, certificate: ServerCertificate): void {
  const { socket, head, facts } = open;
  if (head.length > 0) socket.unshift(head);
  const look = () => {
    const bytes: unknown = socket.read();
    if (!Buffer.isBuffer(bytes)) {
      socket.once('readable', look);
      return;
    }
    socket.unshift(bytes);
    open.active();
    if (bytes[0] === TLS_HANDSHAKE) endTls(open, certificate);
    else {
      facts.certificate = null;
      open.accept(socket, 'http');
    }
  };
  socket.once('readable', look);
  socket.write(ESTABLISHED);
}

function endTls({ socket, facts, active, accept }: OpenTunnel, certificate: ServerCertificate): void {
  facts.handshake = 'begun';
  // As servers of https do: a client that closes in the middle of a handshake has ended it.
  socket.allowHalfOpen = false;
  // One for each tunnel: its events then belong to this tunnel alone. It never listens.
  const server = createServer({ ...certificate, ALPNProtocols: ['http/1.1'] });
  server.on('secureConnection', (secure) => {
    facts.handshake = 'done';
    active();
    accept(secure, 'https');
  });
  server.on('tlsClientError', (error: NodeJS.ErrnoException) => {
    facts.handshake = 'failed';
    facts.error = error.code ?? error.message;
    active();
    socket.destroy();
  });
  server.emit('connection', socket);
}

/** Bytes both ways, until either side ends. */
export function passTunnel({ socket, head, facts }: OpenTunnel): void {
  const { authority } = facts;
  const upstream: Socket = connect({ host: hostOf(authority), port: portOf(authority, 443) });
  const end = () => {
    socket.destroy();
    upstream.destroy();
  };
  let established = false;
  upstream.on('connect', () => {
    established = true;
    socket.write(ESTABLISHED);
    upstream.write(head);
    socket.pipe(upstream).pipe(socket);
  });
  upstream.on('error', () => {
    if (established) end();
    else socket.end(UNREACHABLE);
  });
  socket.on('close', end);
}
