import check from '../../../src/checks/client/keeps-key-out-of-output.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { control, facts, gaveUp, type LaneInput, lane, runs, unable } from '../../helpers/lane.js';

const evidence = (failing: LaneInput, more: { hasKey?: boolean; control?: ReturnType<typeof control> } = {}) => ({
  'client.facts': facts({ hasKey: more.hasKey ?? true }),
  'client.lanes': { runs: [...(more.control ?? control()).runs, lane(failing)] },
  'client.refusals': runs(failing),
  'client.control': more.control ?? control(),
});
const quiet = gaveUp('401');
const plain = { secret: 'endpoint.key', encoding: 'plain' };

judgeCases(check, {
  ...unable((control, under) => ({
    'client.facts': facts(),
    'client.lanes': control,
    'client.refusals': under,
    'client.control': control,
  })),
  'no-key': [{ outcome: 'not-applicable', evidence: evidence(quiet, { hasKey: false }) }],
  'nothing-tried': [
    {
      outcome: 'not-applicable',
      evidence: {
        'client.facts': facts(),
        'client.lanes': control(),
        'client.refusals': { runs: [] },
        'client.control': control(),
      },
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
