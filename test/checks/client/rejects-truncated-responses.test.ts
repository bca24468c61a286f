import check from '../../../src/checks/client/rejects-truncated-responses.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import type { LaneInput } from '../../helpers/lane.js';
import { control, lookedUp, runs, unable } from '../../helpers/lane.js';

const evidence = (input: Partial<LaneInput>) => ({
  'client.control': control(),
  'client.truncated-response': runs({
    label: 'body cut short',
    attempts: [{ fault: true, ended: 'we-cut' }],
    ...input,
  }),
});

judgeCases(check, {
  ...unable((control, under) => ({ 'client.control': control, 'client.truncated-response': under })),
  rejected: [
    { outcome: 'pass', evidence: evidence({ exitCode: 1 }), says: /exit 1\./ },
    { outcome: 'pass', evidence: evidence({ signal: 'SIGABRT' }) },
  ],
  unreported: [{ outcome: 'inconclusive', evidence: evidence({ triggerStatus: 202, reported: false }) }],
  'no-end': [{ outcome: 'inconclusive', evidence: evidence({ ended: 'patience' }), says: /still running/ }],
  'looked-up': [
    {
      outcome: 'inconclusive',
      evidence: evidence({ attempts: lookedUp('201', { fault: true, ended: 'we-cut' }).attempts ?? [] }),
    },
  ],
  'taken-for-success': [{ outcome: 'fail', evidence: evidence({ exitCode: 0 }) }],
});
