// How a client waits between attempts, from recordings alone: used to ask for more repeats, and by the judges.
import { type Attempt, UNNAMED } from '../proxy/recording.js';
import type { LaneRun } from './run.js';

/** Attempts of the operation that faults aim at; all of them where none is configured. */
export function attemptsOf(run: LaneRun): Attempt[] {
  return run.recording.attempts.filter((attempt) => attempt.target);
}

/** A call that the config does not describe, so that our answer to it is a guess. */
export function isUnnamed({ operation }: Attempt): boolean {
  return operation === UNNAMED;
}

/** Attempts of the first logical operation that was tried, in order: its body or its idempotency key tells it. */
export function attemptsOfFirst(run: LaneRun): Attempt[] {
  const all = attemptsOf(run);
  const first = all.find((attempt) => attempt.logical !== null);
  const key = first?.request.idempotencyKey ?? null;
  return all.filter(
    ({ logical, request }) =>
      logical === null || logical === first?.logical || (key !== null && request.idempotencyKey === key),
  );
}

/**
 * When the client may have had our answer, or met the cut, at the earliest, ms: we may learn late, on a busy machine,
 * that an answer is out, and its wait would seem shorter than it was.
 */
export function answeredAtMs({ ended, times }: Attempt): number {
  const outAtMs = times.endedAtMs ?? times.firstByteAtMs;
  return ended === 'complete' ? (times.answerFirstByteAtMs ?? outAtMs) : outAtMs;
}

/** From our answer (or the cut) to the first byte of the next attempt, ms. */
export function waitsOf(run: LaneRun): number[] {
  const attempts = attemptsOfFirst(run);
  return attempts
    .slice(1)
    .map((attempt, at) => Math.max(0, attempt.times.firstByteAtMs - answeredAtMs(attempts[at] ?? attempt)));
}

export interface Growth {
  /** Typical wait before each further attempt, ms: the median; under jitter the mean of the longer ones. */
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
// Asked for is 1.5; what schedulers add to a short first wait, and the scatter of jitter, take up to a tenth of it.
const ASKED = 1.5;
const GROWS = 1.35;
// Standard errors between what was seen and the other answer, by simulation (test/lanes/waits.test.ts): errors below one
// in a thousand. The first wait falls short more easily than it overshoots, so growth takes more than its absence.
const SURE = { grows: 4, constant: 2.6 };
// While more repeats may come the look is an additional one, and the stricter.
const EARLY = 1.2;
// Standard error of the logarithm of `upperMean`, times the number of repeats, for uniform jitter as wide as the wait
// (by simulation: 1.14 to 1.29); for narrower jitter it shrinks with its width.
const SCATTER = 1.25;
// Spread over upper mean: 0.9 to 1.1 on average under jitter from 0; a late run must not widen it further.
const WIDEST = 1.2;

/** `last`: no more repeats will come, so what is clear enough is decided. */
export function growthOf(waits: readonly (readonly number[])[], last: boolean): Growth {
  const columns = columnsOf(waits);
  const jittered = manyBeyond(columns, quietBound);
  const typicalMs = columns.map((column) => (jittered ? upperMean(column) : (median(column) ?? 0)));
  const base = { typicalMs, repeats: waits.length, factor: 1 };
  const [first] = typicalMs;
  if (typicalMs.length < 2 || first === undefined) return { ...base, verdict: 'too-few-waits' };
  const most = Math.max(...typicalMs);
  if (most < SHORTEST_MS) return { ...base, verdict: 'too-short' };
  const cap = typicalMs.findIndex((ms) => ms >= most * NEAR_CAP);
  const factor = cap === 0 ? 1 : ((typicalMs[cap] ?? first) / Math.max(1, first)) ** (1 / cap);
  if (!jittered) return { ...base, factor, verdict: factor >= GROWS ? 'grows' : 'constant' };
  // Jitter: the later half of the waits against the first, by what the scatter allows to tell.
  const { grown, error } = laterAgainstFirst(columns);
  const scatter = last ? error : error * EARLY;
  if (grown > SURE.grows * scatter && factor >= GROWS) return { ...base, factor, verdict: 'grows' };
  return { ...base, factor, verdict: grown + SURE.constant * scatter < Math.log(ASKED) ? 'constant' : 'unclear' };
}

/** Logarithm of later half over first wait, and its standard error. */
function laterAgainstFirst(columns: readonly (readonly number[])[]): { grown: number; error: number } {
  const logs = columns.map((column) => Math.log(Math.max(1, upperMean(column))));
  // The widest column stands for all: five draws of a wide jitter lie close together now and then.
  const width = Math.max(...columns.map((column) => spread(column) / Math.max(1, upperMean(column))));
  const variances = columns.map((column) => ((SCATTER / column.length) * Math.min(WIDEST, width)) ** 2);
  const half = Math.max(1, Math.ceil(columns.length / 2));
  const [later, laterVariances] = [logs.slice(half), variances.slice(half)];
  return {
    grown: mean(later) - (logs[0] ?? 0),
    error: Math.sqrt((variances[0] ?? 0) + mean(laterVariances) / laterVariances.length),
  };
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
  return mean(sorted.slice(0, Math.max(1, Math.round(sorted.length * 0.4))));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

export function spread(column: readonly number[]): number {
  return Math.max(...column) - Math.min(...column);
}

/** Without the longest: one run that the scheduler held up is no jitter. */
function trimmedSpread(column: readonly number[]): number {
  return spread(column.toSorted((a, b) => a - b).slice(0, Math.max(1, column.length - 1)));
}

// With up to four busy processes per core a reply at once took up to 5 times the mean lateness of this process's timers:
// who is woken by it has more to do than they.
export const AT_ONCE_MS = 15;
const NEIGHBOURS = 6;

/** What a client that answers at once needs at most on a machine as busy as it was during these runs, ms. */
export function atOnceMs(runs: readonly LaneRun[]): number {
  return AT_ONCE_MS + NEIGHBOURS * (median(runs.map((run) => run.recording.noise.timerLateMeanMs)) ?? 0);
}

// Measured on loaded machines, a fixed wait spread over up to 92 ms; 8 % is for long ones. Idle: 40 ms, 2 %.
const jitterBound =
  (busyMs: number): Bound =>
  (column) =>
    Math.max(100, upperMean(column) * 0.08, busyMs);
const quietBound: Bound = (column) => Math.max(40, upperMean(column) * 0.02);

type Bound = (column: readonly number[]) => number;

/** How many waits are longer than the shortest of their column by more than the bound. */
function beyond(columns: readonly (readonly number[])[], bound: Bound): number {
  return columns.flatMap((column) => column.filter((ms) => ms - Math.min(...column) > bound(column))).length;
}

/** Few long waits may be the scheduler's; a quarter of them are not. */
function manyBeyond(columns: readonly (readonly number[])[], bound: Bound): boolean {
  return beyond(columns, bound) >= Math.max(3, columns.flat().length / 4);
}

// The narrowest jitter that common clients have: axios-retry adds up to a fifth of the wait, got up to 100 ms.
const narrowestMs = (waitMs: number) => Math.max(1, Math.min(100, waitMs * 0.2));
/** So seldom may a jitter of that width be taken for none. */
const RARE = 4e-4;

/** The chance that waits with the narrowest jitter lie as close together as these, a late one in five aside. */
function chanceSoTight(columns: readonly (readonly number[])[]): number {
  const chances = columns.map((column) => {
    const sorted = column.toSorted((a, b) => a - b);
    const kept = sorted.length - Math.floor(sorted.length / 5);
    const [least = 0] = sorted;
    const share = ((sorted[kept - 1] ?? least) - least) / narrowestMs(least);
    return atLeast(kept - 1, sorted.length, Math.min(1, share));
  });
  // Fisher's method: several columns that are rather tight tell as much as one that is very tight.
  const product = Math.max(
    Number.MIN_VALUE,
    chances.reduce((all, one) => all * one, 1),
  );
  let [sum, term] = [0, 1];
  for (let at = 0; at < chances.length; at += 1) {
    sum += term;
    term *= -Math.log(product) / (at + 1);
  }
  return product * sum;
}

/** Chance of at least `hits` in so many tries: also that so many uniform draws beyond the least lie within `share`. */
function atLeast(hits: number, tries: number, share: number): number {
  let sum = 0;
  let ways = 1;
  for (let at = 0; at <= tries; at += 1) {
    if (at >= hits) sum += ways * share ** at * (1 - share) ** (tries - at);
    ways *= (tries - at) / (at + 1);
  }
  return sum;
}

export type Jitter = 'jitters' | 'none' | 'unclear' | 'too-few';

/** Whether the same wait differs between repeats by more than a busy machine explains (`atOnceMs`); a fixed first wait is left out. */
export function jitterOf(
  waits: readonly (readonly number[])[],
  busyMs: number,
): {
  verdict: Jitter;
  spreadMs: number;
  typicalMs: number;
} {
  const columns = columnsOf(waits);
  const judged = (columns.length > 1 ? columns.slice(1) : columns).filter((one) => one.length >= FEWEST_REPEATS);
  const widest = judged.toSorted((a, b) => trimmedSpread(b) - trimmedSpread(a))[0];
  if (widest === undefined) return { verdict: 'too-few', spreadMs: 0, typicalMs: 0 };
  // A busy machine makes some waits late, seldom half of them; jitter spreads the middle of them, too.
  const bound = jitterBound(busyMs);
  const spreads = judged.some((column) => (median(column) ?? 0) - Math.min(...column) > bound(column));
  const jitters = spreads && manyBeyond(judged, bound);
  const none = chanceSoTight(judged) < RARE;
  return {
    verdict: jitters ? 'jitters' : none ? 'none' : 'unclear',
    spreadMs: trimmedSpread(widest),
    typicalMs: upperMean(widest),
  };
}

export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
