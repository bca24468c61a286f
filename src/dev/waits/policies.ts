// Retry policies as real clients have them, and which verdicts on them are wrong.

import { USUAL_WAIT } from '../../evidence/first-wait.js';

export interface Policy {
  name: string;
  /** null: neither answer is wrong. */
  grows: boolean | null;
  /** null: so little of it that neither answer is wrong. */
  jitters: boolean | null;
  /** Whether it waits before its first retry. */
  waits: boolean | null;
  /** All waits of one run, ms. */
  draw(count: number, random: () => number): number[];
}

const BASES_MS = [50, 100, 200, 300, 500, 1000, 2000, 4000];
const LONGEST_MS = 30_000;
const LEAST_MS = USUAL_WAIT.leastMs;

type Facts = Pick<Policy, 'grows' | 'jitters' | 'waits'>;

/** Each wait by itself, from its place (from 0). */
function each(name: string, facts: Facts, ms: (at: number, u: number) => number): Policy {
  return {
    name,
    ...facts,
    draw: (count, random) => Array.from({ length: count }, (_, at) => Math.min(LONGEST_MS, ms(at, random()))),
  };
}

const within = (share: number, u: number) => 1 - share + 2 * share * u;

function from(base: number): Policy[] {
  const double = (at: number) => base * 2 ** at;
  const fixed = { grows: true, jitters: false, waits: true };
  const wide = { grows: true, jitters: true, waits: true };
  // A short jitter is a small one, and a first wait below it may be as good as none.
  const fromZero = { ...wide, waits: null };
  // Half of them may be below what is asked for.
  const below = { ...wide, waits: base > LEAST_MS ? true : null };
  return [
    each(`constant ${base} ms`, { ...fixed, grows: false }, () => base),
    each(`constant ${base} ms, full jitter`, { ...fromZero, grows: false }, (_, u) => base * u),
    each(`constant ${base} ms ±25 %`, { ...below, grows: false }, (_, u) => base * within(0.25, u)),
    each(`2^n from ${base} ms`, fixed, double),
    each(`2^n from ${base} ms, to 4 times`, fixed, (at) => Math.min(base * 4, double(at))),
    each(`1.5^n from ${base} ms`, fixed, (at) => base * 1.5 ** at),
    each(`1.5^n from ${base} ms ±50 %`, below, (at, u) => base * 1.5 ** at * within(0.5, u)),
    each(`full jitter from ${base} ms`, fromZero, (at, u) => double(at) * u),
    each(`equal jitter from ${base} ms`, below, (at, u) => double(at) * (0.5 + u / 2)),
    each(`2^n from ${base} ms -25 %`, below, (at, u) => double(at) * (1 - u / 4)),
    each(`2^n from ${base} ms +20 %`, wide, (at, u) => double(at) * (1 + u / 5)),
    each(`2^n from ${base} ms +100 %, to 8 times`, wide, (at, u) => Math.min(base * 8, double(at)) * (1 + u)),
    decorrelated(base),
  ];
}

function decorrelated(base: number): Policy {
  return {
    name: `decorrelated jitter from ${base} ms`,
    grows: true,
    jitters: true,
    waits: true,
    draw(count, random) {
      let ms = base;
      return Array.from({ length: count }, () => {
        ms = Math.min(LONGEST_MS, base + random() * (ms * 3 - base));
        return ms;
      });
    },
  };
}

const LOOP = { grows: false, jitters: false, waits: false };

export const POLICIES: readonly Policy[] = [
  each('hot loop', LOOP, () => 0),
  each('at once, then constant 1 s', LOOP, (at) => (at === 0 ? 0 : 1000)),
  each('at once, then constant 1 s ±25 %', { ...LOOP, jitters: true }, (at, u) =>
    at === 0 ? 0 : 1000 * within(0.25, u),
  ),
  each('shrinking from 2 s', { grows: false, jitters: false, waits: true }, (at) => 2000 / 2 ** at),
  each('2^n from 1 s + 100 ms (got)', { grows: true, jitters: true, waits: true }, (at, u) => 1000 * 2 ** at + 100 * u),
  each('fixed 500 ms, then 2^n -50 % (stripe)', { grows: true, jitters: true, waits: true }, (at, u) =>
    at === 0 ? 500 : Math.min(2000, 500 * 2 ** at) * (1 - u / 2),
  ),
  ...BASES_MS.flatMap(from),
];

/** What most clients have. */
export const COMMON = /^(hot loop|constant \d+ ms|2\^n from \d+ ms|(full|equal|decorrelated) jitter from \d+ ms)$/;
