import check from '../../../src/checks/client/branches-on-error-codes.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import type { LaneInput } from '../../helpers/lane.js';
import { control, gaveUp, runs, unable } from '../../helpers/lane.js';

const evidence = (...inputs: LaneInput[]) => ({ 'client.control': control(), 'client.other-message': runs(...inputs) });
const usual = gaveUp('usual words', { status: 422 });
const other = gaveUp('other words', { status: 422 });

judgeCases(check, {
  ...unable((control, under) => ({ 'client.control': control, 'client.other-message': under })),
  'too-few': [{ outcome: 'inconclusive', evidence: evidence(usual) }],
  same: [
    {
      outcome: 'pass',
      evidence: evidence(usual, { ...other, output: 'other words' }),
      says: /1 attempt, ended with exit 1/,
    },
  ],
  unreported: [
    { outcome: 'inconclusive', evidence: evidence(usual, { ...other, triggerStatus: 202, reported: false }) },
  ],
  'still-running': [
    {
      outcome: 'inconclusive',
      evidence: evidence(
        { ...usual, ended: 'patience', attempts: [{ status: 422 }, { status: 422 }] },
        { ...other, ended: 'patience', attempts: [{ status: 422 }] },
      ),
    },
  ],
  differs: [
    {
      outcome: 'fail',
      evidence: evidence(usual, { ...other, exitCode: 0 }),
      says: /another message .* exit 0; .* exit 1/,
    },
    {
      outcome: 'fail',
      evidence: evidence(usual, { ...other, attempts: [{ status: 422 }, { status: 422 }] }),
      says: /2 attempts/,
    },
  ],
});
