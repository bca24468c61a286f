// How long a client may still be waiting for its next attempt, by what it was asked for and has waited so far.
import type { AttemptEvent } from '../proxy/server.js';

export interface Pace {
  saw(event: Pick<AttemptEvent, 'what' | 'target' | 'retryAfter'>): void;
  arrived(): boolean;
  /** Resolves when the first attempt of the operation under test arrives. */
  firstAttempt: Promise<void>;
  /** ms; 0 where nothing tells. */
  nextWaitMs(): number;
}

// Backoff grows by 2 to 3 from wait to wait; a wait that was asked for may be jittered upwards.
const GROWTH = 2.5;
const MARGIN = 1.5;
// An hour is not waited for.
const LONGEST_MS = 60_000;

export function createPace(now: () => number = () => performance.now()): Pace {
  let arrived = false;
  let first: () => void = () => undefined;
  const firstAttempt = new Promise<void>((resolve) => {
    first = resolve;
  });
  let endedAt: number | null = null;
  let longestMs = 0;
  let askedMs = 0;
  return {
    saw({ what, target, retryAfter }) {
      if (what === 'arrived') {
        arrived = true;
        if (target) first();
        if (endedAt !== null) longestMs = Math.max(longestMs, now() - endedAt);
      } else {
        endedAt = now();
        askedMs = askedOf(retryAfter);
      }
    },
    arrived: () => arrived,
    firstAttempt,
    nextWaitMs: () => Math.min(LONGEST_MS, Math.max(longestMs * GROWTH, askedMs * MARGIN)),
  };
}

function askedOf(retryAfter: string | undefined): number {
  if (retryAfter === undefined) return 0;
  const seconds = Number(retryAfter);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(retryAfter) - Date.now();
  return ms > 0 ? ms : 0;
}
