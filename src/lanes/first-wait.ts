// Whether the client waits at all before its first retry, on a machine where a retry at once takes time, too.
import { atOnceMs, type Lateness } from './lateness.js';
import { median } from './waits.js';

export type FirstWait = 'waits' | 'too-soon' | 'unclear';

// Full jitter from 0 has its median above what a retry at once takes on an idle machine.
const AT_ONCE_IDLE_MS = 15;

export interface AskedWait {
  leastMs: number;
  /** Each of them, not the usual one. */
  every: boolean;
}

/** Of a wait that nobody documents. */
export const USUAL_WAIT: AskedWait = { leastMs: 50, every: false };

export function firstWaitOf(
  firsts: readonly number[],
  lateness: Lateness,
  { leastMs, every }: AskedWait,
): FirstWait {
  const measuredMs = every ? Math.min(...firsts) : (median(firsts) ?? 0);
  // Waits are measured long, never short: what is short is short, and what is long may be the machine.
  if (measuredMs >= leastMs) return measuredMs > atOnceMs(lateness) ? 'waits' : 'unclear';
  const mayJitter = !every && measuredMs >= AT_ONCE_IDLE_MS && Math.max(...firsts) >= leastMs;
  return mayJitter ? 'unclear' : 'too-soon';
}
