import { describe, expect, it } from 'vitest';
import { itemsKnown } from '../../../src/checks/shared/pages.js';
import { page, walked } from '../../helpers/pages.js';

const known = (...given: Parameters<typeof walked>) => itemsKnown(walked(...given)['endpoint.pages']);

describe('itemsKnown', () => {
  it('counts each item of the walk once', () => {
    expect(known([{ ids: ['a', 'b'] }, { ids: ['b', 'c'] }])).toBe(3);
  });
  it('counts what one large page shows beyond a walk that was stopped', () => {
    expect(known([{ ids: ['a', 'b'] }], { stopped: 'bound', over: page('over', { ids: ['a', 'b', 'c', 'd'] }) })).toBe(
      4,
    );
  });
  it('counts nothing on what is no page', () => {
    expect(known([{ ids: ['a', 'b'] }, { ids: null }], { over: page('over', { ids: null }) })).toBe(2);
  });
});
