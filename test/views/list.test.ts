import { describe, expect, it } from 'vitest';
import type { Check } from '../../src/checks/verdict.js';
import { renderList } from '../../src/views/list.js';
import { PLAIN } from '../report/made.js';

function listed(id: string, changes: Partial<Check> = {}): { check: Check; severity: Check['severity'] } {
  const check: Check = {
    id,
    kind: 'endpoint',
    topic: 'Access',
    severity: 'major',
    title: `Promise of ${id} that a reader of this list should know about`,
    why: '',
    fix: '',
    refs: [],
    needs: [],
    judge: () => ({ outcome: 'pass', code: 'ok', because: '', at: [] }),
    ...changes,
  };
  return { check, severity: check.severity };
}

const checks = [
  listed('rejects-old-versions', { topic: 'Versions', optIn: true }),
  listed('accepts-valid-key', { severity: 'blocker' }),
  listed('waits-for-retry-after', { kind: 'client', topic: 'Retries', severity: 'minor' }),
];

describe('renderList', () => {
  it('groups by kind and topic, id above title where they do not fit one line', () => {
    expect(renderList(checks, PLAIN)).toBe(`endpoint: the provider's API (2 checks)

  Access
  blocker  accepts-valid-key
           Promise of accepts-valid-key that a reader of this list should know
           about

  Versions
  major    rejects-old-versions
           Promise of rejects-old-versions that a reader of this list should
           know about (opt-in)

client: your own integration code (1 check)

  Retries
  minor    waits-for-retry-after
           Promise of waits-for-retry-after that a reader of this list should
           know about
`);
  });

  it('takes one line each where there is room', () => {
    const lines = renderList(checks, { ...PLAIN, width: 120 }).split('\n');
    expect(lines).toContain(
      '  blocker  accepts-valid-key      Promise of accepts-valid-key that a reader of this list should know about',
    );
  });

  it.each([40, 80, 120])('fits %i columns', (width) => {
    for (const line of renderList(checks, { ...PLAIN, width }).split('\n'))
      expect(line.length).toBeLessThanOrEqual(width);
  });

  it('is never empty', () => {
    expect(renderList([], PLAIN)).toBe('No checks.\n');
  });

  it('holds no escape sequence and no Unicode where these are not wanted', () => {
    expect(renderList(checks, { ...PLAIN, unicode: false })).toMatch(/^[\n -~]*$/);
  });
});
