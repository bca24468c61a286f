import { describe, expect, it } from 'vitest';
import { isSameResource, span } from '../../../src/checks/shared/deferred.js';
import type { LaterAnswer } from '../../../src/evidence/map.js';

const answer = (names: Partial<LaterAnswer>): LaterAnswer => ({
  status: 201,
  id: null,
  location: null,
  content: '',
  ...names,
});

describe('isSameResource', () => {
  it.each<[string, Partial<LaterAnswer>, Partial<LaterAnswer>, boolean | null]>([
    ['one id at two Locations', { id: 'a', location: '/1' }, { id: 'a', location: '/2' }, true],
    ['two ids at one Location', { id: 'a', location: '/1' }, { id: 'b', location: '/1' }, false],
    ['an id that only the first names', { id: 'a', location: '/1' }, { location: '/1' }, true],
    ['an id that only the later one names', { location: '/1' }, { id: 'a', location: '/2' }, false],
    ['an id here and a Location there', { id: 'a' }, { location: '/1' }, null],
    ['a Location here and an id there', { location: '/1' }, { id: 'a' }, null],
    ['no names', {}, {}, null],
  ])('%s', (_, one, other, same) => expect(isSameResource(answer(one), answer(other))).toBe(same));
});

describe('span', () => {
  it('takes the unit of which there are two at least', () => {
    expect([45_000, 119_000, 120_000, 5_400_000, 47 * 3_600_000, 48 * 3_600_000].map(span)).toEqual([
      '45 s',
      '119 s',
      '2 min',
      '90 min',
      '47 h',
      '2 days',
    ]);
  });
});
