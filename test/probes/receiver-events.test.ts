// What probes of the receiver share, with a context that only notes what is asked of it.
import { describe, expect, it } from 'vitest';
import { isAccepted } from '../../src/evidence/events.js';
import type { EventControlEvidence, SettledEffects } from '../../src/evidence/map.js';
import type { ReceiverContext } from '../../src/probes/define.js';
import { deliverBad, deliverGood, requireControl, settleExactly } from '../../src/probes/events.js';
import type { Vector } from '../../src/webhook/vector.js';
import { VECTORS } from '../../src/webhook/vectors.js';
import { control, event, type RoundInput, round, SEEING, settled } from '../helpers/receiver-evidence.js';

/** `given`: what becomes of each delivery, in turn; `waits`: what each wait sees. */
function contextOf(given: readonly RoundInput[], waits: readonly (SettledEffects | null)[] = [], of = SEEING) {
  const asked: (number | 'now')[] = [];
  const sent: string[] = [];
  const context = {
    evidence: () => of,
    vectors: (group: string) => VECTORS.filter((vector) => vector.group === group),
    deliver: ({ id }: Vector) => {
      sent.push(id);
      return Promise.resolve(round(given[sent.length - 1]));
    },
    settle: (more: number | 'now') => {
      asked.push(more);
      return Promise.resolve(waits[asked.length - 1] ?? null);
    },
  } as unknown as ReceiverContext;
  return { context, asked, sent };
}
const [one, two, three] = VECTORS as [Vector, Vector, Vector];
const failed = (answers: RoundInput['answers']): EventControlEvidence =>
  control({ rounds: [round({ answers: answers ?? [] })] });

describe('the control', () => {
  it.each([
    ['a refusal', failed([401]), /a good event was answered 401/],
    ['a redirect', failed([302]), /answered 302/],
    ['no answer', failed([null]), /was not answered/],
    ['no event', control({ rounds: [] }), /was not answered/],
  ])('lets nobody go on behind %s', async (_, of, message) => {
    expect(() => requireControl(contextOf([], [], of).context)).toThrow(message);
    const { context, sent } = contextOf([], [], of);
    await expect(deliverGood(context, [one])).rejects.toThrow(message);
    await expect(deliverBad(context, [one])).rejects.toThrow(message);
    expect(sent).toEqual([]);
  });

  it('takes any 2xx', () => {
    for (const status of [200, 202, 299]) expect(isAccepted(event('a', status))).toBe(true);
    for (const status of [199, 300, 404, 500, null]) expect(isAccepted(event('a', status))).toBe(false);
  });
});

describe('good events', () => {
  it('are waited for until the effects that are missing are there', async () => {
    const { context, asked, sent } = contextOf([{ effects: 1 }, { effects: 0 }, { effects: 0 }], [settled(2)]);
    const { rounds } = await deliverGood(context, [one, two, three]);
    expect(sent).toEqual([one.id, two.id, three.id]);
    expect(rounds).toHaveLength(3);
    expect(asked).toEqual([2]);
  });

  it('are not waited for where they were refused, came already, or have none', async () => {
    for (const [given, of] of [
      [[{ answers: [401], effects: 0 }], SEEING],
      [[{ effects: 1 }], SEEING],
      [[{ effects: null }], control()],
    ] as const) {
      const { context, asked } = contextOf(given, [settled(0)], of);
      await deliverGood(context, [one]);
      expect(asked).toEqual(['now']);
    }
  });

  it('have one effect, however often each is delivered', async () => {
    const { context, asked } = contextOf([{ answers: [200, 200], events: ['a', 'a'], effects: 0 }], [], {
      ...SEEING,
      unit: 3,
    });
    await deliverGood(context, [one]);
    expect(asked).toEqual([3]);
  });
});

describe('events that must have none', () => {
  it('are waited for once, behind all of them', async () => {
    const { context, asked, sent } = contextOf([{}, {}, { effects: 0 }], [settled(0)]);
    const { settled: seen, rounds, closing } = await deliverBad(context, [one, two]);
    expect([seen, rounds.length, closing?.vector]).toEqual([settled(0), 2, 'valid']);
    expect(sent).toEqual([one.id, two.id, 'valid']);
    // The good event behind them has its own effect, which is no part of theirs.
    expect(asked).toEqual([0, 1]);
  });

  it('are closed by a good event, which has no effect to wait for where it is refused', async () => {
    const { context, asked } = contextOf([{}, { answers: [403] }], [settled(0)]);
    expect((await deliverBad(context, [one])).closing?.calls[0]?.response?.status).toBe(403);
    expect(asked).toEqual([0, 'now']);
  });

  it('may follow those that must come: both are counted', async () => {
    const { context, asked } = contextOf(
      [],
      [settled(1, { ids: ['a'] }), settled(2, { ids: ['b', 'c'], waitedMs: 50 })],
    );
    expect(await settleExactly(context, 1)).toEqual({ effects: 3, ids: ['a', 'b', 'c'], waitedMs: 350, why: null });
    expect(asked).toEqual([1, 0]);
  });

  it('cannot be told where either wait saw nothing', async () => {
    expect(await settleExactly(contextOf([], [settled(null), settled(1)]).context, 1)).toMatchObject({
      effects: null,
      why: settled(null).why,
    });
    expect(await settleExactly(contextOf([], [settled(1), settled(null)]).context, 1)).toMatchObject({ effects: null });
    expect(await settleExactly(contextOf([], [settled(1)]).context, 0)).toEqual(settled(1));
    expect(await settleExactly(contextOf([], []).context, 2)).toBeNull();
  });
});
