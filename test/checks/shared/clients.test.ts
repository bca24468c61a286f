import { describe, expect, it } from 'vitest';
import { timelineOf } from '../../../src/checks/shared/clients.js';
import { lane } from '../../helpers/lane.js';

describe('attempts in time', () => {
  const waits = (waitMs: number) =>
    timelineOf(lane({ attempts: [{ status: null, heldMs: 4000 }, { waitMs }] })).map((step) => step.waitMs);

  it.each<[string, number, number | null]>([
    ['after the one before', 300, 300],
    ['before we learnt that the answer was out', -20, 0],
    ['beside one that is still open', -3000, null],
  ])('%s', (_, waitMs, expected) => expect(waits(waitMs)).toEqual([null, expected]));
});
