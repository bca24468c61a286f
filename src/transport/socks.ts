// The one place that loads `socks`: only a SOCKS vantage point needs it.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { SocksClient } from 'socks';
import { type Destination, VantageError } from './connect.js';

/** SOCKS 5 (RFC 1928, user and password by RFC 1929); the proxy resolves the host name. */
export async function connectBySocks(
  proxy: Destination,
  credentials: { user: string; password: string } | null,
  destination: Destination,
  { signal, timeoutMs }: { signal: AbortSignal; timeoutMs: number },
): Promise<Socket> {
  const name = `the SOCKS proxy ${proxy.host}:${proxy.port}`;
  // A socket of ours, so that an interruption ends the negotiation.
  const socket = connect(proxy);
  const stop = () => void socket.destroy(new Error('it made no connection in time'));
  signal.addEventListener('abort', stop, { once: true });
  try {
    await once(socket, 'connect');
    await SocksClient.createConnection({
      command: 'connect',
      destination,
      existing_socket: socket,
      timeout: timeoutMs,
      proxy: {
        ...proxy,
        type: 5,
        ...(credentials === null ? {} : { userId: credentials.user, password: credentials.password }),
      },
    });
    return socket.setNoDelay(true);
  } catch (error) {
    socket.destroy();
    throw explained(error as NodeJS.ErrnoException, name, credentials !== null);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function explained(error: NodeJS.ErrnoException, name: string, hadCredentials: boolean): Error {
  // Reply 5: the API itself refused the connection, which is an answer to the address that it came from.
  if (error.message.includes('ConnectionRefused'))
    return Object.assign(new Error(`${name} says that the API refused the connection`), { code: 'ECONNREFUSED' });
  if (!/auth/i.test(error.message)) return new VantageError(`${name} cannot be used (${error.code ?? error.message})`);
  return new VantageError(
    hadCredentials
      ? `${name} refused the credentials`
      : `${name} asks for credentials; take them from the environment, e.g. socks5://\${PROXY_USER}:\${PROXY_PASSWORD}@host:port`,
  );
}
