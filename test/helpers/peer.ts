// A TCP peer on loopback that answers each connection with whatever bytes a test wants, well-formed or not.
import { type AddressInfo, createServer, type Socket } from 'node:net';

export interface Peer {
  origin: string;
  port: number;
  connections: () => number;
  /** How many of them are open. */
  open: () => number;
  close(): Promise<void>;
}

/** `answer` is called with the socket once a whole request head has arrived. */
export async function startPeer(
  answer: (socket: Socket, head: string) => void,
  greet: (socket: Socket) => void = () => undefined,
): Promise<Peer> {
  const open = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    open.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => open.delete(socket));
    let head = '';
    greet(socket);
    socket.on('data', (chunk) => {
      head += chunk.toString('latin1');
      if (!head.includes('\r\n\r\n')) return;
      const whole = head;
      head = '';
      answer(socket, whole);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    connections: () => connections,
    open: () => open.size,
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

export function httpAnswer(status: string, body: string, headers: readonly string[] = []): string {
  return [`HTTP/1.1 ${status}`, `content-length: ${Buffer.byteLength(body)}`, ...headers, '', body].join('\r\n');
}
