import { describe, expect, it } from 'vitest';
import { createMarks, EMPTY_BODY, isSameBody } from '../../src/evidence/marks.js';
import { type AttemptInput, lane } from '../helpers/lane.js';

const marked = (...attempts: AttemptInput[]) => lane({ attempts }).recording.attempts.map(createMarks());
const keys = (...sent: (string | null)[]) => marked(...sent.map((key) => ({ key }))).map(({ key }) => key);

describe('marks', () => {
  it('give each distinct key a letter, in the order of the first attempt that carries it', () => {
    expect(keys('k-9', 'k-9', 'k-1', 'k-9')).toEqual(['A', 'A', 'B', 'A']);
  });

  it('give none to a call without a key, and nothing where it is not known', () => {
    expect(keys(null, 'k-1')).toEqual([null, 'A']);
    expect(marked({ key: null, logical: null })).toEqual([{}]);
  });

  it('go on after Z', () => {
    expect(keys(...Array.from({ length: 28 }, (_, at) => `k-${at}`)).slice(25)).toEqual(['Z', 'AA', 'AB']);
  });

  it('tell bodies apart, and an empty one', () => {
    const bodies = marked(
      { logical: 'op-1', digest: 'd-1' },
      { logical: 'op-2', digest: null },
      { logical: 'op-3', digest: 'd-3' },
      { logical: 'op-1', digest: 'd-1' },
      { logical: null },
    );
    expect(bodies.map(({ body }) => body)).toEqual(['a', EMPTY_BODY, 'b', 'a', undefined]);
  });
});

describe('isSameBody', () => {
  const same = (one: AttemptInput, other: AttemptInput, json: readonly (string | null)[] = [null, null]) => {
    const [a, b] = lane({ attempts: [one, { logical: 'op-2', ...other }] }).recording.attempts.map((attempt, at) => {
      const { digest } = attempt.request;
      return { ...attempt, request: { ...attempt.request, digest: digest && { ...digest, json: json[at] ?? null } } };
    });
    return a !== undefined && b !== undefined && isSameBody(a, b);
  };

  it('compares bytes, and JSON by its content', () => {
    expect(same({ digest: 'd' }, { digest: 'd' })).toBe(true);
    expect(same({ digest: 'd' }, { digest: 'e' }, ['j', 'j'])).toBe(true);
    expect(same({ digest: 'd' }, { digest: 'e' }, ['j', 'k'])).toBe(false);
    expect(same({ digest: 'd' }, { digest: 'e' })).toBe(false);
  });

  it('tells a body from none', () => {
    const none = { digest: null };
    expect([same({ digest: 'd' }, none), same(none, { digest: 'd' }), same(none, none)]).toEqual([false, false, true]);
  });
});
