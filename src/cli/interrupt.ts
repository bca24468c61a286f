import { runAtEnd } from '../at-end.js';
import { EXIT } from '../exit.js';

export interface Interruption {
  signal: AbortSignal;
  /** Exit code of the signal that came, or null. */
  code(): number | null;
  release(): void;
}

/** Turns Ctrl-C and SIGTERM into an orderly stop; a second one ends the process at once. */
export function catchInterrupts(): Interruption {
  const controller = new AbortController();
  let code: number | null = null;
  const handlers = new Map<NodeJS.Signals, () => void>();
  for (const [name, exit] of [
    ['SIGINT', EXIT.interrupted],
    ['SIGTERM', EXIT.terminated],
  ] as const) {
    const handler = () => {
      if (controller.signal.aborted) {
        release();
        runAtEnd();
        process.kill(process.pid, name);
        return;
      }
      code = exit;
      controller.abort();
    };
    handlers.set(name, handler);
    process.on(name, handler);
  }
  function release(): void {
    for (const [name, handler] of handlers) process.off(name, handler);
  }
  return { signal: controller.signal, code: () => code, release };
}
