// Which checks can be judged where some probes ran.
import type { Check } from '../checks/verdict.js';
import type { EvidenceKey } from '../evidence/map.js';
import { closure, probesOf } from '../plan.js';

/** All probes that run where these checks are selected. */
export function probesRun(checks: readonly Check[]): ReadonlySet<EvidenceKey> {
  return closure(checks.flatMap(probesOf));
}

export function isCovered(check: Check, probes: ReadonlySet<EvidenceKey>): boolean {
  return [...probesRun([check])].every((key) => probes.has(key));
}
