// Whether waits differ from run to run by more than the machine explains.

import { atOnceMs, type Lateness, lateBeyond, lateBy } from './lateness.js';
import { FEWEST_REPEATS } from './repeats.js';
import { columnsOf, MOST_PLACES, median } from './waits.js';

export type JitterVerdict = 'jitters' | 'none' | 'unclear' | 'too-few' | 'too-short';

export interface Jitter {
  verdict: JitterVerdict;
  /** Of the widest of the judged waits, without its longest one. */
  spreadMs: number;
  typicalMs: number;
}

// Natural logarithms of how much likelier the verdict must be than the other one, by simulation.
const SURE = { jitters: 5, none: 7.5 };
// Less is a client's own unrest: fixed waits spread so far on an idle machine.
export const LEAST_SPREAD_MS = 40;
// The client may be worse off than our timers.
const WORSE = [0.25, 0.5, 1, 2, 3];
const WIDTHS_MS = [50, 100, 200, 400, 800, 1600, 3200, 6400];

/** Of waits `[run][number]`. The first carries the client's warm-up and is left out where there are others. */
export function jitterOf(waits: readonly (readonly number[])[], lateness: Lateness): Jitter {
  const columns = columnsOf(waits);
  const judged = (columns.length > 1 ? columns.slice(1, 1 + MOST_PLACES) : columns)
    .filter((one) => one.length >= FEWEST_REPEATS)
    .map((column) => column.toSorted((a, b) => a - b));
  const widest = judged.toSorted((a, b) => trimmedSpread(b) - trimmedSpread(a))[0];
  if (widest === undefined) return { verdict: 'too-few', spreadMs: 0, typicalMs: 0 };
  return {
    verdict: verdictOf(judged, lateness),
    spreadMs: trimmedSpread(widest),
    typicalMs: median(widest) ?? 0,
  };
}

function verdictOf(judged: readonly (readonly number[])[], lateness: Lateness): JitterVerdict {
  const { usualMs } = lateness;
  const beyond = judged.map((column) => column.slice(1).map((ms) => ms - (column[0] ?? ms)));
  const scales = WORSE.map((times) => usualMs * times);
  const late = scales.map((scale) => sum(beyond.flat().map((ms) => Math.log(lateBy(ms, scale)))));
  const wide = sum(beyond.map((column) => wideLikelihood(column, usualMs)));
  if (wide - Math.max(...late) > SURE.jitters && judged.some((column) => trimmedSpread(column) >= LEAST_SPREAD_MS))
    return 'jitters';
  // The narrowest jitter could not lie closer than evenly over its width, wherever its least wait is.
  const narrow = sum(
    judged.map((column) => Math.log(column.length) - (column.length - 1) * Math.log(narrowestMs(column[0] ?? 0))),
  );
  if (logMean(late) - narrow > SURE.none) return 'none';
  return judged.every((column) => (median(column) ?? 0) <= atOnceMs(lateness)) ? 'too-short' : 'unclear';
}

/** The narrowest jitter that common clients have: axios-retry adds up to a fifth of the wait, got up to 100 ms. */
function narrowestMs(waitMs: number): number {
  return Math.max(1, Math.min(100, waitMs * 0.2));
}

/** Logarithm of the chance of these waits, beyond the least, under jitter of one width or another. */
function wideLikelihood(beyond: readonly number[], scaleMs: number): number {
  return logMean(
    WIDTHS_MS.map((width) =>
      sum(
        beyond.map((ms) => {
          const within = lateBeyond(ms + scaleMs - width, scaleMs) - lateBeyond(ms + scaleMs, scaleMs);
          return Math.log(Math.max(Number.MIN_VALUE, within / width));
        }),
      ),
    ),
  );
}

function logMean(logs: readonly number[]): number {
  const most = Math.max(...logs);
  return most + Math.log(sum(logs.map((log) => Math.exp(log - most))) / logs.length);
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}

/** Without the longest: one run that the scheduler held up is no jitter. */
function trimmedSpread(sorted: readonly number[]): number {
  return (sorted.at(-2) ?? sorted[0] ?? 0) - (sorted[0] ?? 0);
}
