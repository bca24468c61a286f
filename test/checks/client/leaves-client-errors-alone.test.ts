import check from '../../../src/checks/client/leaves-client-errors-alone.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import type { LaneInput } from '../../helpers/lane.js';
import { control, gaveUp, runs, TWO_OPERATIONS, unableToRetry } from '../../helpers/lane.js';

const REFUSED = { status: 422 };
const evidence = (
  inputs: readonly LaneInput[],
  calls = control(),
  worded = runs(gaveUp('422 in usual words', REFUSED), gaveUp('422 in other words', REFUSED)),
) => ({
  'client.control': calls,
  'client.refusals': runs(...inputs),
  'client.other-message': worded,
});
const once = (...labels: string[]) => labels.map((label) => gaveUp(label));
const times = (label: string, count: number): LaneInput => ({
  label,
  attempts: Array.from({ length: count }, () => ({ status: Number(label) })),
});
const login = { auth: { login: { path: '/login', token: '/token' } } };

judgeCases(check, {
  ...unableToRetry((control, under) => ({ ...evidence([], control), 'client.refusals': under })),
  'nothing-tried': [
    { outcome: 'not-applicable', evidence: evidence([]), name: 'the contract allows to retry them all' },
  ],
  'left-alone': [
    {
      outcome: 'pass',
      evidence: evidence(once('400'), control(), runs({ label: '422 in other words', attempts: [REFUSED, REFUSED] })),
      name: 'where the contract lets 422 be retried',
    },
    { outcome: 'pass', evidence: evidence(once('400', '401', '403', '404', '422')), says: /400, 401, 403, 404, 422/ },
    {
      outcome: 'pass',
      evidence: evidence([...once('400'), times('401', 2)]),
      contract: login,
      name: 'one fresh token under log-in',
    },
    {
      outcome: 'pass',
      evidence: evidence(
        [
          {
            label: '422',
            attempts: [
              { status: 422, logical: 'op-1' },
              { status: 422, logical: 'op-2' },
            ],
          },
        ],
        TWO_OPERATIONS,
      ),
      name: 'two operations, each tried once',
    },
  ],
  busy: [
    {
      outcome: 'inconclusive',
      evidence: evidence([...once('400'), { ...times('422', 2), timerLateMs: 900 }]),
      says: /stalled for 0\.9 s under "422"/,
    },
  ],
  repeated: [
    {
      outcome: 'fail',
      evidence: evidence([{ ...times('400', 2), timerLateMs: 900 }, times('422', 2)]),
      name: 'a busy machine excuses no other run',
    },
    {
      outcome: 'fail',
      evidence: evidence(once('422'), control(), runs({ label: '422 in other words', attempts: [REFUSED, REFUSED] })),
      says: /^422 in other words: 2 attempts/,
      name: 'in other words',
    },
    { outcome: 'fail', evidence: evidence([...once('400'), times('422', 3)]), says: /^422: 3 attempts\.$/ },
    { outcome: 'fail', evidence: evidence([times('401', 2)]), name: '401 without log-in' },
    { outcome: 'fail', evidence: evidence([times('401', 3)]), contract: login, name: 'twice under log-in' },
    {
      outcome: 'fail',
      evidence: evidence([times('403', 2)]),
      contract: login,
      name: 'a fresh token does not help a 403',
    },
    {
      outcome: 'fail',
      evidence: evidence([
        {
          label: '422',
          attempts: [
            { status: 422, logical: 'a' },
            { status: 422, logical: 'b' },
          ],
        },
      ]),
      name: 'a time in the body makes it no other operation',
    },
  ],
});
