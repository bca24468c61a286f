// How late this process itself is, by a timer that should tick steadily: what it adds to every time that it measures.

const EVERY_MS = 20;

export interface Lateness {
  /** All delays so far, ms: what it grows by while an answer is awaited is not the peer's. */
  totalMs(): number;
  stop(): void;
}

export function watchLateness(): Lateness {
  let total = 0;
  let tickedAt = performance.now();
  const sinceTick = () => Math.max(0, performance.now() - tickedAt - EVERY_MS);
  const timer = setInterval(() => {
    total += sinceTick();
    tickedAt = performance.now();
  }, EVERY_MS);
  timer.unref();
  return { totalMs: () => total + sinceTick(), stop: () => clearInterval(timer) };
}
