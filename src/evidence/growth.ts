// Whether waits grow from attempt to attempt, by more than the machine or their jitter explains.
import { mayBeAtOnce } from './first-wait.js';
import { jitterOf } from './jitter.js';
import type { Lateness } from './lateness.js';
import { columnsOf, MOST_PLACES, mean, median, spread } from './waits.js';

export type GrowthVerdict = 'grows' | 'constant' | 'grows-once' | 'unclear' | 'too-few-waits' | 'too-short';

export interface Growth {
  verdict: GrowthVerdict;
  /** Typical wait before each further attempt, ms: the median; under jitter the mean of the longer ones. */
  typicalMs: readonly number[];
  repeats: number;
  /** Typical factor from wait to wait until the cap. */
  factor: number;
}

type Columns = readonly (readonly number[])[];
interface Judged {
  columns: Columns;
  /** How much longer the first of them may have been measured than the others. */
  warmUpMs: number;
}
type Told = 'grows' | 'constant' | 'unclear';

/** Waits below this are within what timers and schedulers add of themselves. */
export const SHORTEST_MS = 40;
// And below so many times what is usual here they are within what this machine adds: a quieter one may tell.
const SHORTEST_USUAL = 8;
const NEAR_CAP = 0.8;
// By the number of waits that are compared: over three and more, less is left of growth that reaches a cap.
const ASKED: Readonly<Record<number, number>> = { 2: 1.5, 3: 1.35 };
const ASKED_OF_MORE = 1.2;
// Asked for is 1.5; what schedulers add to a short wait, and the scatter of jitter, take up to a tenth of it.
export const GROWS = 1.35;
// Standard errors between what was seen and the other answer, by simulation (`npm run matrix -- waits`).
const SURE = { grows: 5.2, constant: 4, constantOfMore: 3.2 };
// While more repeats may come the look is an additional one, and the stricter.
const EARLY = 1.2;
// Standard error of the logarithm of `upperMean`, times the number of repeats, for uniform jitter as wide as the wait
// (by simulation: 1.14 to 1.29); for narrower jitter it shrinks with its width.
const SCATTER = 1.25;
// Of few repeats it errs further than its standard error tells.
const FEW = 3;
// Spread over upper mean: 0.9 to 1.1 on average under jitter from 0; a late run must not widen it further.
const WIDEST = 1.2;
// Of five waits or more the least is late by less, and the longer ones are on average.
const LATE = { least: 1, longer: 1 };

/** Of waits `[run][number]`. `last`: no more repeats will come, so what is clear enough is decided. */
export function growthOf(waits: readonly (readonly number[])[], lateness: Lateness, last: boolean): Growth {
  const columns = columnsOf(waits);
  const jitter = jitterOf(waits, lateness).verdict;
  const typicalMs = columns.map((column) => (jitter === 'jitters' ? upperMean(column) : (median(column) ?? 0)));
  const base = { typicalMs, repeats: waits.length, factor: factorOf(typicalMs) };
  const [first = [], ...others] = columns;
  // A first retry at once is no wait that could grow; else the first carries the client's warm-up.
  const isWait = !mayBeAtOnce(first, lateness);
  const isJudged = isWait && columns.length < 3;
  const judged: Judged = { columns: isJudged ? columns : others, warmUpMs: isJudged ? lateness.warmUpMs : 0 };
  const longestMs = Math.max(...typicalMs);
  if (columns.length > 1 && longestMs < SHORTEST_MS) return { ...base, verdict: 'too-short' };
  if (judged.columns.length < 2) {
    // On a quieter machine the first may show itself as a wait.
    const mayWait = columns.length > 1 && (median(first) ?? 0) > lateness.warmUpMs;
    return { ...base, verdict: mayWait ? 'unclear' : 'too-few-waits' };
  }
  if (longestMs < SHORTEST_USUAL * lateness.usualMs) return { ...base, verdict: 'unclear' };
  const verdicts = [
    ...(jitter === 'jitters' ? [] : [fixedGrowth(judged, lateness)]),
    ...(jitter === 'none' ? [] : [jitteredGrowth(judged, isWait ? columns : null, lateness, last ? 1 : EARLY)]),
  ];
  // Where jitter cannot be told from the machine's, both ways of looking must agree.
  const [one = 'unclear', other = one] = verdicts;
  const verdict = one === other ? one : 'unclear';
  const once = verdict === 'constant' && isWait && growsOnce(columns, lateness);
  return { ...base, verdict: once ? 'grows-once' : verdict };
}

/** What a person would compute: the median of the ratios of consecutive waits until the cap, the first of several aside. */
function factorOf(typicalMs: readonly number[]): number {
  const cap = typicalMs.findIndex((ms) => ms >= Math.max(...typicalMs) * NEAR_CAP);
  const ratios = typicalMs.slice(1, cap + 1).map((ms, at) => ms / Math.max(1, typicalMs[at] ?? 1));
  const counted = (ratios.length > 1 ? ratios.slice(1) : ratios).toSorted((a, b) => a - b);
  const half = (counted.length - 1) / 2;
  return counted.length === 0 ? 1 : mean([counted[Math.floor(half)] ?? 1, counted[Math.ceil(half)] ?? 1]);
}

/** Waits without jitter: the least of each place is the truest, and late by no more than the machine explains. */
function fixedGrowth({ columns, warmUpMs }: Judged, { usualMs }: Lateness): Told {
  const [first = 1, ...later] = columns.map((column) => Math.max(1, Math.min(...column)));
  const lateMs = LATE.least * usualMs;
  const factors = (ms: (one: number) => number, startMs: number) =>
    Math.max(...later.map((one, at) => (Math.max(1, ms(one)) / Math.max(1, startMs)) ** (1 / (at + 1))));
  if (factors((ms) => ms - lateMs, first) >= GROWS) return 'grows';
  return factors((ms) => ms, first - lateMs - warmUpMs) < GROWS ? 'constant' : 'unclear';
}

/** Waits with jitter: the longer ones of each place, by what their scatter allows to tell. `all`: with the first one. */
function jitteredGrowth(
  { columns, warmUpMs }: Judged,
  all: Columns | null,
  { usualMs }: Lateness,
  strictness: number,
): Told {
  const lateMs = LATE.longer * usualMs;
  const sure = SURE.grows * strictness;
  const rest = slopeOf(columns.slice(0, MOST_PLACES), lateMs, lateMs + warmUpMs);
  if (rest.least > sure * rest.error && rest.factor >= GROWS) return 'grows';
  // Warm-up lengthens the first wait, so it may speak for growth, but not alone.
  const whole = all === null ? rest : slopeOf(all.slice(0, MOST_PLACES + 1), lateMs, lateMs);
  if (whole.least > sure * whole.error && Math.min(whole.factor, rest.factor) >= GROWS) return 'grows';
  const asked = Math.log(ASKED[columns.length] ?? ASKED_OF_MORE);
  const sureConstant = (columns.length > 2 ? SURE.constantOfMore : SURE.constant) * strictness;
  return rest.factor < GROWS && rest.most + sureConstant * rest.error < asked ? 'constant' : 'unclear';
}

interface Grown {
  /** Slope of the waits' logarithms from place to place, when the machine made the later ones, or the first, late. */
  least: number;
  most: number;
  /** Its standard error. */
  error: number;
  /** Per wait, until the cap. */
  factor: number;
}

function slopeOf(columns: Columns, lateMs: number, firstLateMs: number): Grown {
  const typical = columns.map((column) => Math.max(1, upperMean(column)));
  // The widest column stands for all: five draws of a wide jitter lie close together now and then.
  const width = Math.min(WIDEST, Math.max(...columns.map((column) => spread(column) / Math.max(1, upperMean(column)))));
  const repeats = Math.min(...columns.map((column) => column.length));
  const middle = (columns.length - 1) / 2;
  const squares = columns.reduce((sum, _, at) => sum + (at - middle) ** 2, 0);
  const slope = (late: (at: number) => number) =>
    typical.reduce((sum, ms, at) => sum + (at - middle) * Math.log(Math.max(1, ms - late(at))), 0) / squares;
  const [first = 1] = typical;
  const cap = typical.findIndex((ms) => ms >= Math.max(...typical) * NEAR_CAP);
  return {
    least: slope((at) => (at === 0 ? 0 : lateMs)),
    most: slope((at) => (at === 0 ? firstLateMs : 0)),
    error: (((SCATTER * width) / repeats) * (1 + FEW / repeats)) / Math.sqrt(squares),
    factor: cap === 0 ? 1 : ((typical[cap] ?? first) / first) ** (1 / cap),
  };
}

/** A fixed first wait before constant ones, or a cap that is reached at once: neither can be told. */
function growsOnce(columns: Columns, lateness: Lateness): boolean {
  if (columns.length < 3) return false;
  const [first = 1, second = 1] = columns.map((column) => Math.max(1, upperMean(column)));
  return (second - LATE.longer * lateness.usualMs) / first >= GROWS;
}

/** Mean of the longest two fifths: the envelope, without trusting one late run. */
function upperMean(column: readonly number[]): number {
  const sorted = column.toSorted((a, b) => b - a);
  return mean(sorted.slice(0, Math.max(1, Math.round(sorted.length * 0.4))));
}
