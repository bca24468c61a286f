import { waitsIn } from '../../evidence/lateness.js';
import type { LaneRun } from '../../evidence/run.js';
import { attemptsOf } from '../../evidence/waits.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { cutShort, ids, metFault, seconds } from '../shared/clients.js';
import { busyNote } from '../shared/machine.js';
import { withoutWorkload } from '../shared/workloads.js';

// Fewer calls have no rate.
const FEWEST_CALLS = 5;
// Scheduling adds this much to a gap, and may stretch any of them by half.
const NOISE_MS = 20;
const SLOWER = 2;
const SAME = 1.3;

type Pace = 'stopped' | 'slower' | 'same' | 'unclear' | 'too-few';

function meanGapMs(startsMs: readonly number[]): number {
  return ((startsMs.at(-1) ?? 0) - (startsMs[0] ?? 0)) / Math.max(1, startsMs.length - 1);
}

function startsOf(run: LaneRun): number[] {
  return attemptsOf(run).map((attempt) => attempt.times.firstByteAtMs);
}

/** The later half of what it sent once it could know of the limit, against its usual pace. */
function paceOf(
  limited: LaneRun,
  usualMs: number,
  usualCalls: number,
  freeLateMs: number,
): { pace: Pace; gapMs: number } {
  const knowsAtMs = attemptsOf(limited).find((attempt) => attempt.fault?.missed === null)?.times.endedAtMs ?? 0;
  const after = startsOf(limited).filter((startMs) => startMs > knowsAtMs);
  const gapMs = meanGapMs(after.slice(Math.floor(after.length / 2)));
  if (startsOf(limited).length <= usualCalls / 2) return { pace: 'stopped', gapMs };
  if (after.length < FEWEST_CALLS) return { pace: 'too-few', gapMs };
  // What the machine added to these gaps is no slowing down; what it added to the others may hide one.
  const lateMs = Math.max(NOISE_MS, 2 * waitsIn([limited]).lateness.usualMs);
  if (gapMs >= usualMs * SLOWER && gapMs - usualMs >= lateMs) return { pace: 'slower', gapMs };
  if (freeLateMs > NOISE_MS && gapMs > (usualMs - freeLateMs) * SAME) return { pace: 'unclear', gapMs };
  return { pace: gapMs <= usualMs * SAME || gapMs - usualMs < NOISE_MS / 4 ? 'same' : 'unclear', gapMs };
}

export default defineCheck({
  id: 'slows-down-when-limited',
  kind: 'client',
  topic: 'Rate limits',
  severity: 'major',
  title: 'Under a lasting 429 it slows down',
  why: 'A client that keeps its pace against a limit stays limited, and some providers then block the key.',
  fix: 'Let a 429 slow the whole client down, not the one call alone: a shared limiter, or a pause of the queue.',
  refs: ['https://www.rfc-editor.org/rfc/rfc6585#section-4'],
  bounds: [
    `It takes ${FEWEST_CALLS} calls to have a rate.`,
    `Slower: the time between calls grows ${SLOWER} times. The same: it grows less than ${SAME} times. Between them it is open.`,
  ],
  needs: ['client.limited'],

  takesRepeats: (_evidence, code) => ['slower', 'same-pace', 'unclear'].includes(code),

  judge({ 'client.limited': { free, limited } }) {
    const unable = withoutWorkload(free) ?? cutShort(limited);
    if (unable !== null) return unable;
    const calls = Math.min(...free.map((run) => startsOf(run).length));
    if (calls < FEWEST_CALLS)
      return inconclusive(
        'too-few',
        `The workload sends ${plural(calls, 'call')}; ${FEWEST_CALLS} at least have a rate.`,
        free.flatMap((run) => ids(run)),
      );
    const unmet = limited.find((run) => !metFault(run));
    if (unmet !== undefined)
      return inconclusive('fault-not-met', 'Under 429 no call of the operation was answered.', ids(unmet));
    // The slowest of what it does without limits is what it must be slower than.
    const usualMs = Math.max(...free.map((run) => meanGapMs(startsOf(run))));
    const { lateness } = waitsIn(free);
    const paces = limited.map((run) => paceOf(run, usualMs, calls, lateness.usualMs));
    const at = limited.flatMap((run) => ids(run));
    const gap = `${paces.map(({ gapMs }) => seconds(gapMs)).join(' and ')} between calls`;
    const story = `${gap} under 429, ${seconds(usualMs)} without`;
    const every = (...some: readonly Pace[]) => paces.every(({ pace }) => some.includes(pace));
    if (every('stopped'))
      return pass(
        'stopped',
        `Under 429 it stopped after ${limited.map((run) => startsOf(run).length).join(' and ')} of ${calls} calls.`,
        at,
      );
    const figures = { expected: `well over ${seconds(usualMs)} between calls`, measured: gap };
    if (every('slower', 'stopped')) return pass('slower', `Two runs: ${story}.`, at, figures);
    if (every('same')) return fail('same-pace', `It keeps its pace: ${story}.`, at, figures);
    if (every('too-few'))
      return inconclusive('sent-at-once', 'It had sent nearly everything before the first 429 was answered.', at);
    return inconclusive('unclear', `No clear difference: ${story}.${busyNote(lateness)}`, at, figures);
  },
});
