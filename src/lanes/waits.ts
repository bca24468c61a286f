// How a client waits between attempts, from recordings alone: used to ask for more repeats, and by the judges.
import type { Attempt } from '../proxy/recording.js';
import type { LaneRun } from './run.js';

/** Attempts of the operation that faults aim at; all of them where none is configured. */
export function attemptsOf(run: LaneRun): Attempt[] {
  return run.recording.attempts.filter((attempt) => attempt.target);
}

/** Attempts of the first logical operation that was tried, in order. */
export function attemptsOfFirst(run: LaneRun): Attempt[] {
  const all = attemptsOf(run);
  const first = all.find((attempt) => attempt.logical !== null)?.logical;
  return all.filter((attempt) => attempt.logical === first || attempt.logical === null);
}

/** From the end of our answer (or of the cut) to the first byte of the next attempt, ms. */
export function waitsOf(run: LaneRun): number[] {
  const attempts = attemptsOfFirst(run);
  return attempts
    .slice(1)
    .map((attempt, at) =>
      Math.max(0, attempt.times.firstByteAtMs - (attempts[at]?.times.endedAtMs ?? attempt.times.firstByteAtMs)),
    );
}

export interface Growth {
  /** Typical wait before each further attempt, ms: the mean of the longer ones over the repeats. */
  typicalMs: readonly number[];
  repeats: number;
  /** Factor from wait to wait until the cap. */
  factor: number;
  verdict: 'grows' | 'constant' | 'unclear' | 'too-few-waits' | 'too-short';
}

// Waits below this are within what timers and schedulers add of themselves.
const SHORTEST_MS = 150;
export const FEWEST_REPEATS = 5;
const NEAR_CAP = 0.8;
// A policy without jitter shows its factor exactly; one with jitter shows it only within these bounds.
const EXACT = { grows: 1.45, constant: 1.45 };
const SURE = { grows: 1.6, constant: 1.15 };
const LAST = { grows: 1.5, constant: 1.25 };

/** `last`: no more repeats will come, so what is clear enough is decided. */
export function growthOf(waits: readonly (readonly number[])[], last: boolean): Growth {
  const columns = columnsOf(waits);
  const typicalMs = columns.map(upperMean);
  const base = { typicalMs, repeats: waits.length, factor: 1 };
  const [first] = typicalMs;
  if (typicalMs.length < 2 || first === undefined) return { ...base, verdict: 'too-few-waits' };
  const most = Math.max(...typicalMs);
  if (most < SHORTEST_MS) return { ...base, verdict: 'too-short' };
  const cap = typicalMs.findIndex((ms) => ms >= most * NEAR_CAP);
  const factor = cap === 0 ? 1 : ((typicalMs[cap] ?? first) / Math.max(1, first)) ** (1 / cap);
  const jittered = columns.some((column) => spread(column) > Math.max(100, upperMean(column) * 0.08));
  const bounds = jittered ? (last ? LAST : SURE) : EXACT;
  if (factor >= bounds.grows) return { ...base, factor, verdict: 'grows' };
  return { ...base, factor, verdict: factor <= bounds.constant ? 'constant' : 'unclear' };
}

/** The n-th waits of all repeats, for as many n as most repeats have. */
export function columnsOf(waits: readonly (readonly number[])[]): number[][] {
  const longest = Math.max(0, ...waits.map((one) => one.length));
  const columns = Array.from({ length: longest }, (_, at) =>
    waits.flatMap((one) => (one[at] === undefined ? [] : [one[at]])),
  );
  const enough = Math.max(1, Math.min(FEWEST_REPEATS, Math.ceil(waits.length * 0.8)));
  return columns.filter((column) => column.length >= enough);
}

/** Mean of the longest two fifths: the envelope, without trusting one late run. */
function upperMean(column: readonly number[]): number {
  const sorted = column.toSorted((a, b) => b - a);
  const kept = sorted.slice(0, Math.max(1, Math.round(sorted.length * 0.4)));
  return kept.reduce((sum, ms) => sum + ms, 0) / kept.length;
}

export function spread(column: readonly number[]): number {
  return Math.max(...column) - Math.min(...column);
}

export type Jitter = 'jitters' | 'none' | 'unclear' | 'too-few';

/** Whether the same wait differs between repeats by more than timers do; a fixed first wait is left out. */
export function jitterOf(waits: readonly (readonly number[])[]): {
  verdict: Jitter;
  spreadMs: number;
  typicalMs: number;
} {
  const columns = columnsOf(waits);
  const judged = columns.length > 1 ? columns.slice(1) : columns;
  const widest = judged.toSorted((a, b) => spread(b) - spread(a))[0];
  if (widest === undefined || widest.length < FEWEST_REPEATS) return { verdict: 'too-few', spreadMs: 0, typicalMs: 0 };
  const [spreadMs, typicalMs] = [spread(widest), upperMean(widest)];
  const verdict =
    spreadMs > Math.max(100, typicalMs * 0.08)
      ? 'jitters'
      : spreadMs < Math.max(40, typicalMs * 0.02)
        ? 'none'
        : 'unclear';
  return { verdict, spreadMs, typicalMs };
}

export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
