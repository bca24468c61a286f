// The words by which `golive-check lane` serves again what one run of the client met.
import type { LaneRun } from './run.js';

/** Probes whose scripts follow from what the client did before: the script must be told. */
export const FOLLOWING = new Set(['retry-after', 'retry-after-dates', 'slow-response', 'outage', 'unknown-fields']);

/** `server-errors.503` of the lane `server-errors.503.1` or its attempt `server-errors.503.1#2`. */
export function scenarioWord(lane: string): string {
  return lane.replace(/\.\d+([#@]\d+)?$/, '');
}

/** What stands behind `golive-check lane`, not quoted for a shell. */
export function laneWords({ probe, recording }: LaneRun): string[] {
  const { lane, script } = recording;
  return [scenarioWord(lane), ...(script !== null && FOLLOWING.has(probe ?? '') ? ['--script', script] : [])];
}
