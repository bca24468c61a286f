import { describe, expect, it } from 'vitest';
import { askedSeconds, ownFirstWaitsMs } from '../../src/evidence/usual.js';
import { gaveUp, recovered, runs } from '../helpers/lane.js';

const asked = { answerHeaders: [['Retry-After', '1']] } as const;
const waiting = (...waitsMs: number[]) => runs(...waitsMs.map((waitMs) => recovered('503', {}, { waitMs })));

describe('what the client waits of its own accord', () => {
  it('is read where nothing asked for a wait', () => {
    const limits = runs(recovered('429', {}, { waitMs: 300 }), recovered('429', asked, { waitMs: 1000 }));
    expect(ownFirstWaitsMs(waiting(200, 250), limits)).toEqual([200, 250, 300]);
    expect(ownFirstWaitsMs(runs(gaveUp('503')))).toEqual([]);
  });

  it('is surpassed by what Retry-After asks for, within bounds', () => {
    expect(askedSeconds(runs(gaveUp('503')))).toBe(2);
    expect(askedSeconds(waiting(100, 200, 150, 180))).toBe(2);
    expect(askedSeconds(waiting(1000, 1010, 1005, 1000))).toBe(4);
    // Jitter: twice the median, and more than the longest.
    expect(askedSeconds(waiting(100, 200, 300, 6900))).toBe(8);
    expect(askedSeconds(waiting(100, 200, 300, 400), 5000)).toBe(7);
    expect(askedSeconds(waiting(60_000))).toBe(25);
  });
});
