import check from '../../../src/checks/client/keeps-key-out-of-output.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { callsIn, control, facts, gaveUp, type LaneInput, runs, unable } from '../../helpers/lane.js';

const evidence = (failing: LaneInput, more: { hasKey?: boolean; control?: ReturnType<typeof control> } = {}) => {
  const calls = more.control ?? control();
  return {
    ...callsIn(calls, failing),
    'client.refusals': runs(failing),
    'client.facts': facts({ hasKey: more.hasKey ?? true }),
  };
};
const quiet = gaveUp('401');
const plain = { secret: 'endpoint.key', encoding: 'plain' };

judgeCases(check, {
  ...unable((control, under) => ({ ...callsIn(control), 'client.refusals': under })),
  'no-key': [{ outcome: 'not-applicable', evidence: evidence(quiet, { hasKey: false }) }],
  'nothing-tried': [
    {
      outcome: 'not-applicable',
      evidence: { ...callsIn(control()), 'client.refusals': { runs: [] } },
    },
  ],
  kept: [{ outcome: 'pass', evidence: evidence(quiet), says: /3 runs/ }],
  'too-much-output': [{ outcome: 'inconclusive', evidence: evidence({ ...quiet, outputMiB: 40 }), says: /"401"/ }],
  printed: [
    {
      outcome: 'fail',
      evidence: evidence({ ...quiet, found: [plain] }),
      says: /"401" your client printed endpoint\.key\.$/,
    },
    {
      outcome: 'fail',
      evidence: evidence({ ...quiet, found: [{ ...plain, encoding: 'base64' }] }),
      says: /\(base64\)/,
    },
    {
      outcome: 'fail',
      evidence: evidence({ ...quiet, found: [plain] }, { control: runs({ exitCode: 1 }, { repeat: 2, exitCode: 1 }) }),
      name: 'printed is printed, also where the control failed',
    },
  ],
});
