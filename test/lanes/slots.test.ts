import { describe, expect, it } from 'vitest';
import { createSlots } from '../../src/lanes/slots.js';

describe('start slots', () => {
  it('are handed to those that last longest, so many at a time', async () => {
    const slots = createSlots(2);
    const begun: number[] = [];
    const taken = [1, 5, 3, 9].map(async (expectedMs) => {
      await slots.take(expectedMs);
      begun.push(expectedMs);
    });
    await Promise.race(taken);
    expect(begun).toEqual([9, 5]);
    slots.give();
    await taken[2];
    expect(begun).toEqual([9, 5, 3]);
    slots.give();
    await Promise.all(taken);
    expect(begun).toEqual([9, 5, 3, 1]);
  });

  it('given back before anyone asks are free for the next', async () => {
    const slots = createSlots(1);
    await slots.take(1);
    slots.give();
    await expect(slots.take(1)).resolves.toBeUndefined();
  });
});
