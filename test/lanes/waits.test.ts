import { describe, expect, it } from 'vitest';
import { columnsOf, growthOf, jitterOf, median, waitsOf } from '../../src/lanes/waits.js';
import { type AttemptInput, lane } from '../helpers/lane.js';
import { BORDERLINE, POLICIES, simulate, type Tally, tableOf } from './simulation.js';

const SHARE = 0.001;
const TRIALS = 1000;

describe('simulated policies', () => {
  const cells = [3, 4, 5].flatMap((waits) => [5, 10].map((repeats) => ({ waits, repeats })));
  // 6,000 seeds for each policy.
  const tallies = POLICIES.map((policy) => cells.map(({ waits, repeats }) => simulate(policy, waits, repeats, TRIALS)));
  const rateOf = (part: readonly Tally[], key: 'falsePasses' | 'falseFails' | 'open') =>
    part.reduce((sum, one) => sum + one[key], 0) / part.reduce((sum, one) => sum + one.trials, 0);

  it('are judged wrongly in fewer than one of a thousand cases', () => {
    const borderline = BORDERLINE.flatMap((policy) =>
      cells.map((one) => simulate(policy, one.waits, one.repeats, TRIALS)),
    );
    process.stdout.write(`${tableOf([...tallies.flat(), ...borderline])}`);
    const all = tallies.flat();
    process.stdout.write(
      `all: false passes ${(rateOf(all, 'falsePasses') * 100).toFixed(3)} %, false fails ${(rateOf(all, 'falseFails') * 100).toFixed(3)} %\n`,
    );
    // Of each policy by itself: many that are easy to judge hide one that is not.
    const worst = (key: 'falsePasses' | 'falseFails') =>
      POLICIES.map(({ name }, at) => ({ name, rate: rateOf(tallies[at] ?? [], key) })).filter(
        ({ rate }) => rate > SHARE,
      );
    expect([worst('falsePasses'), worst('falseFails')]).toEqual([[], []]);
  });

  it('leaves no policy without jitter open', () => {
    const plain = tallies.flat().filter((_, at) => POLICIES[Math.floor(at / cells.length)]?.jitters === false);
    expect(rateOf(plain, 'open')).toBe(0);
  });

  it('decides full jitter with ten repeats', () => {
    const full = tallies.flat().filter((one) => one.policy === 'full jitter' && one.repeats === 10);
    expect(rateOf(full, 'open')).toBeLessThan(0.05);
  });
});

describe('waits', () => {
  it('run from the end of our answer to the next first byte, of the first operation only', () => {
    const run = lane({
      label: '503',
      attempts: [
        { target: false, method: 'GET' },
        { status: 503, heldMs: 700 },
        { status: 503, waitMs: 40 },
        { logical: 'op-2', waitMs: 1 },
      ],
    });
    expect(waitsOf(run)).toEqual([40]);
  });

  it('count an attempt that was cut before it could be read', () => {
    expect(waitsOf(lane({ label: 'reset', attempts: [{ status: null, logical: null }, { waitMs: 80 }] }))).toEqual([
      80,
    ]);
  });

  it('are none below zero where the client did not wait for our answer', () => {
    expect(waitsOf(lane({ label: 'delay', attempts: [{ heldMs: 900 }, { waitMs: -300 }] }))).toEqual([0]);
  });
});

describe('columns', () => {
  it('end where too few repeats have a further wait', () => {
    const waits = [
      [1, 2, 3],
      [1, 2],
      [1, 2],
      [1, 2],
      [1, 2],
    ];
    expect(columnsOf(waits).map((column) => column.length)).toEqual([5, 5]);
  });
});

describe('growth', () => {
  const five = (...waits: number[]) => Array.from({ length: 5 }, () => waits);

  it.each([
    ['too-few-waits', []],
    ['too-few-waits', five(1000)],
    ['too-short', five(20, 40, 80)],
    ['constant', five(1000, 1000, 1000)],
    ['constant', five(2000, 1000, 500)],
    ['constant', five(1000, 1300, 1690)],
    ['grows', five(500, 1000)],
    ['grows', five(1000, 1500, 2250)],
    ['grows', five(500, 1000, 1000, 1000)],
    ['grows', five(0, 500, 1000)],
  ])('is %s for %j', (verdict, waits) => {
    expect(growthOf(waits, true).verdict).toBe(verdict);
  });

  it('is not mistaken where one run was held up', () => {
    const waits = five(500, 500, 500).map((run, at) => (at === 2 ? [500, 500, 2000] : run));
    expect(growthOf(waits, true).verdict).toBe('constant');
  });
});

describe('jitter', () => {
  const made = (...waits: number[]) => waits.map((ms) => [500, ms]);

  it('must be wider than what a busy machine adds', () => {
    const waits = made(1000, 1150, 1120, 1180, 1100);
    expect([30, 180].map((busyMs) => jitterOf(waits, busyMs).verdict)).toEqual(['jitters', 'unclear']);
  });

  it.each([
    ['too-few', []],
    ['too-few', made(1000, 1500, 1200, 1800)],
    ['jitters', made(1000, 1500, 1200, 1800, 1100)],
    ['none', made(1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1400)],
    ['none', made(1000, 1001, 1002, 1003, 1400)],
    ['unclear', made(1000, 1005, 1020, 1030, 1040)],
    // axios-retry adds up to a fifth: its shorter waits lie close together now and then.
    ['unclear', made(400, 410, 420, 430, 480)],
    // got adds up to 100 ms.
    ['unclear', made(2000, 2010, 2030, 2045, 2090)],
    // Fixed waits on a busy machine: four of ten are late, the middle is not.
    ['unclear', made(1000, 1002, 1004, 1010, 1020, 1040, 1120, 1150, 1200, 1400)],
  ])('is %s for %j', (verdict, waits) => {
    expect(jitterOf(waits, 5).verdict).toBe(verdict);
  });
});

describe('median', () => {
  it('takes the middle, and null of nothing', () => {
    expect([median([]), median([3, 1, 2]), median([1, 2])]).toEqual([null, 2, 2]);
  });
});

describe('waits between attempts', () => {
  const waits = (again: AttemptInput) =>
    waitsOf(
      lane({
        attempts: [
          { status: 503, key: 'k' },
          { waitMs: 400, ...again },
        ],
      }),
    ).map(Math.round);

  it.each<[string, AttemptInput, number[]]>([
    ['the same body under another key', { key: 'other' }, [400]],
    ['another body under the same key', { key: 'k', logical: 'op-2' }, [400]],
    ['another body under another key', { key: 'other', logical: 'op-2' }, []],
    ['another body without a key', { logical: 'op-2' }, []],
  ])('%s', (_, again, expected) => expect(waits(again)).toEqual(expected));
});
