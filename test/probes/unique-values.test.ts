import { describe, expect, it } from 'vitest';
import { keyFor, keyOfLength } from '../../src/probes/idempotency-keys.js';
import { holdsWhole, partOf, uniqueValue } from '../../src/probes/unique-values.js';

const RUN = 'a0322124b2';
const MANY = 3000;

describe('a unique value', () => {
  it('stands in no other value and in no key of the run, and none of these stands in it', () => {
    const numbers = Array.from({ length: MANY }, (_, at) => at + 1);
    const values = numbers.flatMap((n) => [uniqueValue(RUN, n), keyFor(undefined, RUN, n)]);
    const longest = numbers.slice(0, 50).map((n) => keyOfLength(keyFor(undefined, RUN, n + MANY), 255));
    // Each once in a text of all of them: so it stands in itself alone.
    const all = [...values, ...longest];
    const text = all.join('\n');
    const twice = all.filter((value) => text.indexOf(value) !== text.lastIndexOf(value));
    expect(twice).toEqual([]);
    expect(new Set(values.map((value) => value.length)).size).toBe(2);
  });

  it.each([{ maxLength: 35 }, { maxLength: 14 }])('nor do short keys (%j)', (rules) => {
    const all = Array.from({ length: MANY }, (_, at) => [uniqueValue(RUN, at + 1), keyFor(rules, RUN, at + 1)]).flat();
    const text = all.join('\n');
    expect(all.filter((value) => text.indexOf(value) !== text.lastIndexOf(value))).toEqual([]);
  });

  it('has a part that is found by a list that filters by substring, and is no value of its own', () => {
    const part = partOf(uniqueValue(RUN, 12));
    expect(uniqueValue(RUN, 12)).toContain(part);
    expect(holdsWhole(JSON.stringify({ reference: uniqueValue(RUN, 12) }), part)).toBe(false);
  });

  it.each([
    ['{"reference":"glc-a-000001"}', true],
    ['{"reference":"order glc-a-000001, second"}', true],
    ['{"reference":"glc-a-0000011"}', false],
    ['{"reference":"xglc-a-000001"}', false],
  ])('stands whole in %s: %s', (text, whole) => {
    expect(holdsWhole(text, 'glc-a-000001')).toBe(whole);
  });
});
