import check from '../../../src/checks/client/survives-slow-responses.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import type { LaneInput } from '../../helpers/lane.js';
import { control, runs, TWO_OPERATIONS, unableToRetry } from '../../helpers/lane.js';

const LABEL = 'answered after 7500 ms';
const evidence = (input: Partial<LaneInput>, calls = control()) => ({
  'client.control': calls,
  'client.slow-response': runs({ label: LABEL, attempts: [{ key: 'k', heldMs: 7500, fault: true }], ...input }),
});
const overtaken = (first: string | null, second: string | null) => ({
  attempts: [
    { key: first, heldMs: 7500, fault: true },
    { key: second, waitMs: -2000 },
  ],
});

judgeCases(check, {
  ...unableToRetry((control, under) => ({ 'client.control': control, 'client.slow-response': under })),
  waited: [
    { outcome: 'pass', evidence: evidence({}) },
    {
      outcome: 'pass',
      evidence: evidence({ attempts: [{ heldMs: 7500, fault: true }] }, control({ key: null })),
      name: 'one call without a key',
    },
    { outcome: 'pass', evidence: evidence(overtaken('k', 'k')), name: 'a second call with the same key does no harm' },
    {
      outcome: 'pass',
      evidence: evidence(
        {
          attempts: [
            { key: 'k-1', heldMs: 7500, fault: true },
            { key: 'k-2', logical: 'op-2' },
          ],
        },
        TWO_OPERATIONS,
      ),
      name: 'the next operation of the run is no second attempt',
    },
  ],
  duplicated: [
    { outcome: 'fail', evidence: evidence(overtaken('k', 'other')), says: /with another key in attempt 2/ },
    { outcome: 'fail', evidence: evidence(overtaken(null, null)), says: /without a key/ },
  ],
  busy: [
    {
      outcome: 'inconclusive',
      evidence: evidence({
        attempts: [
          { key: 'k', status: null, heldMs: 6900, endedBy: 'client' },
          { key: 'other', waitMs: 300 },
        ],
        timerLateMs: 200,
      }),
      says: /timers 200 ms late/,
      name: 'our answer may have come too late',
    },
  ],
  failed: [{ outcome: 'inconclusive', evidence: evidence({ exitCode: 1 }), says: /exit 1/ }],
});
