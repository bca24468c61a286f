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

  it('are handed all at once, ahead of those that wait, when the last is given back', async () => {
    const slots = createSlots(2);
    const begun: string[] = [];
    await Promise.all([slots.take(1), slots.take(1)]);
    const one = slots.take(9).then(() => begun.push('one'));
    const all = slots.takeAll().then(() => begun.push('all'));
    slots.give();
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(begun).toEqual([]);
    slots.give();
    await all;
    expect(begun).toEqual(['all']);
    slots.giveAll();
    await one;
    expect(begun).toEqual(['all', 'one']);
  });
});
