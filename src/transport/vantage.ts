// Vantage points: connections that leave from another address than usual.
import { isIP, type Socket } from 'node:net';
import type { buildConnector as Connector } from 'undici';
import { parseVia } from '../config/via.js';
import { type Connect, type ConnectorOptions, VantageError } from './connect.js';
import { openTunnel } from './tunnel.js';

/** `verified` makes connectors that verify certificates. */
export function createVantage(
  text: string,
  verified: (changes?: Connector.BuildOptions) => Connect,
  options: ConnectorOptions,
): Connect {
  const via = parseVia(text);
  if (via === null) return (_, callback) => callback(new VantageError(`there is no way out by "${text}"`), null);
  if (via.kind === 'direct') return verified();
  if (via.kind === 'address') return fromAddress(via.address, verified);
  const secure = verified();
  return (target, callback) => {
    openTunnel(via.url, { host: target.hostname, port: portOf(target) }, options).then(
      (socket) => hand(socket, target, secure, callback),
      (error: Error) => callback(error, null),
    );
  };
}

// Binding failed: the address is not ours, or of the other family than the API's.
const NOT_OURS = ['EADDRNOTAVAIL', 'EINVAL', 'EACCES', 'ENETUNREACH', 'EAFNOSUPPORT'];

function fromAddress(address: string, verified: (changes?: Connector.BuildOptions) => Connect): Connect {
  const connect = verified({ family: isIP(address) } as Connector.BuildOptions);
  return (target, callback) =>
    connect({ ...target, localAddress: address }, (...result) => {
      const code = String((result[0] as NodeJS.ErrnoException | null)?.code);
      if (!NOT_OURS.includes(code)) return callback(...result);
      callback(
        new VantageError(`no connection leaves from ${address}: is it an address of this machine? (${code})`),
        null,
      );
    });
}

function hand(socket: Socket, target: Connector.Options, secure: Connect, callback: Connector.Callback): void {
  if (target.protocol === 'https:') secure({ ...target, httpSocket: socket }, callback);
  else callback(null, socket);
}

function portOf({ port, protocol }: Connector.Options): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}
