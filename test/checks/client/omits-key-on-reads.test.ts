import check from '../../../src/checks/client/omits-key-on-reads.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { runs } from '../../helpers/lane.js';

const contract = { idempotency: { header: 'Idempotency-Key', noneOnReads: true } };
const calls = (...attempts: { method: string; key?: string; logical?: null }[]) => ({
  'client.lanes': runs({ attempts }),
});

judgeCases(check, {
  unset: [
    { outcome: 'not-applicable', evidence: calls({ method: 'GET', key: 'k' }) },
    {
      outcome: 'not-applicable',
      evidence: calls({ method: 'GET', key: 'k' }),
      contract: { idempotency: { noneOnReads: false } },
    },
  ],
  'no-reads': [
    { outcome: 'inconclusive', evidence: calls({ method: 'POST', key: 'k' }), contract },
    { outcome: 'inconclusive', evidence: calls({ method: 'GET', logical: null }), contract, name: 'a read cut off' },
  ],
  omitted: [
    { outcome: 'pass', evidence: calls({ method: 'GET' }, { method: 'POST', key: 'k' }), contract, says: /1 read / },
  ],
  sent: [
    { outcome: 'fail', evidence: calls({ method: 'GET' }, { method: 'DELETE', key: 'k' }), contract, says: /DELETE/ },
    { outcome: 'fail', evidence: calls({ method: 'HEAD', key: 'k' }), contract },
  ],
});
