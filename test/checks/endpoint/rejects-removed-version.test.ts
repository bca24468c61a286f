import check from '../../../src/checks/endpoint/rejects-removed-version.js';
import { exchange, FAILED_CONTROL, read } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const evidence = (statuses: Readonly<Record<string, number>>, control = read()) => ({
  'endpoint.authenticated': control,
  'endpoint.removed-versions': {
    answers: Object.entries(statuses).map(([version, status]) => ({
      version,
      call: exchange({ id: `removed-versions.${version}`, version, status }),
    })),
  },
});
const contract = { version: { removed: { '2020-01-01': 410, '2021-01-01': [400, 410] } } };

judgeCases(check, {
  'control-failed': [{ outcome: 'inconclusive', evidence: evidence({ '2020-01-01': 401 }, FAILED_CONTROL), contract }],
  refused: [
    { outcome: 'pass', evidence: evidence({ '2020-01-01': 410, '2021-01-01': 400 }), contract, says: /2 removed/ },
  ],
  'still-served': [
    { outcome: 'fail', evidence: evidence({ '2020-01-01': 410, '2021-01-01': 200 }), contract, says: /2021-01-01/ },
  ],
  'other-answer': [{ outcome: 'fail', evidence: evidence({ '2020-01-01': 500 }), contract }],
});
