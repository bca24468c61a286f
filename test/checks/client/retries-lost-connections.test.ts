import check from '../../../src/checks/client/retries-lost-connections.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import type { LaneInput } from '../../helpers/lane.js';
import { control, gaveUp, lookedUp, recovered, runs, TWO_OPERATIONS, unableToRetry } from '../../helpers/lane.js';

const BEFORE = 'reset before the request was read';
const AFTER = 'reset after the request was read';
const evidence = (before: LaneInput, after: LaneInput, calls = control()) => ({
  'client.control': calls,
  'client.lost-connections': runs(before, after),
});
const unguarded = control({ key: null });
const cut = { logical: null, key: null };

judgeCases(check, {
  ...unableToRetry((control, under) => ({ 'client.control': control, 'client.lost-connections': under })),
  retried: [
    { outcome: 'pass', evidence: evidence(recovered(BEFORE, cut), recovered(AFTER)) },
    {
      outcome: 'pass',
      evidence: evidence(
        recovered(BEFORE, { ...cut, method: 'PUT' }, { key: null, method: 'PUT' }),
        recovered(AFTER, { key: null, method: 'PUT' }, { key: null, method: 'PUT' }),
        control({ key: null, method: 'PUT' }),
      ),
      name: 'PUT needs no key',
    },
    {
      outcome: 'pass',
      evidence: evidence(
        recovered(BEFORE, { key: 'k-1' }, { key: 'k-1' }),
        recovered(AFTER, { key: 'k-1' }, { key: 'k-1' }),
        runs({ attempts: [{ key: 'k-1' }, { logical: 'op-2' }] }),
      ),
      name: 'the first operation with a key, the next without one',
    },
    {
      outcome: 'pass',
      evidence: evidence(recovered(BEFORE, cut), {
        ...recovered(AFTER),
        attempts: [...(recovered(AFTER).attempts ?? []), { target: false, method: 'GET', url: '/v1/orders/1' }],
      }),
      name: 'and then it read what it had made',
    },
  ],
  'looked-up': [
    { outcome: 'inconclusive', evidence: evidence(recovered(BEFORE, cut), lookedUp(AFTER)), says: /GET \/v1\/orders/ },
  ],
  'gave-up': [
    {
      outcome: 'fail',
      evidence: evidence(recovered(BEFORE, cut), gaveUp(AFTER)),
      says: /After a reset after .* did not retry/,
    },
    {
      outcome: 'fail',
      evidence: evidence({ ...recovered(BEFORE, cut), exitCode: 1 }, recovered(AFTER)),
      says: /retried, yet ended with exit 1/,
    },
    {
      outcome: 'fail',
      evidence: evidence(
        recovered(BEFORE, { logical: 'op-1' }, { key: 'k-2', logical: 'op-2' }),
        recovered(AFTER),
        TWO_OPERATIONS,
      ),
      name: 'the next operation of the run is no second attempt',
    },
  ],
  'not-repeated': [
    { outcome: 'pass', evidence: evidence(gaveUp(BEFORE, cut), gaveUp(AFTER, { key: null }), unguarded) },
  ],
  unprotected: [
    {
      outcome: 'fail',
      evidence: evidence(gaveUp(BEFORE, cut), recovered(AFTER, { key: null }, { key: null }), unguarded),
      says: /reset after/,
    },
    {
      outcome: 'fail',
      evidence: evidence(
        recovered(BEFORE, cut, { key: null }),
        recovered(AFTER, { key: null }, { key: null }),
        unguarded,
      ),
      says: /reset after/,
      name: 'the reset that may have carried it out is named',
    },
  ],
});
