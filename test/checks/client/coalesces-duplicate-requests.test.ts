import check from '../../../src/checks/client/coalesces-duplicate-requests.js';
import type { LaneRun } from '../../../src/evidence/run.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import type { AttemptInput } from '../../helpers/lane.js';
import { get, unableWorkload, workload } from '../../helpers/workloads.js';

const evidence = (runs: readonly LaneRun[]) => ({ 'client.concurrent-reads': { runs } });
const reads = (...calls: readonly AttemptInput[]) => evidence([workload('concurrent', calls)]);
const held = { heldMs: 700, fault: true };
const atOnce = { ...held, waitMs: -695 };

judgeCases(check, {
  ...unableWorkload(evidence),
  'not-read': [{ outcome: 'inconclusive', evidence: reads({ status: 201 }) }],
  coalesced: [
    { outcome: 'pass', evidence: reads(get('/v1/rates', held)), says: /1 address\./ },
    { outcome: 'pass', evidence: reads(get('/v1/rates', held), get('/v1/ping', atOnce)), name: 'two things at once' },
  ],
  duplicated: [
    { outcome: 'fail', evidence: reads(get('/v1/rates', held), get('/v1/rates', atOnce)), says: /rates is asked/ },
    {
      outcome: 'fail',
      evidence: reads(get('/v1/rates', held), get('/v1/ping', atOnce), get('/v1/rates', atOnce)),
      figures: { measured: '2 calls' },
      name: 'with another between',
    },
  ],
  'in-turn': [{ outcome: 'inconclusive', evidence: reads(get('/v1/rates', held), get('/v1/rates', held)) }],
});
