import { hurry, runAtEnd } from '../at-end.js';
import { EXIT } from '../exit.js';

export interface Interruption {
  signal: AbortSignal;
  /** Exit code of the signal that came first, or null. */
  code(): number | null;
  release(): void;
}

const CODES = {
  SIGINT: EXIT.interrupted,
  SIGTERM: EXIT.terminated,
  // The terminal is gone: the report files are still wanted.
  SIGHUP: EXIT.hungUp,
} as const;
type Name = keyof typeof CODES;
/** The signal of each exit code. */
export const SIGNAL_OF: Readonly<Record<number, Name>> = Object.fromEntries(
  (Object.keys(CODES) as Name[]).map((name) => [CODES[name], name]),
);

// One press of Ctrl-C comes twice where npm or npx stands between, one closed terminal where a shell does.
const ONE_WISH_MS = 300;

/**
 * Turns a signal into an orderly stop; a second one, unless it comes right behind, waits for no client any more; a third
 * one ends everything at once. To be called before anything is made that must not stay behind.
 */
export function catchInterrupts(): Interruption {
  const controller = new AbortController();
  let first: { code: number; atMs: number } | null = null;
  let isHurried = false;
  const handlers = (Object.keys(CODES) as Name[]).map((name) => [name, () => take(name)] as const);
  function take(name: Name): void {
    const nowMs = performance.now();
    if (first === null) {
      first = { code: CODES[name], atMs: nowMs };
      controller.abort();
    } else if (isHurried) endAtOnce(name);
    else if (nowMs - first.atMs > ONE_WISH_MS) {
      isHurried = true;
      hurry();
    }
  }
  for (const [name, handler] of handlers) process.on(name, handler);
  function release(): void {
    for (const [name, handler] of handlers) process.off(name, handler);
  }
  function endAtOnce(name: Name): void {
    release();
    runAtEnd();
    process.kill(process.pid, name);
  }
  return { signal: controller.signal, code: () => first?.code ?? null, release };
}
