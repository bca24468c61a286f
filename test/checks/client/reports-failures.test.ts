import check from '../../../src/checks/client/reports-failures.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import type { GivenLanes, LaneInput } from '../../helpers/lane.js';
import { control, everyFault, gaveUp, lookedUp, outage, recovered, runs, unable } from '../../helpers/lane.js';

const evidence = (
  refusal: Partial<LaneInput> = {},
  lasting: Partial<LaneInput> = {},
  calls = control(),
  lanes: GivenLanes = {},
) =>
  everyFault({
    'client.control': calls,
    'client.refusals': runs({ ...gaveUp('422'), ...refusal }),
    'client.outage': outage([[500, 1000]], lasting),
    ...lanes,
  });
const quiet = (...keys: readonly (keyof GivenLanes)[]) =>
  Object.fromEntries(keys.map((key) => [key, runs(recovered(`quiet ${key}`))]));
const OTHERS = quiet(
  'client.server-errors',
  'client.rate-limits',
  'client.lost-connections',
  'client.lasting-faults',
  'client.lost-response',
  'client.truncated-response',
  'client.html-errors',
);
const HELD = { status: null, ended: 'client-closed', endedBy: 'client' } as const;
const CUT = { status: 201, ended: 'we-cut', fault: true } as const;
const endless = { ended: 'patience', durationMs: 60_300 } as const;

judgeCases(check, {
  ...unable((control, under) => evidence({}, {}, control, { 'client.refusals': under })),
  visible: [
    {
      outcome: 'pass',
      evidence: evidence({}, {}, control(), {
        'client.truncated-response': runs({ ...gaveUp('cut', CUT), exitCode: 0 }),
      }),
      name: 'half an answer taken for a whole one is for another check',
    },
    { outcome: 'pass', evidence: evidence(), says: /9 runs/ },
    {
      outcome: 'pass',
      evidence: evidence({}, endless),
      says: /8 runs /,
      name: 'an endless run has no exit code to judge',
    },
    { outcome: 'pass', evidence: evidence({ signal: 'SIGABRT' }), name: 'ended by a signal' },
  ],
  unreported: [
    { outcome: 'inconclusive', evidence: evidence({ triggerStatus: 202, reported: false }), says: /trigger/ },
  ],
  'looked-up': [{ outcome: 'inconclusive', evidence: evidence({ ...lookedUp('422') }) }],
  hidden: [
    ...Object.entries({
      'after time-outs': { label: 'no answer', attempts: [HELD, HELD] },
      'after one time-out': gaveUp('no answer', HELD),
      'after a reset': gaveUp('reset once'),
      'after half answers that it knew as such': { label: 'cut', attempts: [CUT, CUT] },
      'a redirect that it did not follow': gaveUp('redirect', { status: 307, fault: true }),
    }).map(([name, input]) => ({
      outcome: 'fail' as const,
      evidence: evidence({}, {}, control(), { 'client.hang': runs({ ...input, exitCode: 0 }) }),
      says: /exit 0/,
      name,
    })),
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
      evidence: evidence({}, { label: '429 for good' }, control(), {
        'client.server-outage': outage([[500, 1000]], { exitCode: 0 }),
      }),
      says: /503 for good/,
      name: 'where it retries another fault than 503',
    },
    {
      outcome: 'fail',
      evidence: evidence({}, { label: '429 for good', exitCode: 0 }),
      says: /final 429 for good/,
      name: 'under the fault that it retries',
    },
    {
      outcome: 'fail',
      evidence: evidence({}, {}, control(), {
        'client.lasting-faults': runs({ ...gaveUp('reset for good'), exitCode: 0 }),
      }),
      says: /final reset for good/,
      name: 'where a lasting reset alone is taken for success',
    },
  ],
  'no-end': [
    {
      outcome: 'inconclusive',
      evidence: evidence(endless, endless, control(), {
        ...OTHERS,
        'client.hang': runs({ ...gaveUp('no answer', HELD), ...endless }),
      }),
    },
  ],
});
