// Ends a run that goes on behind its time budget. A timer ends what waits without end; a thread of its own what holds the
// main thread, a loop or an expression over what a peer sent, which no timer and no signal handler can end.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { isMainThread, Worker } from 'node:worker_threads';
import { EXIT } from '../exit.js';
import { LONGEST_TIMER_MS } from '../gather/options.js';
import { LAYOUT, SOURCE, TICK_MS } from './watchdog-thread.js';

export interface Watchdog {
  /** A time budget begins, in place of the one before. */
  arm(seconds: number): void;
  /** All is gathered: from now on only what holds the main thread is ended. */
  disarm(): void;
  /** What the main thread does from now on, in words for the user. */
  step(text: string): void;
  /** `act`; never, once the watchdog has stopped something: `onHeld` ends the process then. */
  over<T>(act: () => Promise<T>): Promise<T>;
}

// What no budget stopped until then is not on its way to stop: a request in flight ends by itself.
export const GRACE_MS = 5000;

// For the last report: nobody waits longer for what was lost with what was stopped.
const LAST_MS = 60_000;

/**
 * `onHeld` gives the exit code, and must build on no promise of before: some are lost with what was stopped. It gets the
 * step that held the thread, in a task of its own, and is called again should it be held itself.
 */
export function startWatchdog(onHeld: (step: string) => Promise<number>): Watchdog {
  const shared = new SharedArrayBuffer(LAYOUT.bytes);
  const numbers = new BigInt64Array(shared, 0, LAYOUT.numbers);
  const length = new Int32Array(shared, LAYOUT.lengthAt, 1);
  const room = new Uint8Array(shared, LAYOUT.textAt);
  const encoder = new TextEncoder();
  let turns = 0;
  const worker = startWorker(shared);
  const forgiven = forgive(() => Atomics.load(numbers, 2) > 0n);
  const beat = setInterval(() => Atomics.add(numbers, 0, 1n), TICK_MS / 2).unref();
  let overdue: NodeJS.Timeout | undefined;
  let current = '';
  worker?.on('message', end);
  async function end(step: string): Promise<void> {
    const turn = ++turns;
    clearTimeout(overdue);
    // Keeps the process alive until `onHeld` has done its work.
    worker?.ref();
    watch(0);
    setTimeout(() => process.exit(EXIT.undecided), LAST_MS).unref();
    // What waits behind the stopped may be stuck as well, and be stopped before this task has its turn.
    await nextTurn();
    if (turn !== turns) return;
    const code = await onHeld(step);
    if (turn === turns) process.exit(code);
  }
  function watch(seconds: number): void {
    Atomics.store(numbers, 1, process.hrtime.bigint() / 1_000_000n + BigInt(Math.ceil(seconds * 1000) + GRACE_MS));
  }
  return {
    arm(seconds) {
      watch(seconds);
      clearTimeout(overdue);
      overdue = setTimeout(() => end(current), Math.min(seconds * 1000 + GRACE_MS, LONGEST_TIMER_MS));
    },
    disarm() {
      clearTimeout(overdue);
    },
    step(text) {
      current = text;
      // Not every encoder writes to shared memory.
      const bytes = encoder.encode(text).subarray(0, room.length);
      room.set(bytes);
      length[0] = bytes.length;
    },
    async over(act) {
      const never = new Promise<never>(() => undefined);
      try {
        const value = await act();
        return turns > 0 ? await never : value;
      } catch (error) {
        if (turns > 0) return await never;
        throw error;
      } finally {
        clearInterval(beat);
        clearTimeout(overdue);
        forgiven.end();
        void worker?.terminate();
      }
    },
  };
}

/**
 * What was stopped ran no `finally`: a library may take the state that it is left in for a bug, and throw where nobody catches.
 * That is no bug of ours, and may come before we are told of the stop.
 */
function forgive(isStopped: () => boolean): { end(): void } {
  const others = process.listeners('uncaughtException');
  const first = (...given: Parameters<NodeJS.UncaughtExceptionListener>) => {
    if (!isStopped()) for (const one of others) one(...given);
  };
  if (others.length > 0) process.removeAllListeners('uncaughtException').on('uncaughtException', first);
  return {
    end() {
      if (isStopped() || others.length === 0) return;
      process.removeAllListeners('uncaughtException');
      for (const one of others) process.on('uncaughtException', one);
    },
  };
}

/** null: where there can be none, a run goes on without. */
function startWorker(shared: SharedArrayBuffer): Worker | null {
  if (!isMainThread) return null;
  try {
    // What the user gave Node to load is for the main thread.
    const worker = new Worker(SOURCE, { eval: true, workerData: shared, execArgv: [], env: {} });
    worker.on('error', () => undefined);
    worker.unref();
    return worker;
  } catch {
    return null;
  }
}
