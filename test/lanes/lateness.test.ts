import { describe, expect, it } from 'vitest';
import { type Timed, waitsAmong, waitsIn } from '../../src/lanes/lateness.js';
import { lane } from '../helpers/lane.js';

const run = (timersMs: number, ...waitsMs: number[]): Timed => ({
  waitsMs,
  timersMs,
  startMs: 100 * timersMs,
  isQuiet: false,
});

describe('waits of several runs', () => {
  it('leave out what was measured on a busier machine than the rest', () => {
    const quiet = [3, 4, 5, 6, 5].map((timersMs, at) => run(timersMs, at));
    const { waits, lateness } = waitsAmong([run(80, 900), ...quiet, run(13, 99)]);
    expect(waits.flat()).toEqual([0, 1, 2, 3, 4]);
    expect(lateness).toEqual({ timersMs: 4.6, usualMs: 14, warmUpMs: 95 });
  });

  it('keep all where there are few, and know that the machine was busy', () => {
    const { waits, lateness } = waitsAmong([run(40, 1), run(60, 2), run(50, 3)]);
    expect([waits.length, lateness.timersMs]).toEqual([3, 50]);
  });

  it('are read from recordings', () => {
    const one = lane({ label: '503 for good', attempts: [{ status: 503 }, { waitMs: 300 }], timerLateMs: 30 });
    expect(waitsIn([one])).toEqual({ waits: [[300]], lateness: { timersMs: 30, usualMs: 90, warmUpMs: 65 } });
  });
});
