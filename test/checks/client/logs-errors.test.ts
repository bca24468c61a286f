import check from '../../../src/checks/client/logs-errors.js';
import type { LanesEvidence } from '../../../src/evidence/map.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import type { LaneInput } from '../../helpers/lane.js';
import { control, everyFault, gaveUp, outage, recovered, runs, unable } from '../../helpers/lane.js';

const evidence = (other: Partial<LaneInput>, calls = control(), lanes = {}) =>
  everyFault(
    {
      'client.control': calls,
      'client.refusals': runs(
        { ...gaveUp('400'), output: 'seen', namedErrors: ['422'] },
        { ...gaveUp('422'), output: 'seen', namedErrors: ['422'], ...other },
      ),
      ...lanes,
    },
    { namedErrors: ['422'] },
  );
const refused = (control: LanesEvidence, under: LanesEvidence) =>
  everyFault({ 'client.control': control, 'client.refusals': under });

judgeCases(check, {
  ...unable(refused),
  'nothing-tried': [{ outcome: 'not-applicable', evidence: refused(control(), runs()) }],
  logged: [
    {
      outcome: 'pass',
      evidence: evidence({}, control(), {
        'client.hang': runs(gaveUp('hang')),
        'client.lost-response': runs(recovered('503')),
      }),
      name: 'where no answer came, or the next one was good, there is no status to log',
    },
    {
      outcome: 'pass',
      evidence: evidence({}, control(), { 'client.outage': outage([[500]], { ended: 'patience' }) }),
      name: 'still trying',
    },
    { outcome: 'pass', evidence: evidence({}), says: /400, 422/ },
    { outcome: 'pass', evidence: evidence({ outputMiB: 40 }), name: 'found in what was kept' },
  ],
  'shared-log': [
    { outcome: 'inconclusive', evidence: evidence({ namedErrors: [], sharedLogs: true }), says: /\{\{lane\}\}/ },
  ],
  'too-much-output': [
    { outcome: 'inconclusive', evidence: evidence({ namedErrors: [], outputMiB: 40 }), says: /"422".* 40\.0 MiB/ },
  ],
  busy: [
    {
      outcome: 'inconclusive',
      evidence: evidence({ namedErrors: [], timerLateMs: 1_200 }),
      says: /for 1\.2 s under "422"/,
    },
  ],
  'still-running': [
    { outcome: 'inconclusive', evidence: evidence({ namedErrors: [], ended: 'patience' }), says: /After 422 / },
  ],
  missing: [
    {
      outcome: 'fail',
      evidence: evidence({}, control(), { 'client.rate-limits': runs(gaveUp('429 with Retry-After: 3600')) }),
      says: /After 429 with Retry-After: 3600 the/,
      name: 'after a limit that was final',
    },
    {
      outcome: 'fail',
      evidence: evidence({ namedErrors: [], output: 'it failed' }),
      says: /After 422 the/,
      figures: { measured: 'neither' },
    },
    {
      outcome: 'fail',
      evidence: evidence({ namedErrors: [], output: '' }),
      figures: { measured: 'no output' },
      name: 'silent',
    },
  ],
});
