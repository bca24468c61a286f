import check from '../../../src/checks/client/resumes-with-same-key-after-crash.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import type { AttemptInput, LaneInput } from '../../helpers/lane.js';
import { control, runs, START_MS, unable } from '../../helpers/lane.js';

const contract = { idempotency: { header: 'Idempotency-Key' } };
const hung: AttemptInput = {
  status: null,
  ended: 'client-closed',
  endedBy: 'client',
  key: 'k-1',
  fault: true,
  heldMs: 500,
};
const failing: AttemptInput = { status: 503, key: 'k-1', waitMs: 2 };
const killedAt = START_MS + 510;
const given = (after: readonly AttemptInput[], rest: Partial<LaneInput> = {}, first: AttemptInput = {}) => ({
  'client.control': control({ key: 'k-0' }),
  'client.crash': runs({
    label: 'a crash',
    attempts: [{ ...hung, ...first }, ...after],
    restartedAtMs: killedAt,
    ...rest,
  }),
});
const again = (changes: AttemptInput = {}): AttemptInput => ({ key: 'k-1', waitMs: 400, ...changes });

judgeCases(check, {
  ...unable((usual, under) => ({ 'client.control': usual, 'client.crash': under }), contract),
  unset: [{ outcome: 'not-applicable', evidence: given([again()]) }],
  resumed: [
    { outcome: 'pass', evidence: given([again()]), contract },
    {
      outcome: 'pass',
      evidence: given([again(), again({ key: 'k-2', logical: 'op-2' })]),
      contract,
      name: 'the old operation first, then a new one',
    },
    { outcome: 'pass', evidence: given([again()]), contract: { idempotency: { bodyField: '/externalId' } } },
    {
      outcome: 'pass',
      evidence: given([failing, again()], { restartedAtMs: killedAt + 20 }),
      contract,
      name: 'an error before it was killed is no result',
    },
    {
      outcome: 'pass',
      evidence: given([again()], {}, { status: 200 }),
      contract,
      name: 'nor is an answer that had only begun',
    },
  ],
  'looked-up': [
    {
      outcome: 'inconclusive',
      evidence: given([{ method: 'GET', url: '/v1/orders?reference=1', target: false, status: 200, waitMs: 400 }]),
      contract,
      says: /looked the result up \(GET \/v1\/orders\)/,
    },
  ],
  'not-killed': [{ outcome: 'inconclusive', evidence: runsUnkilled(), contract }],
  'done-before': [
    {
      outcome: 'inconclusive',
      evidence: given([again()], {}, { status: 201, ended: 'complete' }),
      contract,
      says: /before it was killed/,
    },
    {
      outcome: 'inconclusive',
      evidence: given([{ key: 'k-1', waitMs: 2 }], { restartedAtMs: killedAt + 20 }),
      contract,
      name: 'on a second attempt',
    },
  ],
  'no-key': [{ outcome: 'inconclusive', evidence: given([again({ key: null })], {}, { key: null }), contract }],
  forgot: [{ outcome: 'fail', evidence: given([], { exitCode: 0 }), contract, says: /sent nothing/ }],
  'other-key': [
    {
      outcome: 'fail',
      evidence: given([again({ key: 'k-2', logical: 'op-2' })]),
      contract,
      says: /none under the key of attempt 1/,
    },
  ],
  'other-body': [
    { outcome: 'fail', evidence: given([again({ logical: 'op-2' })]), contract, says: /another body in attempt 2/ },
  ],
});

function runsUnkilled() {
  const { 'client.crash': crash, ...rest } = given([again()]);
  return { ...rest, 'client.crash': { runs: crash.runs.map((run) => ({ ...run, restartedAtMs: null })) } };
}
