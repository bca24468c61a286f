// Whether waits grow from attempt to attempt, by more than the machine or their jitter explains.
import { jitterOf } from './jitter.js';
import { atOnceMs, type Lateness } from './lateness.js';
import { columnsOf, median, spread } from './waits.js';

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
type Told = 'grows' | 'constant' | 'unclear';

// Waits below this are within what timers and schedulers add of themselves.
const SHORTEST_MS = 150;
const NEAR_CAP = 0.8;
// Asked for is 1.5; what schedulers add to a short wait, and the scatter of jitter, take up to a tenth of it.
const ASKED = 1.5;
const GROWS = 1.35;
// Standard errors between what was seen and the other answer, by simulation (`npm run matrix -- waits`).
const SURE = { grows: 4.5, constant: 4 };
// While more repeats may come the look is an additional one, and the stricter.
const EARLY = 1.2;
// Standard error of the logarithm of `upperMean`, times the number of repeats, for uniform jitter as wide as the wait
// (by simulation: 1.14 to 1.29); for narrower jitter it shrinks with its width.
const SCATTER = 1.25;
// Spread over upper mean: 0.9 to 1.1 on average under jitter from 0; a late run must not widen it further.
const WIDEST = 1.2;
// Of five waits or more the least is late by less, and the longer ones are on average.
const LATE = { least: 2, longer: 2 };

/** Of waits `[run][number]`. `last`: no more repeats will come, so what is clear enough is decided. */
export function growthOf(waits: readonly (readonly number[])[], lateness: Lateness, last: boolean): Growth {
  const columns = columnsOf(waits);
  const jitter = jitterOf(waits, lateness).verdict;
  const typicalMs = columns.map((column) => (jitter === 'jitters' ? upperMean(column) : (median(column) ?? 0)));
  const base = { typicalMs, repeats: waits.length, factor: factorOf(typicalMs) };
  if (columns.length < 2) return { ...base, verdict: 'too-few-waits' };
  if (Math.max(...typicalMs) < SHORTEST_MS) return { ...base, verdict: 'too-short' };
  const verdicts = [
    ...(jitter === 'jitters' ? [] : [fixedGrowth(columns, lateness)]),
    ...(jitter === 'none' ? [] : [jitteredGrowth(columns, lateness, last ? 1 : EARLY)]),
  ];
  // Where jitter cannot be told from the machine's, both ways of looking must agree.
  const [one = 'unclear', other = one] = verdicts;
  const verdict = one === other ? one : 'unclear';
  return { ...base, verdict: verdict === 'constant' && growsOnce(columns, lateness) ? 'grows-once' : verdict };
}

/** What a person would compute: the median of the ratios of consecutive waits until the cap, the first of several aside. */
function factorOf(typicalMs: readonly number[]): number {
  const cap = typicalMs.findIndex((ms) => ms >= Math.max(...typicalMs) * NEAR_CAP);
  const ratios = typicalMs.slice(1, cap + 1).map((ms, at) => ms / Math.max(1, typicalMs[at] ?? 1));
  const counted = (ratios.length > 1 ? ratios.slice(1) : ratios).toSorted((a, b) => a - b);
  const half = (counted.length - 1) / 2;
  return counted.length === 0 ? 1 : mean([counted[Math.floor(half)] ?? 1, counted[Math.ceil(half)] ?? 1]);
}

/** The first wait carries the client's warm-up, so it is left out where there are others. */
function firstOf(columns: Columns): number {
  return columns.length > 2 ? 1 : 0;
}

/** Waits without jitter: the least of each place is the truest, and late by no more than the machine explains. */
function fixedGrowth(columns: Columns, lateness: Lateness): Told {
  const from = firstOf(columns);
  const least = columns.map((column) => Math.max(1, Math.min(...column)));
  const lateMs = LATE.least * lateness.usualMs;
  const lateFromMs = from === 0 ? atOnceMs(lateness) : lateMs;
  const [first = 1, ...later] = least.slice(from);
  const factors = (ms: (one: number) => number, startMs: number) =>
    Math.max(...later.map((one, at) => (Math.max(1, ms(one)) / Math.max(1, startMs)) ** (1 / (at + 1))));
  if (factors((ms) => ms - lateMs, first) >= GROWS) return 'grows';
  return factors((ms) => ms, first - lateFromMs) < GROWS ? 'constant' : 'unclear';
}

/** Waits with jitter: the longer ones of each place, by what their scatter allows to tell. */
function jitteredGrowth(columns: Columns, lateness: Lateness, strictness: number): Told {
  const from = firstOf(columns);
  const lateMs = LATE.longer * lateness.usualMs;
  const rest = laterAgainstFirst(columns.slice(from), lateMs, from === 0 ? atOnceMs(lateness) : lateMs);
  if (rest.leastGrown > SURE.grows * strictness * rest.error && rest.factor >= GROWS) return 'grows';
  // Warm-up lengthens the first wait, so it may speak for growth, but not alone: nor where it is none.
  const all = laterAgainstFirst(columns, lateMs, lateMs);
  const waits = upperMean(columns[0] ?? []) > atOnceMs(lateness);
  if (waits && all.leastGrown > SURE.grows * strictness * all.error && Math.min(all.factor, rest.factor) >= GROWS)
    return 'grows';
  return rest.mostGrown + SURE.constant * strictness * rest.error < Math.log(ASKED) ? 'constant' : 'unclear';
}

interface Grown {
  /** Logarithm of the later half over the first, when the machine made the later ones, or the first, late. */
  leastGrown: number;
  mostGrown: number;
  /** Its standard error. */
  error: number;
  /** Per wait. */
  factor: number;
}

function laterAgainstFirst(columns: Columns, lateMs: number, lateFirst: number): Grown {
  const typical = columns.map((column) => Math.max(1, upperMean(column)));
  // The widest column stands for all: five draws of a wide jitter lie close together now and then.
  const width = Math.max(...columns.map((column) => spread(column) / Math.max(1, upperMean(column))));
  const variances = columns.map((column) => ((SCATTER / column.length) * Math.min(WIDEST, width)) ** 2);
  const half = Math.max(1, Math.ceil(columns.length / 2));
  const [first = 1] = typical;
  const [later, laterVariances] = [typical.slice(half), variances.slice(half)];
  const log = (lessMs: number) => mean(later.map((ms) => Math.log(Math.max(1, ms - lessMs))));
  const cap = typical.findIndex((ms) => ms >= Math.max(...typical) * NEAR_CAP);
  return {
    leastGrown: log(lateMs) - Math.log(first),
    mostGrown: log(0) - Math.log(Math.max(1, first - lateFirst)),
    error: Math.sqrt((variances[0] ?? 0) + mean(laterVariances) / laterVariances.length),
    factor: cap === 0 ? 1 : ((typical[cap] ?? first) / first) ** (1 / cap),
  };
}

/** A fixed first wait before constant ones, or a cap that is reached at once: neither can be told. */
function growsOnce(columns: Columns, lateness: Lateness): boolean {
  if (columns.length < 3) return false;
  const [first = 1, second = 1] = columns.map((column) => Math.max(1, upperMean(column)));
  if (first <= atOnceMs(lateness)) return false;
  return (second - LATE.longer * lateness.usualMs) / first >= GROWS;
}

/** Mean of the longest two fifths: the envelope, without trusting one late run. */
function upperMean(column: readonly number[]): number {
  const sorted = column.toSorted((a, b) => b - a);
  return mean(sorted.slice(0, Math.max(1, Math.round(sorted.length * 0.4))));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
