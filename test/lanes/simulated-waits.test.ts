import { describe, expect, it } from 'vitest';
import { POLICIES } from '../../src/dev/waits/policies.js';
import { IDLE, LOADED } from '../../src/dev/waits/print.js';
import { simulate } from '../../src/dev/waits/simulation.js';

// A small part of `npm run matrix -- waits`: the same draws each time.
const DRAWS = 6;

describe('simulated policies on machines as busy as measured ones', () => {
  const idle = POLICIES.map((policy) => simulate(policy, IDLE, DRAWS));
  const loaded = POLICIES.map((policy) => simulate(policy, LOADED, DRAWS));

  it('are never judged wrongly', () => {
    const wrong = [...idle, ...loaded].flatMap((one) => one.wrong.map((story) => `${one.policy}: ${story}`));
    expect(wrong).toEqual([]);
  });

  it('are mostly decided on an idle one', () => {
    const named = /^(constant|2\^n from) (500|1000|2000|4000) ms$|^equal jitter from (500|1000|2000|4000) ms$/;
    const usual = idle.filter(({ policy }) => named.test(policy));
    const open = usual.reduce((sum, one) => sum + one.growthOpen + one.jitterOpen, 0);
    expect(open / (2 * DRAWS * usual.length)).toBeLessThan(0.1);
  });

  it('stay open on a busy one rather than be guessed', () => {
    expect(loaded.reduce((sum, one) => sum + one.jitterOpen, 0)).toBeGreaterThan(0);
  });
});
