import check from '../../../src/checks/client/logs-errors.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import type { LaneInput } from '../../helpers/lane.js';
import { control, gaveUp, runs, unable } from '../../helpers/lane.js';

const evidence = (other: Partial<LaneInput>, calls = control()) => ({
  'client.control': calls,
  'client.refusals': runs(
    { ...gaveUp('400'), output: 'seen', namedErrors: ['422'] },
    { ...gaveUp('422'), output: 'seen', namedErrors: ['422'], ...other },
  ),
});

judgeCases(check, {
  ...unable((control, under) => ({ 'client.control': control, 'client.refusals': under })),
  'nothing-tried': [
    { outcome: 'not-applicable', evidence: { 'client.control': control(), 'client.refusals': runs() } },
  ],
  logged: [
    { outcome: 'pass', evidence: evidence({}), says: /400, 422/ },
    { outcome: 'pass', evidence: evidence({ outputMiB: 40 }), name: 'found in what was kept' },
  ],
  'shared-log': [
    { outcome: 'inconclusive', evidence: evidence({ namedErrors: [], sharedLogs: true }), says: /\{\{lane\}\}/ },
  ],
  'too-much-output': [
    { outcome: 'inconclusive', evidence: evidence({ namedErrors: [], outputMiB: 40 }), says: /"422".* 40\.0 MiB/ },
  ],
  missing: [
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
