import check from '../../../src/checks/client/requests-full-pages.js';
import type { LaneRun } from '../../../src/evidence/run.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { get, unableWorkload, workload } from '../../helpers/workloads.js';

const pagination = {
  style: 'cursor',
  limitParameter: 'limit',
  maximum: 100,
  items: '/data',
  end: 'null-next',
} as const;
const contract = { pagination };
const evidence = (runs: readonly LaneRun[]) => ({ 'client.list': { operation: 'list', runs } });
const calls = (...queries: readonly string[]) =>
  evidence([
    workload(
      'list',
      queries.map((query) => get(`/v1/things${query}`, { operation: 'list' })),
    ),
  ]);

judgeCases(check, {
  ...unableWorkload(evidence, contract),
  unset: [
    { outcome: 'not-applicable', evidence: calls('?limit=20'), says: /contract\.pagination\.maximum/ },
    {
      outcome: 'not-applicable',
      evidence: calls('?limit=20'),
      contract: { pagination: { style: 'cursor', maximum: 100, items: '/data', end: 'null-next' } },
      name: 'the parameter has no name',
    },
  ],
  'not-listed': [{ outcome: 'inconclusive', evidence: evidence([workload('list', [get('/v1/things')])]), contract }],
  full: [{ outcome: 'pass', evidence: calls('?limit=100', '?limit=100&cursor=cur1000100'), contract, says: /2 calls/ }],
  unasked: [
    { outcome: 'fail', evidence: calls(''), contract, figures: { measured: 'no limit' } },
    { outcome: 'fail', evidence: calls('?limit=100', '?cursor=cur1000100'), contract, name: 'on the second page' },
    { outcome: 'fail', evidence: calls('?limit=all'), contract, name: 'no number' },
  ],
  'above-maximum': [{ outcome: 'fail', evidence: calls('?limit=500'), contract, says: /500 a page where 100/ }],
  small: [{ outcome: 'fail', evidence: calls('?limit=100', '?limit=10'), contract, figures: { measured: 'limit=10' } }],
});
