import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/schema.js';
import { canGoLive, type Question } from '../../src/stored/can-go-live.js';
import { check, report } from '../report/made.js';
import { someReports } from './arbitrary.js';

const COMMIT = 'c0ffee'.padEnd(40, '1');
const START = Date.parse('2026-11-21T05:00:00.000Z');
const HOUR_MS = 3_600_000;
const QUESTION: Question = {
  commit: 'C0FFEE1',
  environment: 'live',
  maxAgeMs: 24 * HOUR_MS,
  failOn: 'major',
  targets: null,
  nowMs: START + HOUR_MS,
};
const PASS = check('creates-once-on-replay', 'pass', { severity: 'blocker' });

function made(
  checks: Report['checks'] = [PASS],
  run: Partial<Report['run']> = {},
  changes: Partial<Report> = {},
): Report {
  const dull = report(checks, changes);
  return {
    ...dull,
    run: { ...dull.run, commit: { id: COMMIT, changed: 0 }, limitedBy: [], ...run },
    target: { ...dull.target, environment: 'live', ...changes.target },
  };
}

const ask = (reports: readonly Report[], question: Partial<Question> = {}) =>
  canGoLive(
    reports.map((one, index) => ({ file: `r${index}.json`, report: one })),
    { ...QUESTION, ...question },
  );

describe('canGoLive', () => {
  it('says yes of a fresh, whole and clean report of the commit', () => {
    expect(ask([made()])).toEqual({
      answer: 'yes',
      exitCode: 0,
      parts: [{ file: 'r0.json', target: 'orders', answer: 'yes', because: [] }],
    });
    expect(ask([made([PASS, check('a-b', 'fail', { severity: 'minor' })])]).answer).toBe('yes');
    expect(ask([made([PASS], { commit: { id: COMMIT, changed: null } })]).answer).toBe('yes');
  });

  const target = report([]).target;
  const waiver = (until: string) => check('a-b', 'fail', { waiver: { reason: 'agreed', by: 'dana', until } });
  const saved = {
    writtenBy: null,
    edited: 'its digest differs',
    missing: { targets: [], checks: [] },
    unknown: [],
    signature: null,
  };
  const { commit: _, limitedBy: _limited, ...early } = made().run;
  it.each<[string, Report, string, 'no' | 'undecided']>([
    ['no commit', { ...made(), run: { ...early, limitedBy: [] } }, 'of which commit', 'undecided'],
    [
      'another commit',
      made([PASS], { commit: { id: 'd'.repeat(40), changed: 0 } }),
      'of another commit, ddd',
      'undecided',
    ],
    ['a changed file', made([PASS], { commit: { id: COMMIT, changed: 1 } }), 'one tracked file was', 'undecided'],
    [
      'another environment',
      made([PASS], {}, { target: { ...target, environment: 'sandbox' } }),
      'sandbox',
      'undecided',
    ],
    ['no environment', made([PASS], {}, { target: { ...target, environment: null } }), 'no environment', 'undecided'],
    ['age', made([PASS], { startedAt: '2026-11-20T05:59:59.000Z' }), 'too old', 'undecided'],
    ['a start in the future', made([PASS], { startedAt: '2026-11-21T06:06:00.000Z' }), 'later than now', 'undecided'],
    ['an interruption', made([PASS], { interrupted: true }), 'interrupted', 'undecided'],
    ['--only', made([PASS], { limitedBy: ['--only', '--fast'] }), 'had --only, --fast', 'undecided'],
    ['--target', made([PASS], { limitedBy: ['--target'] }), 'name all with --targets', 'undecided'],
    ['an old version', { ...made(), run: { ...early, commit: { id: COMMIT, changed: 0 } } }, 'older', 'undecided'],
    ['a demo', made([PASS], { again: { command: 'demo', words: [] } }), 'demo', 'undecided'],
    ['a learned config', made([PASS], { learned: [] }), 'needs a config', 'undecided'],
    ['edited evidence', made([PASS], {}, { saved }), 'not as it was written', 'undecided'],
    [
      'an open blocker',
      made([{ ...PASS, outcome: 'inconclusive' }]),
      'A blocker was not judged: creates-',
      'undecided',
    ],
    ['nothing judged', made([{ ...PASS, outcome: 'not-applicable' }]), 'own verdict is undecided', 'undecided'],
    ['an undecided verdict', made([PASS], {}, { verdict: 'undecided' }), 'own verdict is undecided', 'undecided'],
    ['a waiver that ended', made([PASS, waiver('2026-11-20')]), 'waiver of a-b ended on 2026-11-20', 'undecided'],
    ['a failure', made([PASS, check('a-b', 'fail')]), 'One check fails: a-b.', 'no'],
    [
      'a failure and --fail-on never',
      made([check('a-b', 'fail')], { failOn: 'never' }, { verdict: 'go' }),
      'a-b',
      'no',
    ],
    ['a stricter verdict', made([PASS], {}, { verdict: 'no-go' }), 'stricter options', 'no'],
    [
      'a failure long ago',
      made([check('a-b', 'fail')], { startedAt: '2026-11-01T05:00:00.000Z' }),
      'too old',
      'undecided',
    ],
  ])('says why not: %s', (_, one, because, answer) => {
    const found = ask([one]);
    expect([found.answer, found.exitCode]).toEqual([answer, answer === 'no' ? 1 : 3]);
    expect(found.parts[0]?.because.join(' ')).toContain(because);
    // One good report beside it changes nothing.
    expect(ask([made(), one]).answer).toBe(answer);
  });

  it('takes a waiver that still holds, and a clock that is a little ahead', () => {
    expect(ask([made([PASS, waiver('2026-11-21')])]).answer).toBe('yes');
    expect(ask([made()], { nowMs: START - 60_000 }).answer).toBe('yes');
  });

  it('misses a target that was named', () => {
    const part = made([PASS], { limitedBy: ['--target'] });
    expect(ask([part], { targets: ['orders'] }).answer).toBe('yes');
    const { answer, parts } = ask([part], { targets: ['orders', 'payouts'] });
    expect([answer, parts[1]]).toEqual([
      'undecided',
      { file: null, target: 'payouts', answer: 'undecided', because: ['There is no report of it.'] },
    ]);
  });

  it('says yes of nothing that a run of today would not call go', () => {
    fc.assert(
      fc.property(someReports, (reports) => {
        const whole = reports.map((one) => made(one.checks, {}, { target: one.target }));
        const fails = whole.some(({ checks }) =>
          checks.some(
            ({ outcome, severity, waiver }) => outcome === 'fail' && severity !== 'minor' && waiver === undefined,
          ),
        );
        const { answer, parts } = ask(whole);
        expect(parts.length).toBe(whole.length);
        if (fails) expect(answer).not.toBe('yes');
      }),
      { numRuns: 60 },
    );
  });
});
