import check from '../../../src/checks/client/backs-off-exponentially.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { control, outage, unableToRetry } from '../../helpers/lane.js';

const evidence = (waits: readonly (readonly number[])[]) => ({
  'client.control': control(),
  'client.outage': outage(waits),
});
const five = (...waits: number[]) => Array.from({ length: 5 }, (_, at) => waits.map((ms) => ms + at));

judgeCases(check, {
  ...unableToRetry((control, under) => ({ 'client.control': control, 'client.outage': under })),
  grows: [
    {
      outcome: 'pass',
      evidence: evidence(five(500, 1000, 2000)),
      says: /0\.5 s, 1\.0 s, 2\.0 s over 5 runs: factor 2\.00/,
    },
    { outcome: 'pass', evidence: evidence(five(1000, 1500, 2250)), name: 'by one and a half' },
    { outcome: 'pass', evidence: evidence(five(500, 1000, 2000, 2000, 2000)), name: 'up to a cap' },
    {
      outcome: 'pass',
      evidence: evidence([
        [310, 1890, 640, 7300],
        [900, 120, 3700, 2100],
        [40, 1500, 2800, 5900],
        [760, 1990, 900, 300],
        [980, 700, 3900, 7800],
        [550, 1200, 1700, 4400],
        [130, 1700, 3300, 6600],
        [870, 400, 2500, 900],
        [420, 1100, 100, 7100],
        [690, 1800, 3600, 3500],
      ]),
      name: 'full jitter from 0, where single runs shrink',
    },
  ],
  constant: [
    { outcome: 'fail', evidence: evidence(five(1000, 1000, 1000)), says: /factor 1\.00/ },
    { outcome: 'fail', evidence: evidence(five(2000, 1000, 500)), name: 'shrinking' },
    { outcome: 'fail', evidence: evidence(five(1000, 1000)), name: 'two waits' },
  ],
  'too-few-waits': [
    { outcome: 'inconclusive', evidence: evidence(five(1000)), name: 'two attempts only' },
    { outcome: 'inconclusive', evidence: evidence(five()), name: 'one attempt only' },
    {
      outcome: 'inconclusive',
      evidence: evidence([...five(1000), [1000, 2000]]),
      name: 'a second wait in one run only',
    },
  ],
  'too-short': [{ outcome: 'inconclusive', evidence: evidence(five(5, 10, 20)) }],
  'grows-once': [
    {
      outcome: 'inconclusive',
      evidence: evidence(five(500, 1000, 1000, 1000)),
      says: /longer once, then alike/,
      name: 'a cap at twice the first wait',
    },
  ],
  unclear: [
    {
      outcome: 'inconclusive',
      evidence: {
        ...evidence([]),
        'client.outage': outage(
          [
            [394, 620],
            [461, 655],
            [540, 690],
            [610, 702],
            [677, 723],
          ],
          { timerLateMs: 40 },
        ),
      },
      says: /The machine was busy \(timers 40 ms late on average\): run again, or with --concurrency 2\.$/,
      name: '300 then 600 ms on a busy machine',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence([
        [1000, 1100],
        [700, 1450],
        [850, 900],
        [600, 1380],
        [950, 700],
      ]),
    },
  ],
});
