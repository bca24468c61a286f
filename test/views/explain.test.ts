import { describe, expect, it } from 'vitest';
import type { Check } from '../../src/checks/verdict.js';
import type { CallSpec } from '../../src/probes/call.js';
import { type Explained, GROUP_WORDS, groupOf, renderExplain, renderTopicOrKind } from '../../src/views/explain.js';
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
const call: CallSpec = {
  operation: 'create',
  method: 'POST',
  path: '/orders',
  query: {},
  headers: {},
  payload: null,
  credential: 'key',
  version: 'pinned',
  keyed: true,
  expected: [201],
  times: 2,
  when: null,
};
const explained: Explained = {
  trials: [
    { says: 'creating twice with one idempotency key', calls: [call], runs: [], times: 0, events: 0 },
    {
      says: 'answering one call of your client with 5xx',
      calls: [],
      runs: [
        { label: '503', done: 'The API answers 503, then as usual.', times: 3 },
        { label: 'no fault', done: '', times: 1 },
      ],
      times: 4,
      events: 0,
    },
    { says: 'sending your receiver good events', calls: [], runs: [], times: 0, events: 2 },
  ],
  items: ['R5', 'S13'],
  settings: [['endpoint.url'], ['contract.idempotency.header', 'contract.idempotency.bodyField']],
  snippet: [
    { depth: 0, text: 'endpoint:' },
    { depth: 1, text: 'url: …' },
  ],
  example: { pass: 'The repeat was answered 201.', fail: 'The repeat was answered 500.' },
};
const bare: Explained = { trials: [], items: [], settings: [], snippet: [], example: null };

describe('renderExplain', () => {
  it('tells all there is to know', () => {
    expect(
      renderExplain({ ...check, bounds: ['An id counts, its time does not.'] }, explained, PLAIN),
    ).toBe(`Repeating a create with the same key answers as the first time
replays-first-response
blocker · endpoint · Idempotency

Why        After a time-out your client repeats the call; it must get the first
           answer, not a new error or a new thing.

Fix        Report the difference to the provider.

Judged by  creating twice with one idempotency key
              2× POST    /orders  write · idempotency key
           answering one call of your client with 5xx (4 runs)
             503 (3 times): The API answers 503, then as usual.
             no fault
           sending your receiver good events (about 2 events)

           These are the calls on a sample API; golive-check plan shows those on
           yours.

Bounds     An id counts, its time does not.

Passes     e.g. "The repeat was answered 201."

Fails      e.g. "The repeat was answered 500."

Applies    with this in the config:
           endpoint:
             url: …
           contract.idempotency.header or contract.idempotency.bodyField: one is
           enough.

Checklist  R5, S13

See        https://example.com/one
           https://example.com/two

Run        golive-check run --only replays-first-response
`);
  });

  it('says how to switch on what is opt-in', () => {
    expect(renderExplain({ ...check, optIn: true }, explained, PLAIN)).toContain(
      'name it under "checks" in the config',
    );
  });

  it.each([40, 80, 120])('fits %i columns', (width) => {
    const text = renderExplain({ ...check, optIn: true }, explained, { ...PLAIN, width });
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(width);
  });

  it('tells of an attestation what is asked, and what shows it', () => {
    const attestation = { question: 'Are keys rotated?', shownBy: 'the record of the last rotation' };
    const text = renderExplain({ ...check, id: 'rotates-keys', kind: 'attestation', attestation }, bare, PLAIN);
    expect(text).toContain('States     Are keys rotated?\n');
    expect(text).toContain('Shown by   the record of the last rotation.\n');
    expect(text).toContain('Run        golive-check attest rotates-keys\n');
  });
});

describe('topics and kinds', () => {
  const checks = [
    { check, severity: check.severity },
    {
      check: { ...check, id: 'waits-for-retry-after', kind: 'client', topic: 'Rate limits' } as Check,
      severity: 'major' as const,
    },
  ];

  it('are found as one types them', () => {
    expect(groupOf('rate-limits')).toEqual({ is: 'topic', topic: 'Rate limits' });
    expect(groupOf('Rate limits')).toEqual({ is: 'topic', topic: 'Rate limits' });
    expect(groupOf('client')).toEqual({ is: 'kind', kind: 'client' });
    expect(groupOf('toString')).toBeNull();
    expect(GROUP_WORDS.filter((word) => groupOf(word) === null)).toEqual([]);
  });

  it('are told with their checks, and no others', () => {
    const text = renderTopicOrKind({ is: 'kind', kind: 'client' }, checks, PLAIN);
    expect(text).toMatch(/^client\nWhat golive-check asks of your own integration code: 1 check, 0 blockers\n/);
    expect(text).toContain('waits-for-retry-after');
    expect(text).not.toContain('replays-first-response');
    expect(renderTopicOrKind({ is: 'topic', topic: 'Idempotency' }, checks, PLAIN)).toContain('1 check, 1 blocker\n');
  });
});
