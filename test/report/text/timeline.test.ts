import { describe, expect, it } from 'vitest';
import type { TimelineStep } from '../../../src/checks/verdict.js';
import { createPen } from '../../../src/report/text/layout.js';
import { timelineRows } from '../../../src/report/text/timeline.js';
import { PLAIN } from '../made.js';

const drawn = (steps: readonly Partial<TimelineStep>[], unicode = true) =>
  timelineRows(
    createPen({ ...PLAIN, unicode }),
    steps.map((step) => ({ label: '503', waitMs: null, ...step })),
    0,
  ).map((line) => line.replaceAll('\u00a0', ' ').replace('Attempts', '').trim());

describe('attempts in time', () => {
  it('show which of them carry one key', () => {
    expect(drawn([{ key: 'A' }, { key: 'A', waitMs: 700 }, { key: 'B', waitMs: 1900 }])).toEqual([
      'A 503 ──700 ms── A 503 ──1.9 s── B 503 (A, B: idempotency keys)',
    ]);
    const keyed = Array.from('ABCDE', (key) => ({ key, waitMs: 1900 }));
    expect(drawn(keyed).at(-1)).toBe('A, B, C, D, E: idempotency keys');
    expect(drawn([{ key: 'A' }, { key: 'A', waitMs: 700 }])).toEqual(['A 503 ──700 ms── A 503 (A: idempotency key)']);
  });

  it('show bodies only where they differ', () => {
    const same = [
      { key: 'A', body: 'a' },
      { key: 'A', body: 'a' },
    ];
    expect(drawn(same)[0]).toMatch(/^A 503 A 503 /);
    expect(drawn([...same, { key: 'A', body: 'b' }, { key: 'A', body: 'empty' }])).toEqual([
      'Aa 503 Aa 503 Ab 503 A∅ 503',
      'A: idempotency key; a, b: different bodies; ∅: empty body',
    ]);
  });

  it('show an attempt without a key beside those that carry one', () => {
    expect(drawn([{ key: 'A' }, { key: null }, {}])).toEqual(['A 503 – 503 503 (A: idempotency key; –: no key)']);
  });

  it('carry no mark where no key was sent and no body differs', () => {
    expect(
      drawn([
        { key: null, body: 'a' },
        { key: null, body: 'a' },
      ]),
    ).toEqual(['503 503']);
    expect(drawn([{ key: null, body: 'empty' }])).toEqual(['503']);
  });

  it('are drawn without Unicode', () => {
    expect(
      drawn(
        [
          { key: 'A', body: 'a' },
          { key: null, body: 'empty', waitMs: 1000 },
        ],
        false,
      ),
    ).toEqual(['Aa 503 --1.0 s-- -0 503', 'A: idempotency key; -: no key; a: body; 0: empty body']);
  });
});
