// One undici Client per connection: so an exchange knows its own socket, a race can start on connections that are
// already open, and cutting one never touches another.
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import './parser-memory.js';
import Client from 'undici/lib/dispatcher/client.js';
import type { TlsFacts } from '../evidence/exchange.js';
import type { Connect } from './connect.js';
import { type Admit, readInPieces } from './pieces.js';

export interface Connection {
  origin: string;
  client: InstanceType<typeof Client>;
  /** null until the connection is open. */
  socket: Socket | null;
  remoteAddress: string | null;
  tls: TlsFacts | null;
  busy: boolean;
  broken: boolean;
  /** Set while an answer is awaited. */
  admit: Admit;
}

export interface Connections {
  acquire(fresh: boolean): Connection;
  release(connection: Connection): void;
  /** Opens connections until `count` are idle, without sending anything. */
  open(count: number): Promise<void>;
  close(): Promise<void>;
}

export interface ConnectionOptions {
  origin: string;
  connector: Connect;
  maxHeaderBytes: number;
}

export function createConnections({ origin, connector, maxHeaderBytes }: ConnectionOptions): Connections {
  const all = new Set<Connection>();

  function create(opened: Socket | null): Connection {
    let waiting = opened;
    const connect: Connect = (target, callback) => {
      if (waiting !== null) {
        const socket = waiting;
        waiting = null;
        // The client is not ready for its socket before it has finished asking for one.
        queueMicrotask(() => callback(null, socket));
        return;
      }
      connector(target, (...result) => {
        const [error, socket] = result;
        if (error === null) note(connection, socket);
        callback(...result);
      });
    };
    const client = new Client(origin, {
      connect,
      pipelining: 1,
      maxHeaderSize: maxHeaderBytes,
      // Node's time-outs close idle connections after 5 s; the race wants them open a little longer.
      keepAliveTimeout: 10_000,
    });
    const connection: Connection = {
      origin,
      client,
      socket: null,
      remoteAddress: null,
      tls: null,
      busy: false,
      broken: false,
      admit: null,
    };
    if (opened !== null) note(connection, opened);
    all.add(connection);
    return connection;
  }

  function idle(): Connection | undefined {
    for (const one of all) if (!one.busy && !one.broken && (one.socket === null || !one.socket.destroyed)) return one;
    return undefined;
  }

  return {
    acquire(fresh) {
      const connection = (fresh ? undefined : idle()) ?? create(null);
      connection.busy = true;
      return connection;
    },
    release(connection) {
      connection.busy = false;
      if (!connection.broken) return;
      all.delete(connection);
      void connection.client.destroy();
    },
    async open(count) {
      const open = [...all].filter(
        (one) => !one.busy && !one.broken && one.socket !== null && !one.socket.destroyed,
      ).length;
      const url = new URL(origin);
      const target = {
        hostname: url.hostname.replace(/^\[|\]$/g, ''),
        host: url.host,
        protocol: url.protocol,
        port: url.port,
      };
      await Promise.all(
        Array.from({ length: Math.max(0, count - open) }, async () => {
          const socket = await new Promise<Socket>((resolve, reject) => {
            connector(target, (...[error, opened]) => (error === null ? resolve(opened) : reject(error)));
          });
          create(socket);
        }),
      );
    },
    async close() {
      await Promise.all([...all].map((one) => one.client.destroy()));
      for (const one of all) one.socket?.destroy();
      all.clear();
    },
  };
}

function note(connection: Connection, socket: Socket | TLSSocket): void {
  connection.socket = socket;
  readInPieces(socket, () => connection.admit);
  connection.remoteAddress = socket.remoteAddress === undefined ? null : `${socket.remoteAddress}:${socket.remotePort}`;
  // TLS that ends at a proxy is no matter of the API's.
  connection.tls = connection.origin.startsWith('https:') && 'getPeerCertificate' in socket ? tlsFacts(socket) : null;
}

function tlsFacts(socket: TLSSocket): TlsFacts {
  const certificate = socket.getPeerCertificate(true);
  const issuerValidTo = certificate.issuerCertificate?.valid_to;
  return {
    protocol: socket.getProtocol(),
    cipher: socket.getCipher()?.name ?? null,
    authorizationError: socket.authorized ? null : String(socket.authorizationError ?? 'not authorized'),
    subject: one(certificate.subject?.CN),
    issuer: one(certificate.issuer?.CN ?? certificate.issuer?.O),
    validTo: certificate.valid_to ?? null,
    ...(issuerValidTo === undefined ? {} : { issuerValidTo }),
  };
}

function one(name: string | string[] | undefined): string | null {
  return name === undefined ? null : String(name);
}
