import type { LanesEvidence } from './map.js';
import type { LaneRun } from './run.js';
import { median, waitsOf } from './waits.js';

/** How long the client waits of its own accord before its first retry, ms: one for each run that retried. */
export function ownFirstWaitsMs(...evidence: readonly LanesEvidence[]): number[] {
  const unasked = evidence.flatMap(({ runs }) => runs).filter((run) => !wasAsked(run));
  return unasked.flatMap((run) => waitsOf(run).slice(0, 1));
}

/** Whether an answer of this run asked for a wait. */
export function wasAsked(run: LaneRun): boolean {
  return run.recording.attempts.some((attempt) =>
    (attempt.answer?.headers ?? []).some(([name]) => name.toLowerCase() === 'retry-after'),
  );
}

const LONGEST_SECONDS = 25;

/**
 * Seconds to ask for in Retry-After: surely more than the client waits anyway, and still short. `leastMs`: the wait that
 * the contract asks for after a limit, with or without the header.
 */
export function askedSeconds(errors: LanesEvidence, leastMs = 0): number {
  const own = ownFirstWaitsMs(errors);
  const usual = Math.ceil((median(own) ?? 0) / 1000) * 2;
  const least = leastMs === 0 ? 0 : Math.ceil(leastMs / 1000) + 2;
  return Math.min(LONGEST_SECONDS, Math.max(2, usual, least, Math.ceil(Math.max(0, ...own) / 1000) + 1));
}
