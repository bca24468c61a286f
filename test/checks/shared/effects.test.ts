import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distinct, isNameOf, type Made, resourcesMade } from '../../../src/checks/shared/effects.js';
import type { Effect } from '../../../src/probes/evidence.js';
import { counted, MOCK, type Name, named, separateKeys } from '../../helpers/exchange.js';

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
    expect(made(named(['a', {}], 'the list was answered 500'))).toMatchObject({
      known: false,
      why: expect.stringMatching(/^the list was answered 500; the answers name no id/),
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
    for (const value of ['17', 17, '/v1/orders/17']) expect(isNameOf(value, one)).toBe(true);
    for (const value of ['18', 1.7, null, undefined, {}, ['17'], true]) expect(isNameOf(value, one)).toBe(false);
  });
  it('takes nothing for the name of what has none', () => {
    for (const value of ['null', 'undefined', null, undefined, '']) {
      expect(isNameOf(value, undefined)).toBe(false);
      expect(isNameOf(value, names({})[0])).toBe(false);
    }
  });
});
