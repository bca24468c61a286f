import { describe, expect, it } from 'vitest';
import { columnsOf, median, waitsOf } from '../../src/evidence/waits.js';
import { type AttemptInput, lane } from '../helpers/lane.js';

describe('waits', () => {
  it('run from the end of our answer to the next first byte, of the first operation only', () => {
    const run = lane({
      label: '503',
      attempts: [
        { target: false, method: 'GET' },
        { status: 503, heldMs: 700 },
        { status: 503, waitMs: 40 },
        { logical: 'op-2', waitMs: 1 },
      ],
    });
    expect(waitsOf(run)).toEqual([40]);
  });

  it('count an attempt that was cut before it could be read', () => {
    expect(waitsOf(lane({ label: 'reset', attempts: [{ status: null, logical: null }, { waitMs: 80 }] }))).toEqual([
      80,
    ]);
  });

  it('are none below zero where the client did not wait for our answer', () => {
    expect(waitsOf(lane({ label: 'delay', attempts: [{ heldMs: 900 }, { waitMs: -300 }] }))).toEqual([0]);
  });
});

describe('columns', () => {
  it('end where too few repeats have a further wait', () => {
    const waits = [
      [1, 2, 3],
      [1, 2],
      [1, 2],
      [1, 2],
      [1, 2],
    ];
    expect(columnsOf(waits).map((column) => column.length)).toEqual([5, 5]);
  });
});

describe('median', () => {
  it('takes the middle, and null of nothing', () => {
    expect([median([]), median([3, 1, 2]), median([1, 2])]).toEqual([null, 2, 2]);
  });
});

describe('waits between attempts', () => {
  const waits = (again: AttemptInput) =>
    waitsOf(
      lane({
        attempts: [
          { status: 503, key: 'k' },
          { waitMs: 400, ...again },
        ],
      }),
    ).map(Math.round);

  it.each<[string, AttemptInput, number[]]>([
    ['the same body under another key', { key: 'other' }, [400]],
    ['another body under the same key', { key: 'k', logical: 'op-2' }, [400]],
    ['another body under another key', { key: 'other', logical: 'op-2' }, []],
    ['another body without a key', { logical: 'op-2' }, []],
  ])('%s', (_, again, expected) => expect(waits(again)).toEqual(expected));
});
