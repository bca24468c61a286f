// A tunnel to the API through a proxy: CONNECT (RFC 9110, 9.3.6) or SOCKS 5 (RFC 1928). Also for http targets: what
// comes through a tunnel is surely the API's answer, never the proxy's.
import { type ClientRequest, request as requestByHttp } from 'node:http';
import { isIPv6, type Socket } from 'node:net';
import { rootCertificates } from 'node:tls';
import { credentialsOf } from '../config/via.js';
import { type ConnectorOptions, type Destination, VantageError } from './connect.js';

const DEFAULT_PORTS: Readonly<Record<string, number>> = {
  'http:': 80,
  'https:': 443,
  'socks5:': 1080,
  'socks5h:': 1080,
};

export async function openTunnel(proxy: URL, destination: Destination, options: ConnectorOptions): Promise<Socket> {
  const at = {
    host: proxy.hostname.replace(/^\[|\]$/g, ''),
    port: Number(proxy.port) || (DEFAULT_PORTS[proxy.protocol] ?? 0),
  };
  const credentials = credentialsOf(proxy);
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(options.connectTimeoutMs)]);
  if (proxy.protocol.startsWith('socks')) {
    const { connectBySocks } = await import('./socks.js');
    return connectBySocks(at, credentials, destination, { signal, timeoutMs: options.connectTimeoutMs });
  }
  return connectByHttp(proxy, at, destination, options, signal);
}

async function connectByHttp(
  proxy: URL,
  at: Destination,
  destination: Destination,
  options: ConnectorOptions,
  signal: AbortSignal,
): Promise<Socket> {
  const authority = `${isIPv6(destination.host) ? `[${destination.host}]` : destination.host}:${destination.port}`;
  const credentials = credentialsOf(proxy);
  const asked = {
    ...at,
    method: 'CONNECT',
    path: authority,
    agent: false as const,
    signal,
    headers: {
      host: authority,
      ...(credentials === null ? {} : { 'proxy-authorization': basic(credentials) }),
    },
  };
  let request: ClientRequest;
  if (proxy.protocol === 'https:') {
    const { request: requestByHttps } = await import('node:https');
    // The proxy is verified too: it is handed credentials.
    const ca = options.ca === null ? {} : { ca: [...rootCertificates, options.ca] };
    request = requestByHttps({ ...asked, ...ca, rejectUnauthorized: true });
  } else request = requestByHttp(asked);
  return new Promise((resolve, reject) => {
    const refuse = (detail: string) => reject(new VantageError(`the proxy ${proxy.host} ${detail}`));
    request.on('error', (error: NodeJS.ErrnoException) =>
      refuse(signal.aborted ? 'made no connection in time' : `cannot be used (${error.code ?? error.message})`),
    );
    // An answer other than a tunnel, from what is no proxy.
    request.on('response', (response) => {
      response.destroy();
      refuse(`answered CONNECT with ${response.statusCode}`);
    });
    request.on('connect', (response, socket: Socket, head) => {
      if (response.statusCode === 200) {
        if (head.length > 0) socket.unshift(head);
        resolve(socket.setNoDelay(true));
        return;
      }
      socket.destroy();
      refuse(refusal(response.statusCode ?? 0, credentials !== null, authority));
    });
    request.end();
  });
}

function refusal(status: number, hadCredentials: boolean, authority: string): string {
  if (status === 407)
    return hadCredentials
      ? 'refused the credentials (407)'
      : 'asks for credentials (407); take them from the environment, e.g. http://${PROXY_USER}:${PROXY_PASSWORD}@host:port';
  return `opened no tunnel to ${authority} (${status})`;
}

function basic({ user, password }: { user: string; password: string }): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
