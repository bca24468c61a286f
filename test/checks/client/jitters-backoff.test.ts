import check from '../../../src/checks/client/jitters-backoff.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { control, outage, unableToRetry } from '../../helpers/lane.js';

const evidence = (waits: readonly (readonly number[])[]) => ({
  'client.control': control(),
  'client.outage': outage(waits),
});

judgeCases(check, {
  ...unableToRetry((control, under) => ({ 'client.control': control, 'client.outage': under })),
  jitters: [
    {
      outcome: 'pass',
      evidence: evidence([1000, 1400, 1900, 1200, 1600].map((ms) => [500, ms])),
      says: /0\.6 s in 5 runs/,
    },
    { outcome: 'pass', evidence: evidence([500, 900, 700, 650, 800].map((ms) => [ms])), name: 'its only wait' },
    {
      outcome: 'pass',
      evidence: evidence([10, 1900, 700, 1300, 400].map((ms) => [ms / 2, ms])),
      name: 'full jitter from 0',
    },
  ],
  none: [
    { outcome: 'fail', evidence: evidence([0, 5, 9, 14, 20].map((ms) => [500, 1000 + ms, 2000])), says: /14 ms/ },
    {
      outcome: 'fail',
      evidence: evidence([0, 400, 9, 14, 20].map((ms) => [500 + ms, 1000, 2000])),
      name: 'a first wait that a busy machine spread is left out',
    },
    {
      outcome: 'fail',
      evidence: evidence([0, 5, 9, 14, 220, 3, 8].map((ms) => [500, 1000 + ms, 2000])),
      name: 'one run that was held up',
    },
  ],
  'too-short': [
    {
      outcome: 'inconclusive',
      evidence: evidence([0, 5, 9, 14, 20].map((ms) => [ms, 3 + ms])),
      says: /time of an immediate retry/,
    },
  ],
  unclear: [
    {
      outcome: 'inconclusive',
      evidence: {
        ...evidence([]),
        'client.outage': outage(
          [0, 50, 190, 140, 320].map((ms) => [500, 1000 + ms]),
          { timerLateMs: 60 },
        ),
      },
      says: /The machine was busy \(timers 60 ms late on average\)/,
      name: 'a spread that a busy machine makes',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence([0, 5, 9, 14, 20].map((ms) => [500, 1000 + ms])),
      name: 'five waits may lie close together',
    },
    { outcome: 'inconclusive', evidence: evidence([0, 5, 9, 14, 70].map((ms) => [500, 1000 + ms])) },
  ],
  'too-few': [
    { outcome: 'inconclusive', evidence: evidence([[], [], [], [], []]) },
    {
      outcome: 'inconclusive',
      evidence: evidence([
        [500, 900],
        [800, 1900],
        [600, 1200],
        [510, 2200],
      ]),
      name: 'four runs',
    },
  ],
});
