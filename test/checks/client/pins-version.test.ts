import check from '../../../src/checks/client/pins-version.js';
import type { HeaderPairs } from '../../../src/evidence/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { callsIn, runs } from '../../helpers/lane.js';

const contract = { version: { name: 'Api-Version', value: '2026-01-15' } };
const sending = (...headers: HeaderPairs[]) => callsIn(runs({ attempts: headers.map((one) => ({ headers: one })) }));

judgeCases(check, {
  unset: [
    { outcome: 'not-applicable', evidence: sending([]) },
    { outcome: 'not-applicable', evidence: sending([]), contract: { version: { name: 'Api-Version' } } },
    {
      outcome: 'not-applicable',
      evidence: sending([]),
      contract: { version: { in: 'path', name: 'v', value: '1' } },
      name: 'in the path',
    },
  ],
  'no-calls': [{ outcome: 'inconclusive', evidence: callsIn(runs({ attempts: [] })), contract }],
  pinned: [
    {
      outcome: 'pass',
      evidence: sending([['api-version', '2026-01-15']], [['API-VERSION', '2026-01-15']]),
      contract,
      says: /all 2 calls/,
    },
  ],
  missing: [
    {
      outcome: 'fail',
      evidence: callsIn(runs({ attempts: [{ headers: [['Api-Version', '2026-01-15']] }] }), {
        label: '503',
        attempts: [{ status: 503, headers: [['Api-Version', '2026-01-15']] }, {}],
      }),
      contract,
      says: /^Under "503" POST/,
      name: 'on a repeat',
    },
    { outcome: 'fail', evidence: sending([]), contract },
    { outcome: 'fail', evidence: sending([['Api-Version', '2026-01-15']], []), contract, name: 'on the second call' },
  ],
  differs: [{ outcome: 'fail', evidence: sending([['Api-Version', '2025-01-15']]), contract, says: /2025-01-15/ }],
});
