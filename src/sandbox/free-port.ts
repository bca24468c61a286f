import { createServer } from 'node:net';

// Below the ports that systems hand out by themselves: what is asked for too early, or on purpose in vain, must reach
// nobody else's listener.
const [FIRST_PORT, LAST_PORT] = [20_000, 32_000];
const MOST_TRIES = 50;

/** A port that was free a moment ago, and that nobody gets who asks for any. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const port = FIRST_PORT + Math.floor(Math.random() * (LAST_PORT - FIRST_PORT));
    const isFree = await new Promise<boolean>((resolve) => {
      const server = createServer();
      server.on('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
    if (isFree) return port;
  }
  throw new Error(`none of ${MOST_TRIES} ports is free`);
}
