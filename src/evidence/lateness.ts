// How late waits are measured on this machine, by what the lanes noticed of it. Waits are never measured short.
import { FEWEST_REPEATS } from './repeats.js';
import type { LaneRun } from './run.js';
import { attemptsOf, attemptsOfFirst, MOST_PLACES, mean, median, waitsOf } from './waits.js';

/** What one run shows of the client's waits, and of the machine. */
export interface Timed {
  waitsMs: readonly number[];
  /** How late the timers of its lane were on average, or where its waits ended, if that is more. */
  timersMs: number;
  /** From the beginning of the lane to the first request. */
  startMs: number;
  /** No other client started beside it. */
  isQuiet: boolean;
}

export interface Lateness {
  /** How late timers were on average, ms. */
  timersMs: number;
  /** By how much a wait is measured longer on average, at most, ms. */
  usualMs: number;
  /** How much longer the first wait takes than others, ms. */
  warmUpMs: number;
}

export interface Waits {
  /** `[run][number]` */
  waits: readonly (readonly number[])[];
  lateness: Lateness;
}

// Who is woken has more to do than our timers, and shares the machine with its like: `npm run matrix -- waits`.
const LEAST_MS = 14;
const NEIGHBOURS = 3;
// Alone, only the client itself adds to its waits: the slower it is here, the more.
const LEAST_ALONE_MS = 6;
const ALONE_OF_START = 0.04;
// Warm-up of the first retry: code that runs for the first time, as at the start.
const WARM_UP = 0.15;
const WARM_UP_MS = 20;
const WARM_UP_ALONE = 0.1;
const WARM_UP_ALONE_MS = 5;
// Runs on a machine as busy as that are worth nothing beside ones on a quiet one.
const BUSIER = 2;
const QUIET_MS = 4;

/** A lane whose own timer came this late is too noisy to judge time by. */
export const NOISY_MS = 150;

/** Held up so long, a client may give up on an answer that was sent well in time. */
export const HELD_UP_MS = 800;

export function timedOf(run: LaneRun): Timed {
  return {
    waitsMs: waitsOf(run),
    timersMs: Math.max(run.recording.noise.timerLateMeanMs, lateAtWaitsMs(run)),
    startMs: attemptsOf(run)[0]?.times.firstByteAtMs ?? 0,
    isQuiet: run.quiet === true,
  };
}

/** How late timers were on average in the seconds in which the waits ended that are judged. */
function lateAtWaitsMs(run: LaneRun): number {
  const bySecond = run.recording.noise.timerLateBySecondMs ?? [];
  const ends = attemptsOfFirst(run).slice(1, 2 + MOST_PLACES);
  const late = ends.map((attempt) => {
    const second = Math.floor(attempt.times.firstByteAtMs / 1000);
    return Math.max(0, ...bySecond.slice(Math.max(0, second - 1), second + 1));
  });
  return mean(late);
}

export function waitsIn(runs: readonly LaneRun[]): Waits {
  return waitsAmong(runs.map(timedOf));
}

/** The runs that the machine disturbed least, enough of them, and how late it made them. */
export function waitsAmong(runs: readonly Timed[]): Waits {
  const alone = runs.filter((run) => run.isQuiet);
  const pool = alone.length < FEWEST_REPEATS ? runs : alone;
  const sorted = pool.map((run) => run.timersMs).toSorted((a, b) => a - b);
  const mostMs = Math.max(QUIET_MS, (sorted[Math.min(FEWEST_REPEATS, sorted.length) - 1] ?? 0) * BUSIER);
  const kept = pool.filter((run) => run.timersMs <= mostMs);
  const timersMs = mean(kept.map((run) => run.timersMs));
  const startMs = median(kept.map((run) => run.startMs)) ?? 0;
  const leastMs = pool === alone ? Math.max(LEAST_ALONE_MS, Math.min(LEAST_MS, ALONE_OF_START * startMs)) : LEAST_MS;
  const warmUpMs = pool === alone ? WARM_UP_ALONE_MS + WARM_UP_ALONE * startMs : WARM_UP_MS + WARM_UP * startMs;
  return {
    waits: kept.map((run) => run.waitsMs),
    lateness: { timersMs, usualMs: Math.max(leastMs, NEIGHBOURS * timersMs), warmUpMs },
  };
}

/** What this machine adds to a wait beyond what a quiet one does, ms. */
export function beyondQuietMs({ usualMs }: Lateness): number {
  return Math.max(0, usualMs - LEAST_MS);
}

const AT_ONCE_USUAL = 3;

/** What a client that retries at once needs, 19 times of 20: so much longer its first wait is measured. */
export function atOnceMs(lateness: Lateness): number {
  return lateness.warmUpMs + AT_ONCE_USUAL * lateness.usualMs;
}

// What is rarely late by much more: so many waits in a hundred, on a scale so much longer.
const RARELY = 0.04;
const LONGER = 4;
const LEAST_RARE_MS = 60;

/** Chance that a wait is measured longer by more than that, where `scaleMs` is usual. */
export function lateBeyond(ms: number, scaleMs: number): number {
  if (ms <= 0) return 1;
  return (1 - RARELY) * Math.exp(-ms / scaleMs) + RARELY / (1 + ms / Math.max(LEAST_RARE_MS, scaleMs * LONGER));
}

/** Chance, per ms, that it is measured longer by just that. */
export function lateBy(ms: number, scaleMs: number): number {
  const rareMs = Math.max(LEAST_RARE_MS, scaleMs * LONGER);
  return ((1 - RARELY) * Math.exp(-ms / scaleMs)) / scaleMs + RARELY / rareMs / (1 + ms / rareMs) ** 2;
}
