import check from '../../../src/checks/client/reports-failures.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import type { LaneInput } from '../../helpers/lane.js';
import { control, gaveUp, lookedUp, outage, runs, unable } from '../../helpers/lane.js';

const evidence = (refusal: Partial<LaneInput> = {}, lasting: Partial<LaneInput> = {}, calls = control()) => ({
  'client.control': calls,
  'client.refusals': runs({ ...gaveUp('422'), ...refusal }),
  'client.server-outage': outage([[500, 1000]], lasting),
  'client.outage': outage([[500, 1000]], lasting),
});
const endless = { ended: 'patience', durationMs: 60_300 } as const;

judgeCases(check, {
  ...unable((control, under) => ({ ...evidence({}, {}, control), 'client.refusals': under })),
  visible: [
    { outcome: 'pass', evidence: evidence(), says: /2 runs/ },
    {
      outcome: 'pass',
      evidence: evidence({}, endless),
      says: /1 run /,
      name: 'an endless run has no exit code to judge',
    },
    { outcome: 'pass', evidence: evidence({ signal: 'SIGABRT' }), name: 'ended by a signal' },
  ],
  unreported: [
    { outcome: 'inconclusive', evidence: evidence({ triggerStatus: 202, reported: false }), says: /trigger/ },
  ],
  'looked-up': [{ outcome: 'inconclusive', evidence: evidence({ ...lookedUp('422') }) }],
  hidden: [
    {
      outcome: 'fail',
      evidence: evidence({ ...lookedUp('422') }, { exitCode: 0 }),
      says: /After a final 503 for good/,
      name: 'beside one that looked the result up',
    },
    {
      outcome: 'fail',
      evidence: evidence({ triggerStatus: 200 }),
      says: /answered its trigger with 200/,
      name: 'a service that answers its trigger kindly',
    },
    { outcome: 'fail', evidence: evidence({ exitCode: 0 }), says: /final 422 .* exit 0/ },
    { outcome: 'fail', evidence: evidence({}, { exitCode: 0 }), says: /503 for good/ },
    {
      outcome: 'fail',
      evidence: { ...evidence({}, { exitCode: 0 }), 'client.outage': outage([[500, 1000]], { label: '429 for good' }) },
      says: /503 for good/,
      name: 'where it retries another fault than 503',
    },
    {
      outcome: 'fail',
      evidence: { ...evidence(), 'client.outage': outage([[500]], { label: '429 for good', exitCode: 0 }) },
      says: /final 429 for good/,
      name: 'under the fault that it retries',
    },
  ],
  'no-end': [{ outcome: 'inconclusive', evidence: evidence(endless, endless) }],
});
