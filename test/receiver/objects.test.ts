import { expect, it } from 'vitest';
import { createObjects } from '../../src/receiver/objects.js';

const VALID = { id: 'valid', expected: 'accepted' } as const;
const EARLIER = { id: 'earlier-event', expected: 'accepted' } as const;
const sample = (status: string, before = 'open') => ({
  event: { data: { id: 'ord_1', status } },
  earlier: { data: { id: 'ord_1', status: before } },
});

it('an object is as the latest event about it says, in whatever order they come', () => {
  const objects = createObjects();
  expect(objects.find('ord_1')).toBeUndefined();
  objects.happened(EARLIER, sample('paid'));
  expect(objects.find('ord_1')).toEqual({ id: 'ord_1', status: 'open' });
  objects.happened(VALID, sample('paid'));
  objects.happened(EARLIER, sample('paid'));
  expect(objects.find('ord_1')).toEqual({ id: 'ord_1', status: 'paid' });
});

it('nothing happened of which a forged event tells', () => {
  const objects = createObjects();
  objects.happened({ id: 'wrong-secret', expected: 'refused' }, sample('paid'));
  expect(objects.find('ord_1')).toBeUndefined();
});

it.each([
  ['under data.object', { data: { object: { id: 'ord_2' } } }, 'ord_2'],
  ['at the top', { id: 'ord_3', status: 'paid' }, 'ord_3'],
  ['by a number', { data: { id: 42 } }, '42'],
])('it stands %s', (_, event, id) => {
  const objects = createObjects();
  objects.happened(VALID, { event });
  expect(String(objects.find(id)?.id)).toBe(id);
});

it('an event may name none', () => {
  const objects = createObjects();
  for (const event of [{ data: { name: 'x' } }, { data: [1] }, { data: { id: null } }, {}])
    objects.happened(VALID, { event });
  for (const id of ['undefined', 'null', '']) expect(objects.find(id)).toBeUndefined();
});
