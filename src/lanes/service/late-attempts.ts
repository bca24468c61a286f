import type { LaneRun } from '../../evidence/run.js';

/** Tells, run after run, whether a late attempt of a scenario before arrived in this one. */
export function createLateAttempts(): { arrivedIn(run: LaneRun): boolean } {
  const seen = new Set<string>();
  return {
    /** Its key and operation were seen in a scenario before, beside others here. */
    arrivedIn(run) {
      const names = run.recording.attempts.flatMap(({ logical, request }) =>
        logical === null || request.idempotencyKey === null ? [] : [`${logical} ${request.idempotencyKey}`],
      );
      const own = new Set(names);
      const old = [...own].filter((name) => seen.has(name));
      for (const name of own) seen.add(name);
      return old.length > 0 && old.length < own.size;
    },
  };
}
