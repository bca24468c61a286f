import check from '../../../src/checks/client/slows-down-when-limited.js';
import type { LaneRun } from '../../../src/evidence/run.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { type LaneInput, lane } from '../../helpers/lane.js';
import { unableWorkload, workload } from '../../helpers/workloads.js';

const free = (gapMs: number, calls = 10, repeat = 1) =>
  workload(
    'burst',
    Array.from({ length: calls }, () => ({ waitMs: gapMs - 5 })),
    { repeat },
  );
/** The wait before each call after the first. */
const limited = (waitsMs: readonly number[]): LaneInput => ({
  attempts: [{ status: 429 }, ...waitsMs.map((waitMs) => ({ status: 429, waitMs: waitMs - 5 }))],
});
const evenly = (gapMs: number, calls = 10) => limited(Array.from({ length: calls - 1 }, () => gapMs));
const evidence = (without: readonly LaneRun[], under: readonly LaneRun[]) => ({
  'client.limited': { operation: 'create', free: without, limited: under },
});
const under429 = (...inputs: readonly LaneInput[]) =>
  inputs.map((input, at) => lane({ label: 'workload burst under 429', repeat: at + 1, ...input }));
const pair = (without: LaneRun, ...under: readonly LaneInput[]) => evidence([without], under429(...under));

judgeCases(check, {
  ...unableWorkload((runs) => evidence(runs, under429(evenly(100)))),
  'too-few': [
    { outcome: 'inconclusive', evidence: pair(free(100, 4), evenly(100)), says: /sends 4 calls/ },
    {
      outcome: 'inconclusive',
      evidence: evidence([free(100), free(100, 4, 2)], under429(evenly(100))),
      name: 'in one of two runs',
    },
  ],
  'fault-not-met': [
    { outcome: 'inconclusive', evidence: pair(free(100), { attempts: [] }) },
    {
      outcome: 'inconclusive',
      evidence: pair(free(100), { attempts: Array.from({ length: 10 }, () => ({ fault: 'the client had gone' })) }),
      name: 'the client never waited for an answer',
    },
  ],
  stopped: [
    { outcome: 'pass', evidence: pair(free(100), evenly(300, 4), evenly(300, 5)), says: /4 and 5 of 10 calls/ },
  ],
  slower: [
    { outcome: 'pass', evidence: pair(free(100), evenly(400), evenly(350)) },
    { outcome: 'pass', evidence: pair(free(100), evenly(400), evenly(300, 4)), name: 'or it stopped' },
    {
      outcome: 'pass',
      evidence: pair(free(100), limited([100, 100, 200, 400, 800, 1600, 3200])),
      name: 'from call to call',
    },
    {
      outcome: 'pass',
      evidence: pair(free(100), limited([100, 100, 100, 100, 100, 230, 230, 230, 230])),
      name: 'in the later half of what it sent',
    },
    { outcome: 'pass', evidence: pair(free(10), evenly(250)), name: 'a quick workload' },
  ],
  'same-pace': [
    { outcome: 'fail', evidence: pair(free(100), evenly(100), evenly(104)), says: /0\.1 s and 0\.1 s between calls/ },
    { outcome: 'fail', evidence: pair(free(100), evenly(50)), name: 'and even faster' },
    { outcome: 'fail', evidence: pair(free(100), evenly(120)), name: 'a fifth slower is the scatter of a machine' },
    { outcome: 'fail', evidence: pair(free(100), evenly(100, 6)), name: 'and gives up in the middle' },
    {
      outcome: 'fail',
      evidence: evidence([free(100), free(300, 10, 2)], under429(evenly(250))),
      name: 'no slower than it sometimes is without a limit',
    },
    { outcome: 'fail', evidence: pair(free(6), evenly(9)), name: 'a quick workload' },
  ],
  'sent-at-once': [
    {
      outcome: 'inconclusive',
      evidence: pair(free(6), {
        attempts: Array.from({ length: 10 }, (_, at) => ({ status: 429, heldMs: 50, waitMs: at === 0 ? 0 : -49 })),
      }),
    },
  ],
  unclear: [
    { outcome: 'inconclusive', evidence: pair(free(100), evenly(160)) },
    { outcome: 'inconclusive', evidence: pair(free(100), evenly(100), evenly(400)), name: 'two runs that differ' },
    { outcome: 'inconclusive', evidence: pair(free(6), evenly(20)), name: 'within what scheduling adds' },
  ],
});
