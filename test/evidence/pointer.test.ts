import * as JsonPointer from '@hyperjump/json-pointer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differences } from '../../src/checks/shared/comparison.js';
import { contractSchema } from '../../src/config/schema.js';
import { dropPointer, getPointer, pointerTo, setPointer, stepsOf } from '../../src/evidence/pointer.js';
import { create } from '../helpers/exchange.js';

const member = fc.oneof(fc.constantFrom('a', 'b', 'a/b', 'a~b', '~1', '~0', '~01', '/', '', '0', '01'), fc.string());
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, 0, 'text'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(member, tie('value'), { maxKeys: 4 }),
  ),
}));

type Json = JsonPointer.Json;

/** A pointer to every place of a value. */
function places(inner: unknown, pointer = ''): string[] {
  if (typeof inner !== 'object' || inner === null) return [pointer];
  const below = Object.entries(inner).flatMap(([name, one]) => places(one, JsonPointer.append(name, pointer)));
  return [pointer, ...below];
}

describe('a JSON Pointer', () => {
  it.each([
    ['/a~1b', 1],
    ['/m~0n', 2],
    ['/~01', 3],
    ['/', 4],
    ['/list/1', 'second'],
    ['/list/01', undefined],
    ['/list/', undefined],
    ['/list/1e0', undefined],
    ['/list/-', undefined],
    ['/list/length', undefined],
    ['/toString', undefined],
    ['/a~1b/further', undefined],
  ])('%j', (pointer, expected) => {
    expect(getPointer({ 'a/b': 1, 'm~n': 2, '~1': 3, '': 4, list: ['first', 'second'] }, pointer)).toEqual(expected);
  });

  it('means at each place what another implementation takes it for', () => {
    fc.assert(
      fc.property(value, (whole) => {
        for (const pointer of places(whole)) {
          expect(pointerTo(...stepsOf(pointer))).toBe(pointer);
          expect(getPointer(whole, pointer)).toEqual(JsonPointer.get(pointer, whole as Json));
          expect(setPointer(whole, pointer, 'set')).toEqual(JsonPointer.set(pointer, whole as Json, 'set'));
          if (pointer !== '') expect(dropPointer(whole, pointer)).toEqual(JsonPointer.unset(pointer, whole as Json));
        }
      }),
      { seed: 6901 },
    );
  });

  it('leaves out of a comparison what it points to, whatever stands in its names', () => {
    const of = (at: number) => create({ json: { id: 1, a: { 'b/c': at, 'm~n': at }, list: [{ 'x/y': at }, at, at] } });
    const found = (ignore: string[]) =>
      differences(of(1), of(2), contractSchema.parse({ idempotency: { replay: 'same-response', ignore } }));
    expect(found(['/a/b~1c', '/a/m~0n', '/list/0/x~1y', '/list/1', '/list/2'])).toEqual([]);
    expect(found(['/a', '/list'])).toEqual([]);
    expect(found(['/a/b~1c'])).toEqual(['other values at /a/m~0n, /list']);
  });

  it('compares only what it points to', () => {
    const of = (at: number) => create({ json: { 'a/b': at, other: 1 } });
    const found = (compare: string[]) =>
      differences(of(1), of(2), contractSchema.parse({ idempotency: { replay: 'same-response', compare } }));
    expect(found(['/a~1b'])).toEqual(['another value at /a~1b']);
    expect(found(['/other'])).toEqual([]);
  });
});
