import { describe, expect, it } from 'vitest';
import { growthOf } from '../../src/evidence/growth.js';
import { BUSY, IDLE } from '../helpers/lateness.js';

const five = (...waits: number[]) => Array.from({ length: 5 }, (_, at) => waits.map((ms) => ms + at));

describe('growth', () => {
  it.each([
    ['too-few-waits', []],
    ['too-few-waits', five(1000)],
    ['too-short', five(5, 10, 20)],
    ['constant', five(1000, 1000, 1000)],
    ['constant', five(2000, 1000, 500)],
    ['constant', five(1000, 1300, 1690).map((run) => run.map((ms) => ms / 1.2 ** run.indexOf(ms)))],
    ['grows', five(500, 1000)],
    ['grows', five(1000, 1500, 2250)],
    ['grows', five(300, 500, 1000, 1000, 1000)],
    ['grows', five(0, 500, 1000)],
    // A first retry at once is no wait.
    ['too-few-waits', five(5, 1000)],
    ['constant', five(5, 1000, 1000)],
    // A cap that is reached at once, or a shorter first wait before constant ones.
    ['grows-once', five(500, 1000, 1000, 1000)],
  ])('is %s for %j', (verdict, waits) => {
    expect(growthOf(waits, IDLE, true).verdict).toBe(verdict);
  });

  it('is not hidden by many waits at the cap', () => {
    const share = [0.2, 0.9, 0.5, 0.1, 0.7, 0.4, 0.8, 0.3, 0.6, 0.95];
    const bounds = [100, 200, 400, ...Array.from({ length: 25 }, () => 800)];
    const waits = share.map((_, run) => bounds.map((ms, at) => ms * (1 + (share[(run * 3 + at) % 10] ?? 0))));
    expect(growthOf(waits, IDLE, true).verdict).not.toBe('constant');
  });

  it('is not mistaken where one run was held up', () => {
    const waits = [...five(500, 500, 500), ...five(501, 502, 503)].map((run, at) =>
      at === 2 ? [500, 500, 2000] : run,
    );
    expect(growthOf(waits, IDLE, true).verdict).toBe('constant');
  });

  it.each([
    [
      '300 then 600 ms',
      [
        [394, 620],
        [461, 655],
        [540, 690],
        [610, 702],
        [677, 723],
      ],
    ],
    [
      '50 then 100 ms',
      [
        [150, 180],
        [170, 210],
        [190, 230],
        [160, 250],
        [200, 205],
      ],
    ],
  ])('is left open for %s that a busy machine measured', (_, waits) => {
    expect(growthOf(waits, BUSY, true).verdict).toBe('unclear');
  });

  it('is what a person would compute: the median factor, the first of several aside', () => {
    const factorOf = (...waits: number[]) => growthOf(Array(5).fill(waits), IDLE, true).factor;
    expect([factorOf(700, 800, 1600, 3200), factorOf(500, 1000), factorOf(300, 400, 1200, 2400)]).toEqual([2, 2, 2.5]);
    expect(factorOf(500, 1000, 2000, 2000, 2000)).toBe(2);
  });
});
