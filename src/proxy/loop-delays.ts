// How late this process' event loop is: one timer for all lanes, of which some hundred may run side by side.

const EVERY_MS = 20;

export interface LoopDelays {
  maxMs(): number;
  /** In whole ms; 0 before anything was measured. */
  percentileMs(percent: number): number;
  reset(): void;
  stop(): void;
}

/** Takes a delay, in ms. */
type Watcher = (delayMs: number) => void;

const watchers = new Set<Watcher>();
let timer: NodeJS.Timeout | undefined;
let tickedAt = 0;

function tick(): void {
  const now = performance.now();
  const delayMs = Math.max(0, now - tickedAt - EVERY_MS);
  tickedAt = now;
  for (const watcher of watchers) watcher(delayMs);
}

export function watchLoopDelays(): LoopDelays {
  /** How often the loop was late by so many whole ms. */
  let counts = new Map<number, number>();
  let max = 0;
  const note: Watcher = (delayMs) => {
    const whole = Math.floor(delayMs);
    counts.set(whole, (counts.get(whole) ?? 0) + 1);
    max = Math.max(max, delayMs);
  };
  if (watchers.size === 0) {
    tickedAt = performance.now();
    timer = setInterval(tick, EVERY_MS).unref();
  }
  watchers.add(note);
  return {
    maxMs: () => max,
    percentileMs(percent) {
      const sorted = [...counts].toSorted(([a], [b]) => a - b);
      let left = (sorted.reduce((sum, [, count]) => sum + count, 0) * percent) / 100;
      for (const [delayMs, count] of sorted) {
        left -= count;
        if (left <= 0) return delayMs;
      }
      return 0;
    },
    reset() {
      counts = new Map();
      max = 0;
    },
    stop() {
      watchers.delete(note);
      if (watchers.size === 0) clearInterval(timer);
    },
  };
}
