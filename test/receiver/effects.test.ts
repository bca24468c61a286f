// Effects on a simulated clock: every reading is scripted.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createEffects } from '../../src/receiver/effects.js';

const clock = vi.hoisted(() => ({ nowMs: 0, reading: (_nowMs: number): unknown => 0 }));
vi.mock('node:timers/promises', () => ({
  setTimeout: (ms: number) => {
    clock.nowMs += ms;
    return Promise.resolve();
  },
}));
vi.mock('../../src/receiver/effect.js', () => ({
  readEffect: () => {
    const value = clock.reading(clock.nowMs);
    if (typeof value === 'string') return Promise.resolve({ count: null, ids: null, why: value });
    const ids = Array.isArray(value) ? (value as string[]) : null;
    return Promise.resolve({ count: ids?.length ?? value, ids, why: null });
  },
}));

const SETTLE_MS = 2_000;
const created = () =>
  createEffects({ url: 'http://127.0.0.1/' }, SETTLE_MS, { cwd: '/', env: {} }, new AbortController().signal);

beforeEach(() => {
  clock.nowMs = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => clock.nowMs);
});
afterEach(() => vi.restoreAllMocks());

/** Each comes at its moment. */
const at =
  (...moments: number[]) =>
  (nowMs: number) =>
    moments.filter((one) => one <= nowMs).length;

describe('effects that are waited for', () => {
  it('are counted from look to look', async () => {
    clock.reading = () => 5;
    const effects = created();
    expect(await effects.look()).toBeNull();
    clock.reading = () => 7;
    expect(await effects.look()).toBe(2);
    expect(await effects.look()).toBe(0);
  });

  it('end the wait as soon as they are there', async () => {
    clock.reading = at(300, 500, 1_900);
    const effects = created();
    await effects.look();
    const { effects: seen, waitedMs, why } = await effects.settle(2);
    expect({ seen, why }).toEqual({ seen: 2, why: null });
    expect(waitedMs).toBeGreaterThanOrEqual(500);
    expect(waitedMs).toBeLessThan(900);
  });

  it('are waited for as long as webhook.settleMs says, and no longer', async () => {
    clock.reading = at(SETTLE_MS + 1);
    const effects = created();
    await effects.look();
    expect(await effects.settle(1)).toMatchObject({ effects: 0, waitedMs: SETTLE_MS, why: null });
  });
});

describe('effects that must not come', () => {
  it('are waited for ten times as long as the slowest that came', async () => {
    clock.reading = at(100);
    const effects = created();
    await effects.look();
    const { waitedMs: tookMs } = await effects.settle(1);
    expect((await effects.settle(0)).waitedMs).toBe(10 * tookMs + 50);
    effects.slowTo('careful');
    expect((await effects.settle(0)).waitedMs).toBe(10 * tookMs + 300);
    effects.slowTo('patient');
    expect((await effects.settle(0)).waitedMs).toBe(SETTLE_MS);
    effects.slowTo('quick');
    expect((await effects.settle(0)).waitedMs).toBe(SETTLE_MS);
  });

  it('are watched for as long as one may take, from the look before', async () => {
    clock.reading = at(50, SETTLE_MS);
    const effects = created();
    await effects.look();
    clock.nowMs = 60;
    expect(await effects.watchLate(10)).toEqual({ moved: 2, waitedMs: SETTLE_MS });
    expect(clock.nowMs).toBe(SETTLE_MS + 10);
    expect(await effects.watchLate(clock.nowMs)).toEqual({ moved: 0, waitedMs: SETTLE_MS });
    expect(await effects.watchLate(0)).toEqual({ moved: 0, waitedMs: 2 * SETTLE_MS + 10 });
    expect(clock.nowMs).toBe(2 * SETTLE_MS + 10);
  });

  it('are waited for a moment by a receiver that never had any, and never longer than settleMs', async () => {
    clock.reading = at(1_500);
    const effects = created();
    await effects.look();
    expect(await effects.settle(0)).toMatchObject({ effects: 0, waitedMs: 50 });
    await effects.settle(1);
    expect(await effects.settle(0)).toMatchObject({ effects: 0, waitedMs: SETTLE_MS });
  });

  it('are not waited for at all where there is nothing to see', async () => {
    clock.reading = at(0, 10);
    const effects = created();
    await effects.look();
    expect(await effects.settle('now')).toMatchObject({ effects: 0, waitedMs: 0 });
  });
});

describe('ids of effects', () => {
  it('are those that are new since the wait before', async () => {
    let ids = ['old'];
    clock.reading = () => ids;
    const effects = created();
    await effects.look();
    ids = ['old', 'one', 'two'];
    expect(await effects.settle(2)).toMatchObject({ effects: 2, ids: ['one', 'two'] });
    ids = [...ids, 'three'];
    expect(await effects.settle(1)).toMatchObject({ effects: 1, ids: ['three'] });
  });
});

describe('a list of the latest ids alone', () => {
  it('moves by what is new in it, and by an id that came once more', async () => {
    let ids = ['one', 'two', 'three'];
    clock.reading = () => ids;
    const effects = created();
    await effects.look();
    ids = ['two', 'three', 'four'];
    expect(await effects.look()).toBe(1);
    ids = ['four', 'four', 'five'];
    expect(await effects.settle(2)).toMatchObject({ effects: 2, ids: ['four', 'four', 'five'] });
    ids = ['five'];
    expect(await effects.look()).toBe(0);
  });
});

describe('effects that cannot be told', () => {
  it('move while nothing is delivered', async () => {
    clock.reading = (nowMs) => Math.floor(nowMs / 100);
    const effects = created();
    await effects.watch();
    expect(await effects.settle(0)).toMatchObject({
      effects: null,
      why: 'webhook.effect moves while nothing is delivered',
    });
  });

  it('are still where nothing moves', async () => {
    clock.reading = () => 4;
    const effects = created();
    await effects.watch();
    expect(await effects.settle('now')).toMatchObject({ effects: 0, why: null });
  });

  it('could not be read once: what moved meanwhile nobody knows', async () => {
    clock.reading = at(0);
    const effects = created();
    await effects.look();
    clock.reading = () => 'it was answered 500';
    expect(await effects.look()).toBeNull();
    clock.reading = at(0, 0);
    expect(await effects.settle(1)).toMatchObject({
      effects: null,
      why: 'webhook.effect could not be read: it was answered 500',
    });
  });

  it('end a wait that is interrupted', async () => {
    clock.reading = () => 0;
    const interruption = new AbortController();
    interruption.abort();
    const effects = createEffects({ url: 'http://127.0.0.1/' }, SETTLE_MS, { cwd: '/', env: {} }, interruption.signal);
    expect((await effects.settle(3)).waitedMs).toBeLessThan(SETTLE_MS);
  });
});
