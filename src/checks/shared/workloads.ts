// What the judges of workloads share: whether the workload ran, and its calls.
import type { LaneRun } from '../../evidence/run.js';
import { inconclusive } from '../define.js';
import type { Verdict } from '../verdict.js';
import { callsIn, cutShort, endOf, ids, succeeded } from './clients.js';

export type Call = LaneRun['recording']['attempts'][number];

// More would fill a report and tell nothing new.
const SHOWN = 12;

/** The workload must have run to its end, with every call of it on record; else why nothing can be told. */
export function withoutWorkload(runs: readonly LaneRun[]): Verdict | null {
  const cut = cutShort(runs);
  if (cut !== null) return cut;
  const silent = runs.find((run) => run.recording.attempts.length === 0);
  if (silent !== undefined)
    return inconclusive(
      'no-request',
      `Nothing arrived from the ${silent.label}: ${silent.diagnosis ?? 'it sent nothing'}.`,
    );
  const failed = runs.find((run) => !succeeded(run));
  if (failed !== undefined)
    return inconclusive(
      'workload-failed',
      `The ${failed.label} itself failed: it ${endOf(failed)}.`,
      ids(failed, failed.recording.attempts),
    );
  const overfull = runs.find((run) => run.recording.dropped.attempts > 0);
  if (overfull === undefined) return null;
  return inconclusive(
    'too-many-calls',
    `The ${overfull.label} sent more calls than are kept, so what the others were is not known.`,
    ids(overfull, overfull.recording.attempts),
  );
}

export function callsTo(runs: readonly LaneRun[], operation: string): Call[] {
  return callsIn(runs).filter((call) => call.operation === operation);
}

export function shown(calls: readonly Call[]): string[] {
  return calls.slice(0, SHOWN).map((call) => call.id);
}

export function isAnswered(call: Call): boolean {
  const status = call.answer?.status ?? 0;
  return call.ended === 'complete' && status >= 200 && status < 300;
}

export function pathOf(call: Call): string {
  return call.request.url.replace(/^[a-z]+:\/\/[^/]*/i, '').split('?')[0] ?? '/';
}
