import check from '../../../src/checks/client/polls-sparingly.js';
import type { LaneRun } from '../../../src/evidence/run.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import type { LaneInput } from '../../helpers/lane.js';
import { get, unableWorkload, workload } from '../../helpers/workloads.js';

const evidence = (runs: readonly LaneRun[]) => ({
  'client.polling': { operation: 'create', reads: 'status of create', everyMs: 1000, runs },
});
const waits = (waitsMs: readonly number[], more: LaneInput = {}) =>
  evidence([
    workload(
      'async',
      [{}, ...waitsMs.map((waitMs) => get('/v1/orders/7', { operation: 'status of create', waitMs, heldMs: 0 }))],
      more,
    ),
  ]);

judgeCases(check, {
  ...unableWorkload(evidence),
  'never-asked': [{ outcome: 'inconclusive', evidence: waits([]) }],
  'too-few': [{ outcome: 'inconclusive', evidence: waits([500, 1000]), says: /Only 2 status reads/ }],
  sparing: [
    { outcome: 'pass', evidence: waits([0, 1000, 1010, 990, 1005]) },
    { outcome: 'pass', evidence: waits([0, 500, 1000, 2000, 4000]), name: 'growing from less' },
    { outcome: 'pass', evidence: waits([0, 5000, 5000]), name: 'far apart' },
  ],
  eager: [
    { outcome: 'fail', evidence: waits([0, 50, 50, 50, 50]), says: /typically 50 ms apart, where 1\.0 s/ },
    { outcome: 'fail', evidence: waits([0, 10, 10, 10, 8000]), name: 'a burst and a long wait' },
    { outcome: 'fail', evidence: waits([0, 10, 10, 1000, 1000, 1000]), name: 'a burst, then as agreed' },
    { outcome: 'fail', evidence: waits([0, 500, 500, 500, 500]), name: 'twice as often' },
  ],
  noisy: [
    { outcome: 'inconclusive', evidence: waits([0, 850, 850, 850, 850], { timerLateMs: 160 }) },
    {
      outcome: 'inconclusive',
      evidence: waits([0, 950, 950, 950, 950], { timerLateMs: 160 }),
      name: 'as far apart as asked for, by what the machine adds',
    },
    {
      outcome: 'inconclusive',
      evidence: waits([0, 920, 920, 920, 920], { timerLateMs: 30 }),
      name: 'within the tolerance, on a machine that is a little busy',
    },
  ],
});
