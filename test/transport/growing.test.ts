import { expect, it } from 'vitest';
import { grow, grown, startGrowing } from '../../src/transport/growing.js';

it('keeps single bytes in one buffer, of at most twice their size', () => {
  const growing = startGrowing();
  const bytes = Buffer.from(Array.from({ length: 10_000 }, (_, at) => at % 251));
  for (let at = 0; at < bytes.length; at += 1) grow(growing, bytes.subarray(at, at + 1));
  expect(grown(growing)).toEqual(bytes);
  expect(growing.buffer.length).toBeLessThanOrEqual(2 * bytes.length);
});

it('takes what comes in one piece as it is, and leaves it alone', () => {
  const growing = startGrowing();
  const first = Buffer.from('first');
  grow(growing, first);
  expect(grown(growing)).toBe(first);
  grow(growing, Buffer.from(''));
  grow(growing, Buffer.from(', second'));
  expect(grown(growing).toString()).toBe('first, second');
  expect(first.toString()).toBe('first');
});

it('starts empty', () => {
  expect(grown(startGrowing())).toHaveLength(0);
});
