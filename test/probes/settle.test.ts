import { describe, expect, it } from 'vitest';
import { pollWaits } from '../../src/probes/settle.js';

describe('the waits between polls', () => {
  it.each([
    ['grow, and end with the time that is given', { everyMs: 1000, withinMs: 5000 }, [1000, 1500, 2250, 250]],
    ['are never hot', { everyMs: 0, withinMs: 120 }, [50, 70]],
    ['are none without time', { everyMs: 1000, withinMs: 0 }, []],
    ['keep an interval that is long from the start', { everyMs: 20_000, withinMs: 50_000 }, [20_000, 20_000, 10_000]],
  ])('%s', (_name, poll, waits) => {
    expect(pollWaits(poll)).toEqual(waits);
  });

  it('stay few over a minute', () => {
    const waits = pollWaits({ everyMs: 1000, withinMs: 60_000 });
    expect(waits.length).toBeLessThan(13);
    expect(waits.reduce((sum, wait) => sum + wait)).toBe(60_000);
  });
});
