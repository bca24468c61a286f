import { describe, expect, it } from 'vitest';
import type { Check } from '../../src/checks/verdict.js';
import { renderExplain } from '../../src/views/explain.js';
import { PLAIN } from '../report/made.js';

const check: Check = {
  id: 'replays-first-response',
  kind: 'endpoint',
  topic: 'Idempotency',
  severity: 'blocker',
  title: 'Repeating a create with the same key answers as the first time',
  why: 'After a time-out your client repeats the call; it must get the first answer, not a new error or a new thing.',
  fix: 'Report the difference to the provider.',
  refs: ['https://example.com/one', 'https://example.com/two'],
  needs: ['endpoint.replay'],
  judge: () => ({ outcome: 'pass', code: 'ok', because: '', at: [] }),
};
const probes = [
  { key: 'endpoint.replay', says: 'creating twice with one idempotency key', calls: ['2x POST /orders'] },
];

describe('renderExplain', () => {
  it('tells all there is to know', () => {
    expect(
      renderExplain(check, { probes, items: ['R5', 'S13'] }, PLAIN),
    ).toBe(`Repeating a create with the same key answers as the first time
replays-first-response
blocker · endpoint · Idempotency

Why        After a time-out your client repeats the call; it must get the first
           answer, not a new error or a new thing.

Fix        Report the difference to the provider.

See        https://example.com/one
           https://example.com/two

Seen by    creating twice with one idempotency key
           endpoint.replay
             2x POST /orders

Checklist  R5, S13

Run        golive-check run --only replays-first-response
`);
  });

  it('says how to switch on what is opt-in', () => {
    expect(renderExplain({ ...check, optIn: true }, { probes, items: ['R5', 'S13'] }, PLAIN)).toContain(
      'name it under "checks" in the config',
    );
  });

  it.each([40, 80, 120])('fits %i columns', (width) => {
    const text = renderExplain({ ...check, optIn: true }, { probes, items: [] }, { ...PLAIN, width });
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(width);
  });

  it('tells of an attestation what is asked, and what shows it', () => {
    const attestation = { question: 'Are keys rotated?', shownBy: 'the record of the last rotation' };
    const text = renderExplain(
      { ...check, id: 'rotates-keys', kind: 'attestation', attestation },
      { probes: [], items: [] },
      PLAIN,
    );
    expect(text).toContain('States     Are keys rotated?\n');
    expect(text).toContain('Shown by   the record of the last rotation.\n');
    expect(text).toContain('Run        golive-check attest rotates-keys\n');
  });
});
