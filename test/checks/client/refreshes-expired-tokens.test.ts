import check from '../../../src/checks/client/refreshes-expired-tokens.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { type AttemptInput, control, type LaneInput, runs, unable } from '../../helpers/lane.js';

const contract = { auth: { login: { path: '/sessions', token: '/token' } } };
const evidence = (attempts: readonly AttemptInput[], more: LaneInput = {}) => ({
  'client.control': control(),
  'client.expired-token': runs({ label: 'expired token', attempts, ...more }),
});
const logIn: AttemptInput = { target: false, operation: 'log-in', status: 200, logical: 'op-0' };
const refresh: AttemptInput = { ...logIn, operation: 'token-refresh' };
const call = (token: number | null, status = 201): AttemptInput => ({
  status,
  headers: [['Authorization', token === null ? 'Bearer other' : `Bearer [secret:token:${token}]`]],
});

judgeCases(check, {
  ...unable((calls, under) => ({ 'client.control': calls, 'client.expired-token': under }), contract),
  'nothing-tried': [
    {
      outcome: 'not-applicable',
      evidence: { 'client.control': control(), 'client.expired-token': { runs: [] } },
      contract,
    },
  ],
  unset: [{ outcome: 'not-applicable', evidence: evidence([logIn, call(1, 401), logIn, call(2)]) }],
  unreported: [
    {
      outcome: 'inconclusive',
      evidence: evidence([logIn, call(1, 401), logIn, call(2)], { reported: false }),
      contract,
    },
  ],
  renewed: [
    { outcome: 'pass', evidence: evidence([logIn, call(1, 401), logIn, call(2)]), contract },
    { outcome: 'pass', evidence: evidence([logIn, call(1, 401), refresh, call(2)]), contract, name: 'refreshed' },
    { outcome: 'pass', evidence: evidence([logIn, call(1, 401), logIn, call(10)]), contract, name: 'the tenth token' },
    {
      outcome: 'pass',
      evidence: evidence([logIn, logIn, call(1, 401), call(2)]),
      contract,
      name: 'a token that it had in store',
    },
  ],
  'no-token': [
    { outcome: 'inconclusive', evidence: evidence([call(null, 401), logIn, call(2)]), contract },
    {
      outcome: 'inconclusive',
      evidence: evidence([{ status: 401 }, logIn, call(2)]),
      contract,
      name: 'nor its header',
    },
  ],
  'gave-up': [
    { outcome: 'fail', evidence: evidence([logIn, call(1, 401)]), contract, says: /was not repeated\.$/ },
    { outcome: 'fail', evidence: evidence([logIn, call(1, 401), logIn]), contract, says: /though it logged in again/ },
  ],
  'same-token': [
    { outcome: 'fail', evidence: evidence([logIn, call(1, 401), call(1)]), contract },
    {
      outcome: 'fail',
      evidence: evidence([logIn, call(1, 401), call(1, 401), logIn, call(2)]),
      contract,
      name: 'first',
    },
  ],
  'renewed-often': [
    { outcome: 'fail', evidence: evidence([logIn, call(1, 401), logIn, logIn, call(3)]), contract, says: /2 times/ },
  ],
  'no-new-token': [{ outcome: 'inconclusive', evidence: evidence([logIn, call(1, 401), logIn, call(null)]), contract }],
  'failed-after': [
    { outcome: 'fail', evidence: evidence([logIn, call(1, 401), logIn, call(2)], { exitCode: 1 }), contract },
  ],
});
