// Waiting out a rate limit that a call met: all calls together, each at most once, and only where a wait was announced.
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Contract } from '../config/schema.js';
import type { Exchange } from '../evidence/exchange.js';
import { announcedWait, isLimited } from '../evidence/limits.js';
import type { Budget } from './budget.js';

export interface Patience {
  /** Resolves when no announced wait is running. */
  ready(): Promise<void>;
  /** Whether the call was limited and the wait that its answer asks for is over: then it may be repeated. */
  waitOut(exchange: Exchange): Promise<boolean>;
}

export interface PatienceOptions {
  contract: Contract;
  budget: Pick<Budget, 'remainingMs'>;
  signal: AbortSignal;
  onWait: (isWaiting: boolean) => void;
}

// What the calls after the wait need themselves, and the grain of announced seconds.
const RESERVE_MS = 5000;
const GRAIN_MS = 50;

export function createPatience(options: PatienceOptions): Patience {
  let resumesAtMs = 0;

  async function ready(): Promise<void> {
    for (let left = resumesAtMs - performance.now(); left > 0; left = resumesAtMs - performance.now()) {
      options.onWait(true);
      await sleep(left, undefined, { signal: options.signal }).catch(() => undefined);
      options.onWait(false);
      if (options.signal.aborted) return;
    }
  }

  return {
    ready,
    async waitOut(exchange) {
      if (!isLimited(exchange, options.contract)) return false;
      const wait = announcedWait(exchange, options.contract);
      if (wait === null || wait.ms + RESERVE_MS > options.budget.remainingMs()) return false;
      resumesAtMs = Math.max(resumesAtMs, performance.now() + wait.ms + GRAIN_MS);
      await ready();
      return true;
    },
  };
}
