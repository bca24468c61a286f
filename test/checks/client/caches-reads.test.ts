import check from '../../../src/checks/client/caches-reads.js';
import type { LaneRun } from '../../../src/evidence/run.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import type { AttemptInput } from '../../helpers/lane.js';
import { get, unableWorkload, workload } from '../../helpers/workloads.js';

const contract = { caching: { '/rates': 60_000, '/products/{id}': 2_000 } };
const evidence = (runs: readonly LaneRun[]) => ({ 'client.reads': { runs } });
const reads = (...calls: readonly AttemptInput[]) => evidence([workload('read', calls)]);

judgeCases(check, {
  ...unableWorkload(evidence, contract),
  unset: [{ outcome: 'not-applicable', evidence: reads(get('/v1/rates')) }],
  'not-read': [
    { outcome: 'inconclusive', evidence: reads(get('/v1/orders'), get('/v1/orders')), contract },
    { outcome: 'inconclusive', evidence: reads(get('/v1/products/7/stock')), contract, name: 'below a path' },
    {
      outcome: 'inconclusive',
      evidence: evidence([workload('read', [get('/v1/rates', { status: 404 })], { exitCode: 0 })]),
      contract,
      name: 'not answered well',
    },
    {
      outcome: 'inconclusive',
      evidence: reads(get('/v1/rates', { method: 'POST' }), get('/v1/rates', { method: 'POST' })),
      contract,
      name: 'writes to that path',
    },
  ],
  reused: [
    { outcome: 'pass', evidence: reads(get('/v1/rates')), contract, says: /1 read of 1 address/ },
    {
      outcome: 'pass',
      evidence: reads(get('/v1/rates?to=EUR'), get('/v1/rates?to=USD')),
      contract,
      name: 'two questions',
    },
    {
      outcome: 'pass',
      evidence: reads(get('/v1/products/7'), get('/v1/products/7', { waitMs: 2_100 })),
      contract,
      name: 'again when its lifetime is over',
    },
    {
      outcome: 'pass',
      evidence: reads(get('/v1/products/7'), get('/v1/products/7', { waitMs: 1_920 })),
      contract,
      name: 'as early as a coarse timer ends',
    },
    {
      outcome: 'pass',
      evidence: reads(get('/v1/products/7', { heldMs: 500 }), get('/v1/products/7', { waitMs: 1_500 })),
      contract,
      name: 'counted from the moment of asking',
    },
    {
      outcome: 'pass',
      evidence: reads(get('/v1/rates'), get('/v1/orders'), get('/v1/orders')),
      contract,
      name: 'other things twice',
    },
  ],
  'read-again': [
    { outcome: 'fail', evidence: reads(get('/v1/rates'), get('/v1/rates')), contract, says: /after 1\.0 s, .* 60 s/ },
    {
      outcome: 'fail',
      evidence: reads(get('/v1/products/7'), get('/v1/products/7', { waitMs: 1_500 })),
      contract,
      name: 'a path with a variable',
    },
  ],
});
