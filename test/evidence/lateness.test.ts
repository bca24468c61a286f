import { describe, expect, it } from 'vitest';
import { type Timed, waitsAmong, waitsIn } from '../../src/evidence/lateness.js';
import type { LaneRun } from '../../src/evidence/run.js';
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

  it('count the seconds in which they ended, not the long quiet ones after them', () => {
    const waitsMs = [500, 1000, 2000, 4000, 8000];
    const one = lane({
      label: '503 for good',
      attempts: [{ status: 503 }, ...waitsMs.map((waitMs) => ({ waitMs, status: 503 }))],
    });
    const busyFor = (seconds: number): LaneRun => {
      const timerLateBySecondMs = Array.from({ length: 17 }, (_, second) => (second < seconds ? 50 : 0));
      return { ...one, recording: { ...one.recording, noise: { ...one.recording.noise, timerLateBySecondMs } } };
    };
    const timersMs = (seconds: number) => waitsIn([busyFor(seconds)]).lateness.timersMs;
    expect([0, 1, 3, 17].map(timersMs)).toEqual([2, 20, 30, 50]);
  });

  it('are read from recordings', () => {
    const one = lane({ label: '503 for good', attempts: [{ status: 503 }, { waitMs: 300 }], timerLateMs: 30 });
    expect(waitsIn([one])).toEqual({ waits: [[300]], lateness: { timersMs: 30, usualMs: 90, warmUpMs: 65 } });
  });
});
