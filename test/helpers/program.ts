// A program beside a test: started, waited for, ended by its own process group.
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';

export interface Program {
  child: ChildProcess;
  output: () => string;
  stop(): Promise<void>;
}

export async function startProgram(
  words: readonly string[],
  /** `program`: another one than this Node. */
  options: {
    program?: string;
    cwd?: string;
    env?: Record<string, string>;
    ready: () => Promise<boolean>;
    withinMs?: number;
  },
): Promise<Program> {
  let output = '';
  const child = spawn(options.program ?? process.execPath, words, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    detached: true,
  });
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const stop = async () => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // it ended by itself meanwhile
      }
    }
    await ended;
  };
  const deadline = Date.now() + (options.withinMs ?? 60_000);
  while (!(await options.ready().catch(() => false))) {
    if (Date.now() > deadline || child.exitCode !== null) {
      await stop();
      throw new Error(`${words[0]} did not become ready: ${output.slice(-2000)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return { child, output: () => output, stop };
}

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
