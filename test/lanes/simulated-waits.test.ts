import { describe, expect, it } from 'vitest';
import { COMMON, POLICIES } from '../../src/dev/waits/policies.js';
import { IDLE, LOADED } from '../../src/dev/waits/print.js';
import { simulate, type Tally } from '../../src/dev/waits/simulation.js';

// A small part of `npm run matrix -- waits`: the same draws each time.
const DRAWS = 10;

describe('simulated policies on machines as busy as measured ones', () => {
  const idle = POLICIES.map((policy) => simulate(policy, IDLE, DRAWS));
  const loaded = POLICIES.map((policy) => simulate(policy, LOADED, DRAWS));

  it('are never judged wrongly', () => {
    const wrong = [...idle, ...loaded].flatMap((one) => one.wrong.map((story) => `${one.policy}: ${story}`));
    expect(wrong).toEqual([]);
  });

  it('are mostly decided on an idle one', () => {
    const common = idle.filter(({ policy }) => COMMON.test(policy));
    const share = (open: (one: Tally) => number) =>
      common.reduce((sum, one) => sum + open(one), 0) / (DRAWS * common.length);
    expect(share((one) => one.growthOpen)).toBeLessThan(0.05);
    expect(share((one) => one.jitterOpen)).toBeLessThan(0.05);
  });

  it('stay open on a busy one rather than be guessed', () => {
    expect(loaded.reduce((sum, one) => sum + one.jitterOpen, 0)).toBeGreaterThan(0);
  });
});
