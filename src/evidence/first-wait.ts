// Whether the client waits at all before its first retry, on a machine where a retry at once takes time, too.
import { type Lateness, lateBeyond } from './lateness.js';
import { median } from './waits.js';

export type FirstWait = 'waits' | 'too-soon' | 'unclear';

/** So seldom may a client that does not wait be taken for one that does. */
const RARE = 1e-5;
// Full jitter from 0 has its median above what a retry at once takes on an idle machine.
const AT_ONCE_IDLE_MS = 15;

export interface AskedWait {
  leastMs: number;
  /** Each of them, not the usual one. */
  every: boolean;
}

/** Of a wait that nobody documents. */
export const USUAL_WAIT: AskedWait = { leastMs: 50, every: false };

export function firstWaitOf(firsts: readonly number[], lateness: Lateness, { leastMs, every }: AskedWait): FirstWait {
  const measuredMs = every ? Math.min(...firsts) : (median(firsts) ?? 0);
  // Waits are measured long, never short: what is short is short, and what is long may be the machine.
  if (measuredMs >= leastMs) return mayBeAtOnce(firsts, lateness) ? 'unclear' : 'waits';
  const mayJitter = !every && measuredMs >= AT_ONCE_IDLE_MS && Math.max(...firsts) >= leastMs;
  return mayJitter ? 'unclear' : 'too-soon';
}

/** Whether retries at once could be measured as long as all these together (Fisher's method). */
export function mayBeAtOnce(firsts: readonly number[], lateness: Lateness): boolean {
  const chances = firsts.map((ms) => lateBeyond(ms - lateness.warmUpMs, lateness.usualMs));
  const log = -chances.reduce((sum, chance) => sum + Math.log(chance), 0);
  let [sum, term] = [0, 1];
  for (let at = 1; at <= chances.length; at += 1) {
    sum += term;
    term *= log / at;
  }
  return Math.exp(-log) * sum >= RARE;
}
