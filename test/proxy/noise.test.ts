import { performance } from 'node:perf_hooks';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startNoiseMeter } from '../../src/proxy/noise.js';

let nowMs = 0;
beforeEach(() => {
  nowMs = 50_000;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** The next timer comes, so much too late. */
function tick(lateMs = 0): void {
  nowMs += 100 + lateMs;
  vi.advanceTimersByTime(100);
}

it('says in which seconds of a lane its timers were late', () => {
  const meter = startNoiseMeter();
  tick(400);
  tick(200);
  for (let at = 0; at < 32; at++) tick();
  const { timerLateBySecondMs, timerLateMaxMs, timerLateMeanMs } = meter.read();
  // 500, 800, then each 100 ms up to 4000.
  expect(timerLateBySecondMs).toEqual([200, 0, 0, 0, 0]);
  expect(timerLateMaxMs).toBe(400);
  expect(timerLateMeanMs).toBeCloseTo(600 / 34, 2);
  meter.stop();
});

it('counts a timer for every second that it was late in, and one that is late right now', () => {
  const meter = startNoiseMeter();
  tick(2_300);
  nowMs += 700;
  expect(meter.read().timerLateBySecondMs).toEqual([2300, 2300, 1450, 600]);
  meter.reset();
  tick();
  expect(meter.read().timerLateBySecondMs).toEqual([0]);
  meter.stop();
});

it('keeps no more seconds than it has room for', () => {
  const meter = startNoiseMeter();
  nowMs += 86_400_000;
  const { timerLateBySecondMs } = meter.read();
  expect(timerLateBySecondMs?.length).toBe(300);
  expect(timerLateBySecondMs?.at(-1)).toBeGreaterThan(86_000_000);
  meter.stop();
});
