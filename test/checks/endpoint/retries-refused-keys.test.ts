import check from '../../../src/checks/endpoint/retries-refused-keys.js';
import type { RefusedKeyEvidence } from '../../../src/evidence/map.js';
import { create } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const refused = create({ id: 'replay.first', status: 429 });
const evidence = (met: Partial<RefusedKeyEvidence>) => ({
  'endpoint.refused-key': {
    met: { refused, provoked: false, again: null, fresh: null, last: null, waitedMs: 1100, ...met },
  },
});
const none = { 'endpoint.refused-key': { met: null } };
const again = (status: number) => create({ id: 'refused-key.again.1', status });
const fresh = (status: number) => create({ id: 'refused-key.fresh', status });
const last = (status: number) => create({ id: 'refused-key.again.2', status });

judgeCases(check, {
  'never-refused': [{ outcome: 'not-applicable', evidence: none }],
  'none-met': [{ outcome: 'inconclusive', evidence: none, contract: { rateLimit: {} }, says: /contract\.triggers/ }],
  'long-wait': [{ outcome: 'inconclusive', evidence: evidence({ waitedMs: 600_000 }), says: /600 s/ }],
  performed: [
    { outcome: 'pass', evidence: evidence({ again: again(201) }), says: /answered 201, 1\.1 s after .* answered 429/ },
    { outcome: 'pass', evidence: evidence({ again: again(200), provoked: true }), name: 'a test call' },
  ],
  'still-refused': [
    { outcome: 'inconclusive', evidence: evidence({ again: again(429) }), name: 'no other key was tried' },
    {
      outcome: 'inconclusive',
      evidence: evidence({ again: again(429), fresh: fresh(429) }),
      says: /another key was answered 429/,
    },
  ],
  late: [{ outcome: 'inconclusive', evidence: evidence({ again: again(429), fresh: fresh(201), last: last(201) }) }],
  stored: [
    {
      outcome: 'fail',
      evidence: evidence({ again: again(429), fresh: fresh(201), last: last(429) }),
      figures: { expected: 'the call is performed after the wait', measured: '429' },
    },
    {
      outcome: 'fail',
      evidence: evidence({ again: again(409), fresh: fresh(201), last: last(409) }),
      name: 'the key counts as used',
    },
  ],
});
