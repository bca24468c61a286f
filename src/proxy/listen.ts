import http, { type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

// Longer than any provider's; a head beyond it is answered 431.
const HEAD_BYTES = 256 * 1024;

/** Never closes for idleness: to a retrying client that would look like one more fault. */
export function patientServer(): Server {
  const server = http.createServer({
    keepAliveTimeout: 0,
    requestTimeout: 0,
    headersTimeout: 0,
    maxHeaderSize: HEAD_BYTES,
  });
  // Called by close(). Node's own throws where a connection was reset while its request was being read over TLS (seen in
  // 20.20: its list then holds a parser without a socket), and whoever closes a lane ends all its connections anyway.
  server.closeIdleConnections = () => undefined;
  return server;
}

/** Another host name and not only another port: some clients keep credentials as long as the name is the same. */
export async function listenAsLocalhost(create: () => Server): Promise<{ origin: string; servers: Server[] }> {
  const four = create();
  const port = await listen(four, '127.0.0.1', 0);
  const origin = `http://localhost:${port}`;
  const six = create();
  try {
    await listen(six, '::1', port);
    return { origin, servers: [four, six] };
  } catch {
    // No IPv6 here, or its port is taken: clients fall back to the other address.
    return { origin, servers: [four] };
  }
}

export function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
