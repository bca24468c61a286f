import { describe, expect, it } from 'vitest';
import type { ChecklistLine } from '../../src/checklists/define.js';
import { checklistsOf } from '../../src/checklists/index.js';
import { checklistOf, coverageOf } from '../../src/report/checklist.js';
import type { RenderOptions } from '../../src/report/index.js';
import { type Report, reportSchema } from '../../src/report/schema.js';
import renderText from '../../src/report/text/text.js';
import { check, listed, ONE_ID, PLAIN, report } from './made.js';

const LINES: readonly ChecklistLine[] = [
  { id: 'R1', text: 'Keep to the key', checks: ['accepts-valid-key', 'rejects-missing-key'] },
  { id: 'R2', text: 'Make things once', checks: ['creates-once-on-replay', 'rejects-missing-key'] },
  { id: 'R3', text: 'Think of addresses', checks: ['remembers-keys-within-window'] },
  { id: 'R4', text: 'Mark what is replayed', checks: ['marks-replays'] },
  { id: 'R5', text: 'Retry', checks: ['retries-server-errors', 'replays-first-response'] },
  { id: 'R6', text: 'Name the version', checks: ['echoes-version', 'keeps-good-time'] },
  { id: 'R7', text: 'Be glad', checks: [], information: true },
  { id: 'R8', text: 'Log', checks: ['logs-errors'] },
  { id: 'R9', text: 'Pin', checks: ['pins-version'] },
  { id: 'R10', text: 'Read errors', checks: ['shapes-errors-consistently'] },
];

const CHECKS = [
  check('accepts-valid-key', 'pass', { topic: 'Access' }),
  check('rejects-missing-key', 'fail', { topic: 'Access', severity: 'blocker' }),
  check('creates-once-on-replay', 'pass'),
  check('marks-replays', 'not-applicable', { because: 'Applies with contract.idempotency.marker.' }),
  check('retries-server-errors', 'not-applicable', { kind: 'client', because: 'Applies with client.command.' }),
  check('replays-first-response', 'pass'),
  check('echoes-version', 'pass', { topic: 'Versions' }),
  check('logs-errors', 'inconclusive', { kind: 'client', because: 'No call failed.' }),
  check('shapes-errors-consistently', 'fail', {
    waiver: { reason: 'Mended in Q1', by: 'dana@example.com', until: '2027-01-31' },
  }),
  check('answers-in-time', 'pass', { topic: 'Speed and time' }),
];

const full = listed(CHECKS, LINES);
const render = (value: Report, options: Partial<RenderOptions> = {}) => renderText(value, { ...PLAIN, ...options });

describe("a provider's list in the text report", () => {
  it('is one paragraph that names what failed and what is open', () => {
    expect(render(full)).toContain(`✖ Runa, 10 lines: 5 observed, 0 scanned, 0 attested, 4 open, 1 information (2 in
  part). Failed: R1, R2. Open: R3, R8, R9.
`);
  });

  it('stands line by line when verbose: outcome, basis, and the checks behind it', () => {
    expect(render(full, { verbose: true })).toContain(`
Runa: Before you go live (10 lines)
  ✖ R1  Keep to the key                                         failed, observed
        ✔ accepts-valid-key  ✖ rejects-missing-key
  ✖ R2  Make things once                                        failed, observed
        ✔ creates-once-on-replay  ✖ rejects-missing-key
  ○ R3  Think of addresses                                                  open
        Not run: remembers-keys-within-window
  – R4  Mark what is replayed                                     not applicable
        – marks-replays
        Applies with contract.idempotency.marker.
  ◐ R5  Retry                                          passed, observed, in part
        – retries-server-errors  ✔ replays-first-response
        Applies with client.command.
  ◐ R6  Name the version                               passed, observed, in part
        ✔ echoes-version
        Not run: keeps-good-time
  i R7  Be glad                                                      information
  ? R8  Log                                                         inconclusive
        ? logs-errors
  ○ R9  Pin                                                                 open
        Not run: pins-version
  ~ R10 Read errors                                                       waived
        ~ shapes-errors-consistently
10 lines: 5 observed, 0 scanned, 0 attested, 4 open, 1 information (2 in part)
`);
  });

  it('says of each answer how it is known', () => {
    const stated = check('accepts-valid-key', 'pass', { basis: 'attested', because: 'Stated by dana.' });
    const value = listed([stated, check('rejects-missing-key', 'pass')], LINES.slice(0, 1));
    expect(render(value)).toContain('✔ Runa, 1 line: 0 observed, 0 scanned, 1 attested, 0 open.\n');
    const text = render(value, { verbose: true });
    expect(text).toMatch(/ {2}✔ R1 Keep to the key +passed, attested\n/);
    expect(text).toContain('Stated by dana.');
  });

  it('is not there without such a list', () => {
    expect(render(listed(CHECKS, []))).not.toMatch(/\d lines?:/);
  });

  it.each([40, 60, 80, 100])('fits %i columns, in ASCII as well', (width) => {
    for (const [unicode, verbose] of [true, false].flatMap(
      (one) =>
        [
          [one, true],
          [one, false],
        ] as const,
    )) {
      const text = render(full, { width, unicode, verbose });
      if (!unicode) expect(text).toMatch(/^[\n -~]*$/);
      for (const one of text.split('\n').filter((row) => !/https?:|golive-check run/.test(row) && !ONE_ID.test(row)))
        expect(one.length, one).toBeLessThanOrEqual(width);
    }
  });

  it('keeps colour out of the widths', () => {
    const plain = (text: string) => text.replace(/\x1b\[[\d;]*m/g, '');
    expect(plain(render(full, { color: true }))).toBe(render(full));
  });
});

describe('the coverage', () => {
  it('counts each line once', () => {
    const { items, observed, scanned, attested, open, information } = full.coverage;
    expect(observed + scanned + attested + open + information).toBe(items);
    expect(items).toBe(LINES.length);
  });

  it('counts by how we know', () => {
    const line = (basis: Report['checklist'][number]['basis']) => ({ basis, outcome: 'pass', inPart: false });
    const lines = [line('observed'), line('observed'), line('scanned'), line('attested'), line(null)];
    expect(coverageOf(lines as Report['checklist'])).toEqual({
      items: 5,
      observed: 2,
      scanned: 1,
      attested: 1,
      open: 1,
      information: 0,
      inPart: 0,
    });
  });

  it('is told of each list, where there are several', () => {
    const checks = [check('rejects-revoked-key', 'pass'), check('rejects-missing-key', 'fail')];
    const lists = checklistsOf(['agent-ready', 'runa']);
    const checklist = checklistOf(lists, checks);
    const both = report(checks, { checklist, coverage: coverageOf(checklist) });
    expect(lists.map(({ provider }) => provider)).toEqual(['runa', 'agent-ready']);
    const full = render(both, { verbose: true });
    expect(full.indexOf('Runa: Before you go live (13 lines)')).toBeGreaterThan(0);
    expect(full.indexOf('Agent-ready: ')).toBeGreaterThan(full.indexOf('Runa: '));
    const text = render(both, { width: 120 });
    expect(text).toContain('\n✖ Runa, 13 lines: 1 observed, 0 scanned, 0 attested, 12 open (1 in part). Failed: R1.');
    expect(text).toContain('\n○ Agent-ready, 16 lines: 1 observed, 0 scanned, 0 attested, 15 open. Open: A1, ');
    expect(both.coverage).toMatchObject({ items: 29, observed: 2, open: 27, inPart: 1 });
  });

  it('stands in the JSON report beside the lines', () => {
    expect(reportSchema.parse(full)).toEqual(full);
    expect(full.checklist[1]).toEqual({
      item: 'R2',
      provider: 'runa',
      text: 'Make things once',
      source: 'https://example.com/list',
      outcome: 'fail',
      basis: 'observed',
      checks: ['creates-once-on-replay', 'rejects-missing-key'],
      decidedBy: ['rejects-missing-key'],
      inPart: false,
      notConfigured: [],
      notRun: [],
    });
  });
});
