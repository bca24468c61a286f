import { describe, expect, it } from 'vitest';
import { createAttemptLines } from '../../src/views/attempts.js';
import { type AttemptInput, lane } from '../helpers/lane.js';

const lines = (...attempts: AttemptInput[]) => lane({ attempts }).recording.attempts.map(createAttemptLines());

describe('attempts as they come', () => {
  it('show the wait before them, their key and body, and what became of them', () => {
    const met = 'The API answers 503.';
    const [first, second] = lane({
      attempts: [
        { status: 503, key: 'k-1' },
        { key: 'k-2', waitMs: 1200 },
      ],
    }).recording.attempts;
    if (first === undefined || second === undefined) throw new Error('two attempts');
    const lineOf = createAttemptLines();
    const fault = first.fault === null ? null : { ...first.fault, explain: met, missed: null };
    expect(lineOf({ ...first, fault })).toBe(`#1: POST /v1/orders (key A, body a) -> 503. ${met}`);
    expect(lineOf({ ...second, fault: null })).toBe('#2 after 1.2 s: POST /v1/orders (key B, body a) -> 201');
  });

  it('say what is missing', () => {
    const [bare, empty, half] = lines(
      { key: null },
      { key: 'k-1', digest: null, logical: 'op-2' },
      { key: null, logical: null, status: null, ended: 'we-reset' },
    );
    expect(bare).toContain('(no key, body a)');
    expect(empty).toContain('(key A, empty body)');
    expect(half).toContain('(body not whole) -> reset');
  });

  it('tell those that followed a redirect from the others', () => {
    const { elsewhere } = lane({ attempts: [{ status: 307 }], elsewhere: [{ key: 'k-1' }] }).recording;
    expect(elsewhere.map(createAttemptLines())[0]).toMatch(/^At the other origin #1: POST/);
  });

  it('leave the marks of a plain read away', () => {
    expect(lines({ method: 'GET', key: null, digest: null })[0]).toBe('#1: GET /v1/orders -> 201');
  });

  it('count no wait from an attempt that is still open', () => {
    const [first, second] = lane({ attempts: [{ key: 'k-1' }, { key: 'k-1' }] }).recording.attempts;
    if (first === undefined || second === undefined) throw new Error('two attempts');
    const lineOf = createAttemptLines();
    expect(lineOf({ ...first, ended: 'we-hung', times: { ...first.times, endedAtMs: null } })).toContain('-> open');
    expect(lineOf(second)).toMatch(/^#2: /);
  });
});
