import check from '../../../src/checks/client/batches-writes.js';
import type { LaneRun } from '../../../src/evidence/run.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import type { AttemptInput } from '../../helpers/lane.js';
import { unableWorkload, workload } from '../../helpers/workloads.js';

const contract = { batch: { operation: 'batch', maximum: 3, items: '/orders' } };
const evidence = (runs: readonly LaneRun[]) => ({ 'client.many-creates': { operation: 'create', runs } });
const sent = (...calls: readonly AttemptInput[]) => evidence([workload('many', calls)]);
const single: AttemptInput = { url: '/v1/orders' };
const batch = (items: number): AttemptInput => ({
  url: '/v1/orders/batch',
  operation: 'batch',
  body: JSON.stringify({ orders: Array.from({ length: items }, () => ({ amount: 1 })) }),
});

judgeCases(check, {
  ...unableWorkload(evidence, contract),
  unset: [{ outcome: 'not-applicable', evidence: sent(batch(2)) }],
  'one-by-one': [
    { outcome: 'fail', evidence: sent(single, single), contract, says: /2 creates went out one by one\.$/ },
  ],
  mixed: [{ outcome: 'fail', evidence: sent(batch(2), single, single), contract, says: /beside 1 batch/ }],
  'too-few': [
    { outcome: 'inconclusive', evidence: sent(single), contract },
    { outcome: 'inconclusive', evidence: sent({ operation: 'other' }), contract, name: 'none' },
    { outcome: 'inconclusive', evidence: sent(batch(1)), contract, name: 'one, by the batch operation' },
  ],
  overfull: [{ outcome: 'fail', evidence: sent(batch(1), batch(4)), contract, says: /4 items, where 3/ }],
  'batches-of-one': [
    { outcome: 'fail', evidence: sent(batch(1), batch(1)), contract },
    { outcome: 'fail', evidence: sent(batch(1), single), contract, name: 'and the other by itself' },
  ],
  batched: [
    { outcome: 'pass', evidence: sent(batch(3), batch(1)), contract, says: /2 batches/ },
    { outcome: 'pass', evidence: sent(batch(3), single), contract, name: 'and the one that was left over' },
    { outcome: 'pass', evidence: sent({ ...batch(2), body: 'a,b' }), contract, name: 'that cannot be read' },
    {
      outcome: 'pass',
      evidence: sent({ url: '/v1/orders/batch', operation: 'batch' }),
      contract,
      name: 'of which no body was kept',
    },
    {
      outcome: 'pass',
      evidence: sent(batch(9)),
      contract: { batch: { operation: 'batch' } },
      name: 'of unknown limits',
    },
  ],
});
