// What a run with --fast cannot settle stays open: what takes repeats to tell, and what it cut short.
import type { EvidenceKey, GatheredMap } from '../evidence/map.js';
import type { LaneRun } from '../evidence/run.js';
import { laneRunsIn } from '../evidence/runs.js';
import { inconclusive } from './define.js';
import { ids, seconds } from './shared/clients.js';
import type { Check, Verdict } from './verdict.js';

export function isFast(evidence: GatheredMap): boolean {
  const facts = evidence['client.facts'];
  return facts?.ok === true && facts.value.isFast === true;
}

/** The same verdict, or none: a failure stands unless its own run was cut short, a pass where no run of the check was. */
export function settledFast(
  check: Check,
  verdict: Verdict,
  narrowed: Parameters<Check['judge']>[0],
  evidence: GatheredMap,
): Verdict {
  if (verdict.outcome === 'not-applicable') return verdict;
  if (check.takesRepeats?.(narrowed, verdict.code) === true)
    return inconclusive(
      'fast',
      'One run per fault: --fast measures no spread; leave it out to settle this.',
      verdict.at,
    );
  const cut = laneRunsIn(ofOwnFaults(check.needs, evidence)).filter((run) => run.ended === 'patience');
  const isShown = (run: LaneRun) => run.recording.attempts.some(({ id }) => verdict.at.includes(id));
  const first = verdict.outcome === 'pass' ? cut[0] : cut.find(isShown);
  if (first === undefined) return verdict;
  return inconclusive(
    'fast',
    `Under "${first.label}" your client was still running after ${seconds(first.recording.durationMs)}, when --fast ended it; leave it out to settle this.`,
    ids(first),
  );
}

/** Without what every run sent and printed: that serves checks whose faults all came to their end. */
function ofOwnFaults(needs: readonly EvidenceKey[], evidence: GatheredMap): GatheredMap {
  return Object.fromEntries(needs.filter((key) => key !== 'client.lanes').map((key) => [key, evidence[key]]));
}
