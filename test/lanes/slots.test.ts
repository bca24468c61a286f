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

  it('are handed all at once, behind those that wait, when the last is given back', async () => {
    const slots = createSlots(2);
    const begun: string[] = [];
    await Promise.all([slots.take(1), slots.take(1)]);
    const all = slots.takeAll().then(() => begun.push('all'));
    const one = slots.take(9).then(() => begun.push('one'));
    slots.give();
    await one;
    slots.give();
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(begun).toEqual(['one']);
    slots.give();
    await all;
    const next = slots.take(1).then(() => begun.push('next'));
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(begun).toEqual(['one', 'all']);
    slots.giveAll();
    await next;
    expect(begun).toEqual(['one', 'all', 'next']);
  });
});
