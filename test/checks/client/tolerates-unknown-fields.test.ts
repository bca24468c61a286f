import check from '../../../src/checks/client/tolerates-unknown-fields.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import type { LaneInput } from '../../helpers/lane.js';
import { control, runs, unable } from '../../helpers/lane.js';

const evidence = (input: Partial<LaneInput> = {}) => ({
  'client.control': control(),
  'client.unknown-fields': runs({ label: 'unknown fields', attempts: [{ fault: true }], ...input }),
});

judgeCases(check, {
  ...unable((control, under) => ({ 'client.control': control, 'client.unknown-fields': under })),
  tolerated: [{ outcome: 'pass', evidence: evidence() }],
  unreported: [{ outcome: 'inconclusive', evidence: evidence({ triggerStatus: 202, reported: false }) }],
  broke: [
    { outcome: 'fail', evidence: evidence({ triggerStatus: 502 }), says: /answered its trigger with 502/ },
    { outcome: 'fail', evidence: evidence({ exitCode: 1 }), says: /exit 1/ },
    { outcome: 'fail', evidence: evidence({ ended: 'patience', durationMs: 60_300 }), says: /60 s/ },
  ],
});
