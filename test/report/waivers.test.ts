// A waived failure stays visible and does not block; a waiver that hides nothing, and a check that is off, are told.
import { describe, expect, it } from 'vitest';
import type { Judgement } from '../../src/checks/verdict.js';
import { buildReport, type ReportFacts } from '../../src/report/build.js';
import { reportSchema } from '../../src/report/schema.js';
import renderText from '../../src/report/text/text.js';
import { PLAIN } from './made.js';

const CHECK = 'sends-request-id';

function judged(outcome: Judgement['outcome'], changes: Partial<Judgement> = {}): Judgement {
  return {
    id: CHECK,
    kind: 'endpoint',
    topic: 'Request ids',
    severity: 'blocker',
    title: 'Every answer carries a request id',
    outcome,
    basis: 'observed',
    code: 'some-code',
    because: 'Seen so.',
    at: [],
    why: 'Why.',
    fix: 'Fix.',
    refs: ['https://example.com/'],
    ...changes,
  };
}

const WAIVER = { check: CHECK, reason: 'Mended in Q1', by: 'dana@example.com', until: '2026-11-30' };
const FACTS: ReportFacts = {
  version: '0.1.0',
  run: { id: 'run', startedAt: '2026-11-30T12:00:00.000Z', durationMs: 1, seed: 1, interrupted: false },
  target: { name: 'orders', url: null, environment: null, extends: ['ietf'], byDefault: true },
  failOn: 'major',
  traffic: { requests: 0, writes: 0, created: [] },
  exchanges: [],
  evidence: {},
  checklists: [],
  waivers: [WAIVER],
  off: [],
  today: '2026-11-30',
};
const OTHER = judged('pass', { id: 'accepts-valid-key', title: 'The key is accepted', topic: 'Access' });
const report = (one: Judgement | null, facts: Partial<ReportFacts> = {}) => {
  const built = buildReport([OTHER, ...(one === null ? [] : [one])], { ...FACTS, ...facts });
  expect(reportSchema.parse(built), 'the schema knows all members').toEqual(built);
  return built;
};
const text = (built: ReturnType<typeof report>) => renderText(built, PLAIN).replace(/\s+/g, ' ');

describe('a waiver', () => {
  it.each([
    'fail',
    'inconclusive',
    'error',
  ] as const)('of what is %s lets it be seen, and go, until its last day', (outcome) => {
    const built = report(judged(outcome));
    expect([built.verdict, built.totals.waived, built.totals[outcome], built.staleWaivers]).toEqual([
      'go',
      1,
      0,
      undefined,
    ]);
    expect(text(built)).toContain(
      '~ Every answer carries a request id waived Seen Seen so. Waived Mended in Q1 (by dana@example.com, until 2026-11-30)',
    );
  });

  it.each([
    ['fail', 'no-go'],
    ['inconclusive', 'undecided'],
    ['error', 'undecided'],
  ] as const)('of what is %s is over on the day after: %s', (outcome, verdict) => {
    const built = report(judged(outcome), { today: '2026-12-01' });
    expect([built.verdict, built.totals.waived, built.totals[outcome], built.staleWaivers]).toEqual([
      verdict,
      0,
      1,
      undefined,
    ]);
    expect(text(built)).toContain('(The waiver by dana@example.com ended on 2026-11-30.)');
  });

  it.each([
    ['pass', judged('pass'), 'it passed', { pass: 2, 'not-applicable': 0 }],
    ['not-applicable', judged('not-applicable'), 'it does not apply', { pass: 1, 'not-applicable': 1 }],
    ['not-run', null, 'it was not run', { pass: 1, 'not-applicable': 0 }],
  ] as const)('of what is %s is told as stale', (outcome, one, words, totals) => {
    for (const today of ['2026-11-30', '2027-06-01']) {
      const built = report(one, { today, off: one === null ? [CHECK] : [] });
      expect(built.staleWaivers).toEqual([{ ...WAIVER, outcome }]);
      expect(built.totals).toMatchObject({ ...totals, waived: 0 });
      expect(built.verdict).toBe('go');
      expect(text(built)).toContain(
        `Stale waiver of ${CHECK} (by dana@example.com, until 2026-11-30): ${words}, so nothing is waived.`,
      );
    }
  });

  it('of a check that was not chosen is not stale, and says nothing about another', () => {
    const other = judged('fail', { id: 'sends-unique-request-ids' });
    const built = report(other);
    expect([built.verdict, built.staleWaivers]).toEqual(['no-go', undefined]);
  });
});

it('a check that is off is told', () => {
  const built = report(judged('fail'), { off: ['keeps-good-time', 'announces-hsts'] });
  expect(built.off).toEqual(['keeps-good-time', 'announces-hsts']);
  expect(text(built)).toContain('Switched off in the config (checks): keeps-good-time, announces-hsts.');
  expect(text(report(judged('fail')))).not.toContain('Switched off');
});

describe('words alone', () => {
  const stated = (outcome: Judgement['outcome']) =>
    judged(outcome, { id: 'rotates-keys', kind: 'attestation', basis: 'attested', severity: 'major' });
  const built = (...all: Judgement[]) => buildReport(all, { ...FACTS, waivers: [] });
  const silent = judged('not-applicable');

  it('show nothing where more than words was asked for', () => {
    for (const outcome of ['pass', 'inconclusive', 'not-applicable'] as const)
      expect(built(stated(outcome), silent).verdict).toBe('undecided');
    expect(built(stated('fail'), silent).verdict).toBe('no-go');
    expect(text(built(stated('pass'), silent))).toContain(
      'Nothing was seen: of what was chosen, only what people state',
    );
    expect(built(stated('pass'), judged('pass')).verdict).toBe('go');
    expect(built(stated('inconclusive'), judged('pass')).verdict).toBe('go');
  });

  it('are enough where nothing else was asked for, and somebody said them', () => {
    expect(built(stated('pass')).verdict).toBe('go');
    expect(built(stated('inconclusive')).verdict).toBe('undecided');
    expect(built(stated('not-applicable')).verdict).toBe('undecided');
  });
});
