// A program beside a test: started, waited for, ended by its own process group.
import { type ChildProcess, spawn } from 'node:child_process';

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
