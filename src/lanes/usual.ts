import type { LanesEvidence } from '../probes/evidence.js';
import { median, waitsOf } from './waits.js';

/** How long the client waits of its own accord before its first retry, ms; null where it does not retry. */
export function usualFirstWaitMs({ runs }: LanesEvidence): number | null {
  return median(runs.flatMap((run) => waitsOf(run).slice(0, 1)));
}

/** Seconds to ask for in Retry-After: surely more than the client waits anyway, and still short. */
export function askedSeconds(outage: LanesEvidence): number {
  return Math.min(15, Math.max(2, Math.ceil((usualFirstWaitMs(outage) ?? 0) / 1000) * 2));
}
