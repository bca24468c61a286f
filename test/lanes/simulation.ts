// Retry policies in virtual time, as real clients wait; judged as the probe of an outage and the judges do it.
import { FEWEST_REPEATS, growthOf, jitterOf } from '../../src/lanes/waits.js';
import { createRandom } from '../../src/proxy/random.js';

export interface Policy {
  name: string;
  grows: boolean;
  /** null: so little of it that neither answer is wrong. */
  jitters: boolean | null;
  /** All waits of one run, ms. */
  waits(count: number, random: () => number): number[];
}

const BASE_MS = 500;

/** Each wait by itself, from its place (from 0). */
function each(name: string, grows: boolean, jitters: boolean | null, ms: (at: number, u: number) => number): Policy {
  return { name, grows, jitters, waits: (count, random) => Array.from({ length: count }, (_, at) => ms(at, random())) };
}

const double = (at: number) => BASE_MS * 2 ** at;
const within = (share: number, u: number) => 1 - share + 2 * share * u;

export const POLICIES: readonly Policy[] = [
  each('constant 1 s', false, false, () => 1000),
  each('constant 200 ms', false, false, () => 200),
  each('constant ±10 %', false, true, (_, u) => 1000 * within(0.1, u)),
  each('constant ±50 %', false, true, (_, u) => 1000 * within(0.5, u)),
  each('constant, full jitter', false, true, (_, u) => 1000 * u),
  each('shrinking', false, false, (at) => 2000 / 2 ** at),
  each('2^n', true, false, double),
  each('2^n from 100 ms', true, false, (at) => 100 * 2 ** at),
  each('1.5^n', true, false, (at) => BASE_MS * 1.5 ** at),
  each('1.5^n ±50 % (google)', true, true, (at, u) => BASE_MS * 1.5 ** at * within(0.5, u)),
  each('2^n ±10 %', true, null, (at, u) => double(at) * within(0.1, u)),
  each('2^n ±50 %', true, true, (at, u) => double(at) * within(0.5, u)),
  each('equal jitter', true, true, (at, u) => double(at) * (0.5 + u / 2)),
  each('full jitter', true, true, (at, u) => double(at) * u),
  each('full jitter from 100 ms', true, null, (at, u) => 100 * 2 ** at * u),
  each('2^n, fixed first, ±20 %', true, true, (at, u) => double(at) * (at === 0 ? 1 : within(0.2, u))),
  each('2^n -25 % (stainless)', true, true, (at, u) => double(at) * (1 - u / 4)),
  each('2^n + 100 ms (got)', true, true, (at, u) => 1000 * 2 ** at + 100 * u),
  each('2^n +20 % (axios-retry)', true, true, (at, u) => 200 * 2 ** at * (1 + u / 5)),
  each('2^n capped at 2 s', true, false, (at) => Math.min(2000, double(at))),
  each('2^n -25 % capped at 2 s', true, true, (at, u) => Math.min(2000, double(at)) * (1 - u / 4)),
  each('full jitter capped at 2 s', true, true, (at, u) => Math.min(2000, double(at)) * u),
  {
    name: 'decorrelated jitter',
    grows: true,
    jitters: true,
    waits(count, random) {
      let ms = BASE_MS;
      return Array.from({ length: count }, () => {
        ms = Math.min(20_000, BASE_MS + random() * (ms * 3 - BASE_MS));
        return ms;
      });
    },
  },
];

/** Growth by less than 1.5, as linear waits have after the first: measured, and neither answer is called wrong. */
export const BORDERLINE: readonly Policy[] = [
  each('linear (1, 2, 3, …)', true, false, (at) => BASE_MS * (at + 1)),
  each('linear, full jitter', true, true, (at, u) => BASE_MS * (at + 1) * u),
];

export interface Tally {
  policy: string;
  waits: number;
  repeats: number;
  trials: number;
  grows: number;
  constant: number;
  /** Neither: per cent. */
  open: number;
  jitters: number;
  none: number;
  falsePasses: number;
  falseFails: number;
}

/** What timers and schedulers add: up to 30 ms, and 200 ms once in a hundred waits. */
function noise(random: () => number): number {
  return random() * 30 + (random() < 0.01 ? 200 : 0);
}

export function simulate(policy: Policy, waits: number, most: number, trials: number): Tally {
  const random = createRandom(1).stream(`${policy.name} ${waits} ${most}`);
  const draw = () => random.next();
  const tally = { grows: 0, constant: 0, jitters: 0, none: 0, falsePasses: 0, falseFails: 0 };
  for (let trial = 0; trial < trials; trial += 1) {
    const runs: number[][] = [];
    const more = () => {
      for (let at = 0; at < FEWEST_REPEATS; at += 1) {
        runs.push(policy.waits(waits, draw).map((ms) => ms + noise(draw)));
      }
    };
    more();
    while (runs.length < most) {
      if (growthOf(runs, false).verdict !== 'unclear' && jitterOf(runs, 0).verdict !== 'unclear') break;
      more();
    }
    const growth = growthOf(runs, true).verdict;
    const jitter = jitterOf(runs, 0).verdict;
    tally.grows += Number(growth === 'grows');
    tally.constant += Number(growth === 'constant');
    tally.jitters += Number(jitter === 'jitters');
    tally.none += Number(jitter === 'none');
    tally.falsePasses += Number(growth === 'grows' && !policy.grows);
    tally.falsePasses += Number(jitter === 'jitters' && policy.jitters === false);
    tally.falseFails += Number(growth === 'constant' && policy.grows);
    tally.falseFails += Number(jitter === 'none' && policy.jitters === true);
  }
  const open = trials - tally.grows - tally.constant;
  return { policy: policy.name, waits, repeats: most, trials, open, ...tally };
}

export function tableOf(tallies: readonly Tally[]): string {
  const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(2)}`.padStart(9);
  const head = `${'policy'.padEnd(28)}waits most ${['grows', 'constant', 'open', 'jitters', 'none', 'f.pass', 'f.fail'].map((one) => one.padStart(9)).join('')}   (% of ${tallies[0]?.trials ?? 0})`;
  const lines = tallies.map((one) => {
    const figures = [one.grows, one.constant, one.open, one.jitters, one.none, one.falsePasses, one.falseFails];
    return `${one.policy.padEnd(28)}${String(one.waits).padStart(5)}${String(one.repeats).padStart(5)} ${figures.map((part) => percent(part, one.trials)).join('')}`;
  });
  return [head, ...lines, ''].join('\n');
}
