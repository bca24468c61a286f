import { describe, expect, it } from 'vitest';
import { keyFor, keyOfLength } from '../../src/probes/idempotency-keys.js';

const UUID_4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const RUN = 'a0322124b2';

describe('an idempotency key of ours', () => {
  it('is a UUID, since many APIs take nothing else', () => {
    for (const n of [1, 255, 65_536]) expect(keyFor(undefined, RUN, n)).toMatch(UUID_4);
  });

  it.each([
    [{ maxLength: 36 }, UUID_4],
    [{ maxLength: 35 }, /^[0-9a-f]{32}$/],
    [{ maxLength: 20 }, /^a0322124b2[0-9a-f]{4}$/],
    [{ characters: '[0-9a-f]' }, /^[0-9a-f]{32}$/],
    [{ characters: '[0-9a-z-]', minLength: 36 }, UUID_4],
  ])('follows %j', (rules, form) => {
    expect(keyFor(rules, RUN, 7)).toMatch(form);
  });

  it('is another for every value of every run, also where it is short', () => {
    const keys = [undefined, { maxLength: 32 }, { maxLength: 14 }].flatMap((rules) =>
      [RUN, 'a0322124b3'].flatMap((run) => [1, 2, 300].map((n) => keyFor(rules, run, n))),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('of a given length differs from its twin in the last character alone', () => {
    const [one, other] = [
      keyOfLength(keyFor(undefined, RUN, 1), 256),
      keyOfLength(keyFor(undefined, RUN, 1), 256, '2'),
    ];
    expect([one.length, one.slice(0, -1)]).toEqual([256, other.slice(0, -1)]);
    expect(one).not.toBe(other);
  });

  it('of its own length is itself, and shorter keeps what tells it from others', () => {
    const keys = Array.from({ length: 40 }, (_, at) => keyFor(undefined, RUN, at + 1));
    expect(keys.map((key) => keyOfLength(key, key.length))).toEqual(keys);
    expect(new Set(keys.map((key) => keyOfLength(key, 20))).size).toBe(keys.length);
  });
});
