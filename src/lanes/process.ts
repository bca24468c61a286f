// Runs the user's command in a process group of its own, so that nothing of it survives the lane; what left the group
// is looked for.
import { type SpawnOptions, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { atEnd, inHurry } from '../at-end.js';
import { keepText } from './kept.js';
import { openOutlet } from './outlet.js';
import { type Survivor, traceDescent } from './survivors.js';

export interface Printed {
  text: string;
  bytes: number;
  /** Too much was printed to keep it all. */
  isCut: boolean;
}

export interface RunningProcess {
  pid: number | null;
  /** Resolves when the process has ended, its pipes are closed, and nothing is left of it. */
  ended: Promise<void>;
  facts(): { exitCode: number | null; signal: string | null; startError: string | null; endedAt: number | null };
  /** What was left running beyond its group, and was ended then; none before the end. */
  survivors(): readonly Survivor[];
  /** All that it printed so far, without the middle where that is too much. */
  output(): string;
  outputBytes(): number;
  /** What it printed since the last time this was asked. */
  takeOutput(): Printed;
  /** SIGTERM to the group, SIGKILL after a grace; resolves when it is gone. */
  stop(graceMs: number): Promise<void>;
  /** SIGKILL to the group at once. */
  kill(): void;
}

// How long what the client left behind may go on printing, and how long what was printed may take to arrive.
const GRANDCHILD_MS = 200;
const DRAIN_MS = 3_000;

// Every group of ours, for the case that we ourselves come to an unexpected end.
const groups = new Set<number>();
const killAll = () => {
  for (const pid of groups) killGroup(pid, 'SIGKILL');
};
atEnd(killAll);
inHurry(killAll);

/** A text goes through the shell. Why a command could not be started is in `facts()`. */
export async function startProcess(
  command: string | readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<RunningProcess> {
  let kept = keepText();
  let bytes = 0;
  let startError: string | null = null;
  let endedAt: number | null = null;
  let survivors: readonly Survivor[] = [];
  const outlet = await openOutlet();
  const descent = traceDescent();
  const env = { ...options.env, ...descent.variables };
  const settings: SpawnOptions = { ...options, env, detached: true, stdio: ['ignore', ...outlet.stdio] };
  const child =
    typeof command === 'string'
      ? spawn(command, { ...settings, shell: true })
      : spawn(command[0] ?? '', command.slice(1), settings);
  if (child.pid !== undefined) {
    groups.add(child.pid);
    descent.watch(child.pid);
  }
  const take = (text: string, length: number) => {
    bytes += length;
    kept.add(text);
  };
  const exited = new Promise<void>((resolve) => {
    child.on('error', (error) => {
      // Node names the command for a folder that is not there.
      startError = existsSync(options.cwd) ? error.message : `there is no folder ${options.cwd} (client.cwd)`;
      resolve();
    });
    child.on('exit', () => {
      endedAt = performance.now();
      resolve();
    });
  });
  const closed = outlet.read(child, take);
  // Pipes that a grandchild holds open must not hold us: what it left behind is killed with its group. What was printed
  // before is read to its end then, however busy the machine is.
  const ended = exited.then(async () => {
    await within(GRANDCHILD_MS, closed);
    if (child.pid !== undefined) {
      killGroup(child.pid, 'SIGKILL');
      groups.delete(child.pid);
      survivors = await descent.endSurvivors();
      await within(DRAIN_MS, closed);
    }
    outlet.close();
  });
  return {
    pid: child.pid ?? null,
    ended,
    facts: () => ({ exitCode: child.exitCode, signal: child.signalCode, startError, endedAt }),
    survivors: () => survivors,
    output: () => kept.text(),
    outputBytes: () => bytes,
    takeOutput() {
      const taken = { text: kept.text(), bytes, isCut: kept.isCut() };
      kept = keepText();
      bytes = 0;
      return taken;
    },
    kill() {
      if (child.pid !== undefined) killGroup(child.pid, 'SIGKILL');
    },
    async stop(graceMs) {
      if (child.pid === undefined || endedAt !== null) return ended;
      killGroup(child.pid, 'SIGTERM');
      const gone = await Promise.race([
        exited.then(() => true),
        new Promise<false>((resolve) => setTimeout(() => resolve(false), graceMs)),
      ]);
      if (!gone) killGroup(child.pid, 'SIGKILL');
      await ended;
    },
  };
}

export function bothOf(one: Printed, other: Printed = { text: '', bytes: 0, isCut: false }): Printed {
  return { text: one.text + other.text, bytes: one.bytes + other.bytes, isCut: one.isCut || other.isCut };
}

function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}

async function within(ms: number, event: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([event, late]);
  clearTimeout(timer);
}
