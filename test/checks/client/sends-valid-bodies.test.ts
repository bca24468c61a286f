import check from '../../../src/checks/client/sends-valid-bodies.js';
import type { BodiesEvidence } from '../../../src/evidence/map.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { runs } from '../../helpers/lane.js';

const lanes = runs({ attempts: [{}, {}] });
const [first = '', second = ''] = lanes.runs[0]?.recording.attempts.map((attempt) => attempt.id) ?? [];
const evidence = (bodies: Partial<BodiesEvidence>) => ({
  'client.bodies': { fitting: [], unfit: [], unread: [], ...bodies },
  'client.lanes': lanes,
});
const unfit = { id: second, operation: 'create', problems: ['/amount must be integer'] };

judgeCases(check, {
  fit: [
    { outcome: 'pass', evidence: evidence({ fitting: [first, second] }), says: /2 bodies/ },
    {
      outcome: 'pass',
      evidence: evidence({ fitting: [first], unread: [second] }),
      name: 'of those that could be read',
    },
  ],
  unfit: [
    {
      outcome: 'fail',
      evidence: evidence({ fitting: [first], unfit: [unfit] }),
      says: /1 of 2 bodies do not fit: create: \/amount must be integer/,
    },
  ],
  'none-read': [
    { outcome: 'inconclusive', evidence: evidence({}), says: /No call/ },
    { outcome: 'inconclusive', evidence: evidence({ unread: [first] }), says: /held a secret/ },
  ],
});
