import { atOnceMs, waitsIn } from '../../evidence/lateness.js';
import type { AskedEvidence, LanesEvidence } from '../../evidence/map.js';
import type { LaneRun } from '../../evidence/run.js';
import { ownFirstWaitsMs } from '../../evidence/usual.js';
import { answeredAtMs, median } from '../../evidence/waits.js';
import { fail, inconclusive, pass } from '../define.js';
import type { Verdict } from '../verdict.js';
import { type Attempt, failedControl, ids, seconds, timelineOf, triesOf, withoutTries } from './clients.js';

// Of 1,069 measured waits none was short by more; the latest overshot by 1.08 s.
const EARLY_TOLERANCE_MS = 50;
const LATE_TOLERANCE_MS = 1500;
const LATEST_FACTOR = 3;
// Waits that differ by less are alike.
const ALIKE_MS = 10;
// So many times what a wait is usually measured longer.
const LATEST_USUAL = 6;

export const ASKED_WAIT_BOUNDS = [
  `Coming back up to ${EARLY_TOLERANCE_MS} ms before the time asked for is not too early.`,
  `Coming back after more than ${LATEST_FACTOR} times the time asked for, and ${LATE_TOLERANCE_MS / 1000} s on top, is too late.`,
] as const;

export interface Asking {
  /** What the answer asks for, ms from when the client may have had it; NaN: nothing that can be read. */
  askedMs(run: LaneRun, attempt: Attempt): number;
  /** How much less the form itself can mean. */
  grainMs: number;
  /** It asks in seconds, which some take for milliseconds. */
  inSeconds: boolean;
}

export interface AskedLanes {
  control: LanesEvidence;
  under: AskedEvidence;
  /** Where the client waited of its own accord. */
  unasked: readonly LanesEvidence[];
}

export function retryAfterOf(attempt: Attempt): string | undefined {
  return attempt.answer?.headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1];
}

/** Whether it came back after a thousandth, but for the client's usual delay; not where it always does so. */
export function looksLikeMilliseconds(
  run: LaneRun,
  { askedMs, waitedMs, own }: { askedMs: number; waitedMs: number; own: readonly number[] },
): boolean {
  const delayMs = atOnceMs(waitsIn([run]).lateness);
  const isThousandth = waitedMs >= askedMs / 1000 - 1 && waitedMs <= askedMs / 1000 + delayMs;
  const usualMs = median(own);
  const always = usualMs !== null && Math.abs(usualMs - waitedMs) <= Math.max(ALIKE_MS, Math.min(waitedMs, delayMs));
  return isThousandth && !always;
}

/** What a verdict says then, and the fact that it names. */
export const MILLISECONDS = {
  words: ' (seconds taken for milliseconds?)',
  figures: { fact: 'seconds-taken-for-milliseconds' },
} as const;

/** It sends no call again, so it comes back neither too early nor too late; null: it was asked to. */
export function neverAskedAgain(control: LanesEvidence, { runs, never }: AskedEvidence): Verdict | null {
  if (never === undefined) return null;
  const failed = failedControl(control);
  if (failed !== null) return failed;
  return pass(
    'never-retries',
    `It sends no call again, whatever it is answered with (one attempt each on ${[...new Set(runs.map(({ label }) => label))].join(', ')}).`,
    runs.flatMap((run) => ids(run)),
  );
}

/** Whether the client came back when it was asked to: not before, and not long after. */
export function judgeAskedWait({ control, under, unasked }: AskedLanes, asking: Asking): Verdict {
  const unable = neverAskedAgain(control, under) ?? withoutTries(control, under);
  if (unable !== null) return unable;
  const own = ownFirstWaitsMs(...unasked);
  const ownMs = Math.max(0, ...own);
  const told: string[] = [];
  for (const run of under.runs) {
    const [first, next] = triesOf(run, control);
    const askedMs = first === undefined ? Number.NaN : asking.askedMs(run, first);
    if (first === undefined || Number.isNaN(askedMs))
      return inconclusive('not-asked', `The ${run.label} carried no Retry-After.`, ids(run));
    const askedAtMs = answeredAtMs(first);
    const { lateness } = waitsIn([run]);
    const latestMs = askedMs * LATEST_FACTOR + Math.max(LATE_TOLERANCE_MS, LATEST_USUAL * lateness.usualMs);
    if (next === undefined && run.ended === 'patience' && run.recording.durationMs - askedAtMs <= latestMs)
      return inconclusive(
        'still-waiting',
        `On ${run.label} it was asked to wait ${seconds(askedMs)} and was still waiting when client.patience ended.`,
        ids(run),
      );
    if (next === undefined && run.ended !== 'patience') {
      told.push(`${run.label}: gave up instead of waiting`);
      continue;
    }
    const waitedMs = (next?.times.firstByteAtMs ?? run.recording.durationMs) - askedAtMs;
    const figures = {
      expected: `${seconds(askedMs)} to ${seconds(latestMs)}`,
      measured: seconds(waitedMs),
      timeline: timelineOf(run),
      due: { fromMs: Math.round(askedMs), untilMs: Math.round(latestMs) },
    };
    const asked = `On ${run.label} it was asked to wait ${seconds(askedMs)}`;
    if (next === undefined)
      return fail('too-late', `${asked} and had not come back after ${seconds(waitedMs)}.`, ids(run), figures);
    const story = `${asked} and came back after ${seconds(waitedMs)}`;
    if (waitedMs < askedMs - EARLY_TOLERANCE_MS - asking.grainMs) {
      const guess = asking.inSeconds && looksLikeMilliseconds(run, { askedMs, waitedMs, own }) ? MILLISECONDS : null;
      return fail('too-early', `${story}${guess?.words ?? ''}.`, ids(run), { ...figures, ...guess?.figures });
    }
    if (waitedMs > latestMs) return fail('too-late', `${story}.`, ids(run), figures);
    if (ownMs >= askedMs - EARLY_TOLERANCE_MS - asking.grainMs)
      return inconclusive(
        'own-wait',
        `${story}, but its own waits are up to ${seconds(ownMs)}, too.`,
        ids(run),
        figures,
      );
    told.push(`${run.label}: waited ${seconds(waitedMs)} of ${seconds(askedMs)} asked`);
  }
  const at = under.runs.flatMap((run) => ids(run));
  const waited = under.runs.some((run) => triesOf(run, control).length > 1);
  return pass(waited ? 'waited' : 'gave-up', `${told.join('; ')}.`, at);
}
