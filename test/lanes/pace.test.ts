import { describe, expect, it } from 'vitest';
import { createPace } from '../../src/lanes/pace.js';

function paceOf(...attempts: readonly { at: number; until: number; retryAfter?: string }[]) {
  let clock = 0;
  const pace = createPace(() => clock);
  for (const { at, until, retryAfter } of attempts) {
    clock = at;
    pace.saw({ what: 'arrived', target: true, retryAfter: undefined });
    clock = until;
    pace.saw({ what: 'ended', target: true, retryAfter });
  }
  return pace;
}

describe('the pace of a client', () => {
  it('is unknown before its first wait', () => {
    expect(paceOf().arrived()).toBe(false);
    const pace = paceOf({ at: 0, until: 5 });
    expect([pace.arrived(), pace.nextWaitMs()]).toEqual([true, 0]);
  });

  it('begins with any call, its first attempt with one of the operation', async () => {
    const pace = createPace();
    let tried = false;
    void pace.firstAttempt.then(() => (tried = true));
    const seen = [];
    for (const target of [false, true]) {
      pace.saw({ what: 'arrived', target, retryAfter: undefined });
      await Promise.resolve();
      seen.push([pace.arrived(), tried]);
    }
    expect(seen).toEqual([
      [true, false],
      [true, true],
    ]);
  });

  it('grows with the longest wait so far', () => {
    expect(paceOf({ at: 0, until: 0 }, { at: 1_000, until: 1_000 }, { at: 3_000, until: 3_000 }).nextWaitMs()).toBe(
      5_000,
    );
  });

  it('waits out what the last answer asked for, within bounds', () => {
    expect(paceOf({ at: 0, until: 5, retryAfter: '4' }).nextWaitMs()).toBe(6_000);
    expect(paceOf({ at: 0, until: 5, retryAfter: '3600' }).nextWaitMs()).toBe(60_000);
    const inTenSeconds = new Date(Date.now() + 10_000).toUTCString();
    const dated = paceOf({ at: 0, until: 5, retryAfter: inTenSeconds }).nextWaitMs();
    expect(dated).toBeGreaterThan(12_000);
    expect(dated).toBeLessThanOrEqual(15_000);
    for (const garbage of ['soon', '-5', 'Sun, 06 Nov 1994 08:49:37 GMT'])
      expect(paceOf({ at: 0, until: 5, retryAfter: garbage }).nextWaitMs()).toBe(0);
  });
});
