import check from '../../../src/checks/client/notices-errors-in-success-answers.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import type { LaneInput } from '../../helpers/lane.js';
import { control, runs, unable } from '../../helpers/lane.js';

const evidence = (input: Partial<LaneInput> = {}) => ({
  'client.control': control(),
  'client.errors-in-success': runs({ label: '200 with an error', attempts: [{ fault: true }], ...input }),
});

judgeCases(check, {
  ...unable((control, under) => ({ 'client.control': control, 'client.errors-in-success': under })),
  noticed: [
    { outcome: 'pass', evidence: evidence({ exitCode: 1 }), says: /exit 1/ },
    { outcome: 'pass', evidence: evidence({ triggerStatus: 502 }), name: 'a service' },
  ],
  unreported: [{ outcome: 'inconclusive', evidence: evidence({ triggerStatus: 202, reported: false }) }],
  'taken-for-success': [
    {
      outcome: 'fail',
      evidence: evidence(),
      figures: { expected: 'a visible failure', measured: 'ended with exit 0' },
    },
  ],
  'no-end': [{ outcome: 'inconclusive', evidence: evidence({ ended: 'patience', durationMs: 60_300 }) }],
});
