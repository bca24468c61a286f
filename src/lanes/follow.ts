// Waits until a run of the client is over, by the wire and not by the process alone.

import type { LaneRun } from '../evidence/run.js';
import type { LaneProxy } from '../proxy/server.js';
import type { Pace } from './pace.js';

export interface Following {
  proxy: LaneProxy;
  pace: Pace;
  /** Resolves when the process (or the trigger) has ended. */
  ended: Promise<unknown>;
  patienceMs: number;
  signal: AbortSignal;
  closesIdle: boolean;
  /** Called on each look, with the time since the beginning. */
  onLook?: (sinceMs: number) => void;
}

// The first request came after 32 s at worst in measured runs on loaded machines.
const FIRST_REQUEST_MS = 60_000;
// Silence after which an idle connection is closed: some clients end only when theirs is gone. No round number, and
// beyond what the client may still be waiting for: its next attempt must not meet the closing.
export const IDLE_MS = 3_370;
const LOOK_MS = 100;

/** `patience`: no first request came in time, or the run took longer than `patienceMs` after it. */
export async function follow(following: Following): Promise<'over' | 'patience' | 'interrupted'> {
  const { proxy, pace, ended, patienceMs, signal } = following;
  let over = false;
  void ended.then(() => {
    over = true;
  });
  const begunAt = performance.now();
  let firstAt: number | null = null;
  while (!over) {
    if (signal.aborted) return 'interrupted';
    const now = performance.now();
    if (pace.arrived()) firstAt ??= now;
    if (firstAt === null && now - begunAt > Math.max(FIRST_REQUEST_MS, patienceMs)) return 'patience';
    if (firstAt !== null && now - firstAt > patienceMs) return 'patience';
    following.onLook?.(now - begunAt);
    const quiet = proxy.waitForSilence({ quietMs: IDLE_MS + pace.nextWaitMs(), withinMs: LOOK_MS });
    const silent = await Promise.race([quiet.then((one) => one.silent), ended.then(() => false)]);
    if (!silent) continue;
    // One that was opened before the first request is not idle: a slow starter is about to use it.
    if (following.closesIdle && pace.arrived()) proxy.closeIdle();
    await Promise.race([ended, new Promise((wake) => setTimeout(wake, LOOK_MS))]);
  }
  return 'over';
}

export function endingOf(how: 'over' | 'patience' | 'interrupted', arrived: boolean): LaneRun['ended'] {
  if (how !== 'over') return how;
  return arrived ? 'exited' : 'no-request';
}
