import type { SilenceOptions } from '../options.js';

/** Whether a lane is busy: exchanges that are under way, and when something was last heard from the client. */
export interface Activity {
  /** At `now`, on the clock of performance.now(). */
  heard(now: number): void;
  /** An exchange is under way (1), or over (-1). */
  underWay(change: 1 | -1): void;
  /** Resolves once it was quiet for `quietMs`; after `withinMs` or an abort with how long it was quiet by then. */
  waitForSilence(wait: SilenceOptions): Promise<{ silent: boolean; silentForMs: number }>;
}

const POLL_MS = 20;

export function createActivity(): Activity {
  let open = 0;
  let lastHeardAt = performance.now();
  return {
    heard(now) {
      lastHeardAt = now;
    },
    underWay(change) {
      open += change;
    },
    async waitForSilence({ quietMs, withinMs, signal }) {
      const until = performance.now() + withinMs;
      for (;;) {
        const now = performance.now();
        const silentForMs = open > 0 ? 0 : now - lastHeardAt;
        if (silentForMs >= quietMs) return { silent: true, silentForMs };
        if (now >= until || signal?.aborted === true) return { silent: false, silentForMs };
        const wait = Math.min(
          open > 0 ? POLL_MS : quietMs - silentForMs,
          until - now,
          signal === undefined ? Infinity : POLL_MS,
        );
        await new Promise((resolve) => setTimeout(resolve, Math.max(1, wait)));
      }
    },
  };
}
