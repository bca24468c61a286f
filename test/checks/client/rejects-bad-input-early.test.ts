import check from '../../../src/checks/client/rejects-bad-input-early.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { control, type LaneInput, lane, runs } from '../../helpers/lane.js';

const evidence = (more: LaneInput, calls = control()) => ({
  'client.control': calls,
  'client.bad-inputs': runs({ label: 'a negative amount', script: null, attempts: [], ended: 'no-request', ...more }),
});
const read = { method: 'GET', status: 200, target: false, operation: 'other' };
const logIn = { target: false, operation: 'log-in', status: 200 };
const held = lane({ label: 'a negative amount', script: null, attempts: [read], ended: 'patience' });
const caught = { ...held, process: { ...held.process, signal: null, exitCode: 1 } };

judgeCases(check, {
  interrupted: [{ outcome: 'inconclusive', evidence: evidence({ ended: 'interrupted' }) }],
  'control-failed': [{ outcome: 'inconclusive', evidence: evidence({ exitCode: 1 }, runs({ exitCode: 1 })) }],
  refused: [
    { outcome: 'pass', evidence: evidence({ exitCode: 1, output: 'an order over -5 is refused' }) },
    {
      outcome: 'pass',
      evidence: evidence({ exitCode: 1, attempts: [read, logIn], ended: 'exited' }),
      name: 'but reads',
    },
  ],
  sent: [
    { outcome: 'fail', evidence: evidence({ exitCode: 1, attempts: [{ status: 422 }], ended: 'exited' }) },
    { outcome: 'fail', evidence: evidence({ attempts: [read, {}], ended: 'exited' }), name: 'and accepted' },
  ],
  accepted: [{ outcome: 'fail', evidence: evidence({ exitCode: 0 }), says: /exit 0/ }],
  'kept-running': [
    { outcome: 'fail', evidence: evidence({ signal: 'SIGTERM' }) },
    {
      outcome: 'fail',
      evidence: { ...evidence({}), 'client.bad-inputs': { runs: [caught] } },
      name: 'and made a code of its own of the signal that ended it',
    },
    {
      outcome: 'fail',
      evidence: evidence({ exitCode: 1, ended: 'patience' }),
      name: 'and sent nothing at all until it was ended',
    },
  ],
  crashed: [{ outcome: 'inconclusive', evidence: evidence({ signal: 'SIGSEGV' }) }],
  'not-started': [
    { outcome: 'inconclusive', evidence: evidence({ exitCode: 127 }), says: /did not find the command/ },
    {
      outcome: 'inconclusive',
      evidence: evidence({ exitCode: 1, output: "Error: Cannot find module '/app/order.js'" }),
      name: 'a file is missing',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence({
        exitCode: null,
        ended: 'not-started',
        diagnosis: 'the command could not be started: ENOENT',
      }),
      says: /ENOENT/,
    },
  ],
});
