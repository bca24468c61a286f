// Runs of workloads, for the judges of them.

import type { Verdict } from '../../src/checks/verdict.js';
import type { LaneRun } from '../../src/evidence/run.js';
import { type AttemptInput, type LaneInput, lane } from './lane.js';

/** One run of a workload without faults. */
export function workload(name: string, attempts: readonly AttemptInput[], more: LaneInput = {}): LaneRun {
  return lane({ label: `workload ${name}`, script: null, attempts, ...more });
}

/** A GET that is answered 200. */
export function get(url: string, more: AttemptInput = {}): AttemptInput {
  return { method: 'GET', url, status: 200, logical: url, target: false, ...more };
}

interface Unable<E> {
  outcome: Verdict['outcome'];
  evidence: E;
  contract?: object;
  says?: RegExp;
  name?: string;
}

/** What no judge of a workload may conclude from. */
export function unableWorkload<E, C extends object>(
  build: (runs: readonly LaneRun[]) => E,
  contract?: C,
): Record<'no-request' | 'workload-failed' | 'too-many-calls' | 'interrupted', (Unable<E> & { contract?: C })[]> {
  const laid = contract === undefined ? {} : { contract };
  const some = [get('/v1/things')];
  const one = (says: RegExp, attempts: readonly AttemptInput[], more: LaneInput) => [
    { outcome: 'inconclusive' as const, evidence: build([workload('some', attempts, more)]), says, ...laid },
  ];
  return {
    'no-request': one(/the client called another port/, [], {
      ended: 'no-request',
      diagnosis: 'the client called another port',
    }),
    'workload-failed': one(/ended with exit 3/, some, { exitCode: 3 }),
    'too-many-calls': one(/more calls than are kept/, some, { dropped: 7 }),
    interrupted: one(/interrupted/, some, { ended: 'interrupted' }),
  };
}
