import { expect, it } from 'vitest';
import { watchLoopDelays } from '../../src/proxy/loop-delays.js';

const pause = (ms: number) => new Promise((wake) => setTimeout(wake, ms));

async function holdUp(ms: number): Promise<void> {
  const until = performance.now() + ms;
  while (performance.now() < until);
  await pause(30);
}

it('tells each that watches how late the loop was while it watched', async () => {
  const early = watchLoopDelays();
  await holdUp(150);
  const late = watchLoopDelays();
  early.reset();
  expect([early.maxMs(), early.percentileMs(99), late.maxMs(), late.percentileMs(99)]).toEqual([0, 0, 0, 0]);
  await holdUp(300);
  expect(late.maxMs()).toBeGreaterThan(250);
  expect(late.maxMs()).toBe(early.maxMs());
  expect(late.percentileMs(100)).toBe(Math.floor(late.maxMs()));
  expect(late.percentileMs(1)).toBeLessThanOrEqual(late.percentileMs(100));
  late.stop();
  const seen = late.maxMs();
  await holdUp(seen + 100);
  expect(late.maxMs()).toBe(seen);
  expect(early.maxMs()).toBeGreaterThan(seen);
  early.stop();
});
