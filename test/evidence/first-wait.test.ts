import { describe, expect, it } from 'vitest';
import { firstWaitOf, USUAL_WAIT } from '../../src/evidence/first-wait.js';
import { BUSY, IDLE } from '../helpers/lateness.js';

const usual = (firsts: readonly number[], lateness = IDLE) => firstWaitOf(firsts, lateness, USUAL_WAIT);

describe('first waits', () => {
  it.each([
    ['waits', [200, 210, 220, 205, 240]],
    ['waits', [40, 240, 230, 280, 90, 260, 310]],
    ['too-soon', [3, 20, 12, 9, 45]],
    ['too-soon', [0, 0, 0, 900, 900]],
    // Full jitter from 0 to 100 ms, or retries at once.
    ['unclear', [8, 92, 34, 71, 30]],
    ['unclear', [61, 70, 66, 80, 64]],
  ])('are %s for %j', (verdict, firsts) => {
    expect(usual(firsts)).toBe(verdict);
  });

  it('are not told from retries at once on a busy machine', () => {
    const timersMs = 12;
    const lateness = { timersMs, usualMs: 3 * timersMs, warmUpMs: 80 };
    expect(usual([70, 85, 91, 95, 140], lateness)).toBe('unclear');
    expect(usual([200, 210, 220, 205, 240], BUSY)).toBe('unclear');
    expect(usual([1200, 1210, 1220, 1205, 1240], BUSY)).toBe('waits');
  });

  it('are not told from the warm-up of a client that starts slowly', () => {
    expect(usual([160, 170, 150, 165, 180], { ...IDLE, warmUpMs: 200 })).toBe('unclear');
  });

  it('of which each is asked to be long are all long', () => {
    const asked = { leastMs: 950, every: true };
    expect(
      [
        [951, 1200, 1300, 960, 1100],
        [949, 2000, 1300, 960, 1100],
      ].map((firsts) => firstWaitOf(firsts, IDLE, asked)),
    ).toEqual(['waits', 'too-soon']);
  });
});
