import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distinct, isNameOf, type Made, resourcesMade } from '../../../src/checks/shared/effects.js';
import type { Count, Effect } from '../../../src/evidence/map.js';
import { counted, MOCK, type Name, named, separateKeys } from '../../helpers/exchange.js';

const COUNT: Count = { resources: 1, how: 'matching items', exchange: 'separate-keys.count' };
const names = (...given: Name[]) => named(given).named;
const made = (effect: Effect, calls = effect.named.length, control = separateKeys()): Made =>
  resourcesMade(effect, control, calls);
const known = (resources: number, grounds: string) => ({ known: true, resources, grounds });

describe('distinct', () => {
  const CASES: readonly (readonly [what: string, named: ReturnType<typeof names>, amount: number | null])[] = [
    ['nothing', [], null],
    ['one id', names('a'), 1],
    ['equal ids', names('a', 'a', 'a'), 1],
    ['two ids', names('a', 'b', 'a'), 2],
    ['equal ids, two Locations', names({ id: 'a', location: '/1' }, { id: 'a', location: '/2' }), 2],
    ['equal ids, one Location lacking', names({ id: 'a', location: '/1' }, 'a'), 1],
    ['Locations alone', names({ location: '/1' }, { location: '/1' }), 1],
    ['one without a name', names('a', {}), null],
    ['two ids and one without a name', names('a', 'b', {}), 2],
    ['an id here, a Location there', names('a', { location: '/1' }), null],
  ];
  for (const [what, given, amount] of CASES) it(`${what}: ${amount}`, () => expect(distinct(given)).toBe(amount));

  it('depends on no order, and never says one where two differ', () => {
    const place = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: null });
    const one = fc.record({ exchange: fc.constant('x'), id: place, location: place });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 5 }), (given) => {
        const amount = distinct(given);
        expect(distinct(given.toReversed())).toBe(amount);
        const ids = new Set(given.map(({ id }) => id).filter((id) => id !== null));
        if (ids.size > 1) expect(amount).toBeGreaterThanOrEqual(ids.size);
        if (amount === 1) expect(ids.size).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('resourcesMade', () => {
  it('believes the count', () => {
    expect(made(counted(1, ['a', 'a']))).toEqual(known(1, 'counted'));
    expect(made(counted(2, ['a', 'a']))).toEqual(known(2, 'counted'));
    expect(made(counted(3, ['a', 'b']))).toEqual(known(3, 'counted'));
    expect(made(counted(0))).toEqual(known(0, 'counted'));
    expect(made(counted(1), 5)).toEqual(known(1, 'counted'));
  });

  it('believes two ids before a list that shows fewer', () => {
    expect(made(counted(1, ['a', 'b']))).toEqual(known(2, 'the answers name them'));
    expect(made(counted(0, ['a', 'b']))).toEqual(known(2, 'the answers name them'));
    expect(made(counted(1, [{ location: '/1' }, { location: '/2' }]))).toEqual(known(2, 'the answers name them'));
  });

  it('takes two Locations of one id, counted once, for one', () => {
    const effect = counted(1, [
      { id: 'a', location: '/1' },
      { id: 'a', location: '/2' },
    ]);
    expect(made(effect)).toEqual(known(1, 'counted'));
  });

  it('knows nothing where the list shows nothing after a success', () => {
    for (const amount of [0, -1, -7])
      expect(made(counted(amount, ['a', 'a']))).toMatchObject({ known: false, why: expect.stringMatching(/may lag/) });
  });

  it('falls back to names where nothing could be counted', () => {
    expect(made(named(['a', 'a']))).toMatchObject(known(1, 'by the id and Location in the answers'));
    expect(made(named(['a', 'b']))).toMatchObject({ known: true, resources: 2 });
    expect(made(counted(null, ['a', 'a']))).toMatchObject({ known: true, resources: 1 });
  });

  it('says why nothing was counted', () => {
    expect(made(named([{}, {}]))).toMatchObject({
      known: false,
      why: expect.stringMatching(/^the answers name no id/),
    });
    expect(made(named(['a', {}], 'the list was answered 500'))).toMatchObject({
      known: false,
      why: expect.stringMatching(/^the list was answered 500; the answers name no id/),
    });
  });

  describe('with another look at two separate creates', () => {
    const control = (count: Partial<Count>, names: readonly Name[] = ['ord_8', 'ord_9']) => {
      const { effect, ...calls } = separateKeys(names);
      return { ...calls, effect: { ...effect, counted: { ...COUNT, ...count } } };
    };
    const one = (count: Partial<Count> = {}) => ({ ...counted(1, ['a', 'a']), counted: { ...COUNT, ...count } });
    const unknown = (why: RegExp) => ({ known: false, why: expect.stringMatching(why) });

    it('believes a count of one where the same call counted two', () => {
      expect(made(one(), 2, control({ resources: 2 }))).toEqual(known(1, 'counted'));
    });
    it('does not where it showed one of them', () => {
      expect(made(one(), 2, control({ resources: 1 }))).toMatchObject(unknown(/of 2 separate creates .* showed 1/));
      expect(made(counted(2, ['a', 'a']), 2, control({ resources: 1 }))).toEqual(known(2, 'counted'));
    });
    it('does not where a look-up showed one of two that are named nowhere', () => {
      const nameless = control({ how: 'look-up' }, [{}, {}]);
      expect(made(one({ how: 'look-up' }), 2, nameless)).toMatchObject(unknown(/look a single one up/));
    });
    it('does where the second create was refused: what is looked up is unique', () => {
      expect(made(one({ how: 'look-up' }), 2, control({ how: 'look-up' }, ['ord_8']))).toEqual(known(1, 'counted'));
    });
    it('believes a list that lags only as late as it was seen to be complete', () => {
      const late = control({ resources: 2, afterMs: 1010, lagMs: 205 });
      expect(made(one({ afterMs: 2 }), 2, late)).toMatchObject(
        unknown(/only after 205 ms, and here it was asked after 2 ms/),
      );
      expect(made(one({ afterMs: 1001 }), 2, late)).toEqual(known(1, 'counted'));
    });
    it('does not where a list showed none of them', () => {
      expect(made(one(), 2, control({ resources: 0 }))).toMatchObject(unknown(/of 2 separate creates .* showed 0/));
    });
    it('does where they were answered with one id, or a list showed one of two that are named nowhere: they were merged', () => {
      for (const how of ['look-up', 'matching items'] as const)
        expect(made(one({ how }), 2, control({ how }, ['ord_8', 'ord_8']))).toEqual(known(1, 'counted'));
      expect(made(one(), 2, control({}, [{}, {}]))).toEqual(known(1, 'counted'));
    });
    it('asks a list that showed both at once for no delay', () => {
      expect(made(one({ afterMs: 2 }), 2, control({ resources: 2, afterMs: 900 }))).toEqual(known(1, 'counted'));
    });
    it('believes no total that others move', () => {
      const busy = control({ resources: 4, how: 'total' });
      const two = { ...counted(2, ['a', 'a']), counted: { ...COUNT, resources: 2, how: 'total' } as const };
      expect(made(two, 2, busy)).toMatchObject(unknown(/somebody else creates too/));
      expect(made(two, 2, control({ resources: 2, how: 'total' }))).toEqual(known(2, 'counted'));
      const items = { ...two, counted: { ...two.counted, how: 'new items' } } as const;
      expect(made(items, 2, busy)).toMatchObject(unknown(/somebody else creates too/));
    });
    it('believes two ids, whatever others do to the total', () => {
      const two = { ...counted(2, ['a', 'b']), counted: { ...COUNT, resources: 2, how: 'total' } as const };
      expect(made(two, 2, control({ resources: 4, how: 'total' }))).toEqual(known(2, 'the answers name them'));
    });
    it('believes a search for what these creates alone carry, however many they made', () => {
      expect(made(counted(2, ['a', 'a']), 2, control({ resources: 4 }))).toEqual(known(2, 'counted'));
    });
  });

  it('proves nothing by equal names where separate operations have them too', () => {
    for (const control of [MOCK, separateKeys([{}, {}]), separateKeys(['a'])])
      expect(made(named(['a', 'a']), 2, control)).toMatchObject({
        known: false,
        why: expect.stringMatching(/a mock\?/),
      });
    expect(made(named(['a', 'b']), 2, MOCK)).toMatchObject({ known: true, resources: 2 });
  });

  it('proves nothing by one name where another call may have made a second resource', () => {
    expect(made(named(['a']), 2)).toMatchObject({ known: false, why: expect.stringMatching(/1 of 2 answers/) });
    expect(made(named(['a', 'b']), 3)).toMatchObject({ known: true, resources: 2 });
  });
});

describe('isNameOf', () => {
  const [one] = names({ id: '17', location: '/v1/orders/17' });
  it('takes the id, as text or number, or the Location', () => {
    for (const value of ['17', 17, '/v1/orders/17', 'https://api.example.com/v1/orders/17'])
      expect(isNameOf(value, one)).toBe(true);
    for (const value of ['18', 1.7, null, undefined, {}, ['17'], true]) expect(isNameOf(value, one)).toBe(false);
  });
  it('takes nothing for the name of what has none', () => {
    for (const value of ['null', 'undefined', null, undefined, '']) {
      expect(isNameOf(value, undefined)).toBe(false);
      expect(isNameOf(value, names({})[0])).toBe(false);
    }
  });
});
