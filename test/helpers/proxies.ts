// Small proxies on loopback: HTTP CONNECT and SOCKS 5, with and without credentials, leaving from a chosen address.
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { Issued } from './certificates.js';

export interface Proxy {
  port: number;
  /** What it was asked for: "127.0.0.1:443". */
  asked: string[];
  /** Proxy-Authorization, or user:password, of each call. */
  credentials: (string | undefined)[];
  close(): Promise<void>;
}

export interface ProxySettings {
  /** Its connections leave from there. */
  from?: string;
  /** user:password */
  wants?: string;
  /** HTTPS between the client and the proxy. */
  certificate?: Issued;
  /** Instead of a tunnel: this status of CONNECT, this reply of SOCKS. */
  refuses?: number;
}

const FROM = '127.0.0.1';

export async function startHttpProxy(settings: ProxySettings = {}): Promise<Proxy> {
  const { from = FROM, wants, certificate, refuses } = settings;
  const server = certificate === undefined ? createHttpServer() : createHttpsServer(certificate);
  const asked: string[] = [];
  const credentials: (string | undefined)[] = [];
  server.on('connect', (request, client: Socket) => {
    const target = request.url ?? '';
    const given = request.headers['proxy-authorization'];
    asked.push(target);
    credentials.push(given);
    client.on('error', () => undefined);
    if (refuses !== undefined) return void client.end(`HTTP/1.1 ${refuses} Refused\r\n\r\n`);
    if (wants !== undefined && given !== `Basic ${Buffer.from(wants).toString('base64')}`)
      return void client.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n');
    const { hostname, port } = new URL(`http://${target}`);
    const upstream = connect({ host: hostname, port: Number(port || 80), localAddress: from });
    upstream.on('connect', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      join(client, upstream);
    });
    upstream.on('error', () => client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
  });
  return running(server, asked, credentials);
}

/** RFC 1928 and 1929, as far as one CONNECT needs them; each step in one packet, as on loopback. */
export async function startSocksProxy(settings: ProxySettings = {}): Promise<Proxy> {
  const { from = FROM, wants, refuses } = settings;
  const asked: string[] = [];
  const credentials: (string | undefined)[] = [];
  const server = createServer((client) => {
    client.on('error', () => undefined);
    let step: 'hello' | 'password' | 'request' = 'hello';
    const read = (packet: Buffer) => {
      if (step === 'hello') {
        const method = wants === undefined ? 0 : packet.subarray(2).includes(2) ? 2 : 255;
        client.write(Buffer.from([5, method]));
        step = method === 2 ? 'password' : 'request';
      } else if (step === 'password') {
        const userLength = packet[1] ?? 0;
        const given = `${packet.subarray(2, 2 + userLength)}:${packet.subarray(3 + userLength)}`;
        credentials.push(given);
        client.write(Buffer.from([1, given === wants ? 0 : 1]));
        step = 'request';
      } else {
        client.off('data', read);
        const { host, port } = destinationOf(packet);
        asked.push(`${host}:${port}`);
        const reply = (code: number) => client.write(Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0]));
        if (refuses !== undefined) return void reply(refuses);
        const upstream = connect({ host, port, localAddress: from });
        upstream.on('connect', () => {
          reply(0);
          join(client, upstream);
        });
        upstream.on('error', () => reply(5));
      }
    };
    client.on('data', read);
  });
  return running(server, asked, credentials);
}

function destinationOf(packet: Buffer): { host: string; port: number } {
  const isName = packet[3] === 3;
  const end = isName ? 5 + (packet[4] ?? 0) : 8;
  const host = isName ? packet.subarray(5, end).toString() : packet.subarray(4, 8).join('.');
  return { host, port: packet.readUInt16BE(end) };
}

function join(client: Socket, upstream: Socket): void {
  client.pipe(upstream).pipe(client);
  client.on('error', () => upstream.destroy()).on('close', () => upstream.destroy());
  upstream.on('error', () => client.destroy()).on('close', () => client.destroy());
}

async function running(server: Server, asked: string[], credentials: (string | undefined)[]): Promise<Proxy> {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    credentials,
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
