import { runAtEnd } from '../at-end.js';
import { EXIT } from '../exit.js';

export interface Interruption {
  signal: AbortSignal;
  /** Exit code of the signal that came, or null. */
  code(): number | null;
  release(): void;
}

/** Turns Ctrl-C and SIGTERM into an orderly stop; a second one, or a terminal that is gone, ends everything at once. */
export function catchInterrupts(): Interruption {
  const controller = new AbortController();
  let code: number | null = null;
  const handlers = new Map<NodeJS.Signals, () => void>();
  handlers.set('SIGHUP', () => endAtOnce('SIGHUP'));
  for (const [name, exit] of [
    ['SIGINT', EXIT.interrupted],
    ['SIGTERM', EXIT.terminated],
  ] as const) {
    handlers.set(name, () => {
      if (code !== null) endAtOnce(name);
      code = exit;
      controller.abort();
    });
  }
  for (const [name, handler] of handlers) process.on(name, handler);
  function release(): void {
    for (const [name, handler] of handlers) process.off(name, handler);
  }
  function endAtOnce(name: NodeJS.Signals): void {
    release();
    runAtEnd();
    process.kill(process.pid, name);
  }
  return { signal: controller.signal, code: () => code, release };
}
