import { describe, expect, it } from 'vitest';
import { jitterOf } from '../../src/evidence/jitter.js';
import { BUSY, IDLE } from '../helpers/lateness.js';

const made = (...waits: number[]) => waits.map((ms) => [500, ms]);

describe('jitter', () => {
  it('must be wider than what a busy machine adds', () => {
    const waits = made(1000, 1250, 1120, 1380, 1100, 1290, 1190, 1310);
    expect([IDLE, BUSY].map((lateness) => jitterOf(waits, lateness).verdict)).toEqual(['jitters', 'unclear']);
  });

  it.each([
    ['too-few', []],
    ['too-few', made(1000, 1500, 1200, 1800)],
    ['too-short', made(3, 5, 3, 20, 8)],
    ['jitters', made(1000, 1500, 1200, 1800, 1100, 1700)],
    ['none', made(1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1003, 1004, 1400)],
    ['none', made(1000, 1001, 1002, 1003, 1004, 1002)],
    ['unclear', made(1000, 1005, 1020, 1030, 1040)],
    // axios-retry adds up to a fifth: its shorter waits lie close together now and then.
    ['unclear', made(400, 410, 420, 430, 480)],
    // got adds up to 100 ms.
    ['unclear', made(2000, 2010, 2030, 2045, 2090)],
    // Fixed waits of which a few are late: the middle is not.
    ['none', made(1000, 1002, 1004, 1005, 1003, 1001, 1004, 1006, 1001, 1003, 1002, 1004, 1120)],
  ])('is %s for %j', (verdict, waits) => {
    expect(jitterOf(waits, IDLE).verdict).toBe(verdict);
  });
});
