// Reports drawn at random: every outcome, hostile words everywhere that foreign text can stand.
import fc from 'fast-check';
import { SEVERITIES } from '../../src/checks/severity.js';
import { KINDS, OUTCOMES, TOPICS } from '../../src/checks/verdict.js';
import { EXIT, exitCodeOf } from '../../src/exit.js';
import { joinReports, verdictOf } from '../../src/report/build.js';
import type { JointReport, Report, ReportCheck } from '../../src/report/schema.js';
import { check, HOSTILE, report } from './made.js';

/** What each format might take for its own. */
export const WORDS = [
  HOSTILE,
  '<script>alert(1)</script>',
  '</pre></details><img src=x onerror=alert(1)>',
  ']]></failure><testcase/>',
  '[click](https://evil.example) ![x](https://evil.example/x.png)',
  '| a | b |\n| --- | --- |\n# heading\n- item',
  '@everyone see #1, `code`, **bold**, $x$ and www.evil.example',
  '%0A::error::forged\n::error::forged',
  '\ud800 \ufffe \uffff {0} %25',
  'https://evil.example/a?b=c&d',
];

const words = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...WORDS) },
  fc.string({ unit: 'binary', maxLength: 40 }),
);
const ids = fc.stringMatching(/^[a-z]{1,8}(-[a-z]{1,8}){1,3}$/);

const places = fc.array(
  fc.record({
    path: words,
    line: fc.integer({ min: 1, max: 9999 }),
    column: fc.integer({ min: 1, max: 80 }),
    what: words,
  }),
  { minLength: 1, maxLength: 3 },
);
const waiver = fc.record({ reason: words, by: words, until: fc.constant('2027-01-31') });

const checks = fc.uniqueArray(
  fc
    .record(
      {
        id: ids,
        outcome: fc.constantFrom(...OUTCOMES),
        kind: fc.constantFrom(...KINDS),
        topic: fc.constantFrom(...TOPICS),
        severity: fc.constantFrom(...SEVERITIES),
        title: words,
        because: words,
        expected: words,
        measured: words,
        why: words,
        fix: words,
        places,
        waiver,
      },
      { requiredKeys: ['id', 'outcome', 'kind', 'topic', 'severity', 'title', 'because', 'why', 'fix'] },
    )
    .map(({ id, outcome, waiver: its, ...rest }): ReportCheck => {
      const isOpen = outcome !== 'pass' && outcome !== 'not-applicable';
      return check(id, outcome, { ...rest, ...(its !== undefined && isOpen ? { waiver: its } : {}) });
    }),
  { selector: ({ id }) => id, maxLength: 25 },
);

const one: fc.Arbitrary<Report> = fc
  .record({
    checks,
    name: words,
    failOn: fc.constantFrom(...SEVERITIES, 'never' as const),
    interrupted: fc.boolean(),
    cause: words,
  })
  .map(({ checks: drawn, name, failOn, interrupted, cause }) => {
    const explained = drawn.filter((each) => each.waiver === undefined && each.outcome === 'fail').slice(0, 2);
    const isOne = explained.length === 2;
    const all = drawn.map((each) => (isOne && explained.includes(each) ? { ...each, cause: 'one-cause' } : each));
    const decided = verdictOf(all, failOn);
    const verdict = interrupted && decided === 'go' ? 'undecided' : decided;
    const base = report(all);
    return {
      ...base,
      run: { ...base.run, failOn, interrupted },
      target: { ...base.target, name },
      verdict,
      exitCode: interrupted ? EXIT.interrupted : exitCodeOf(verdict),
      causes: isOne
        ? [
            {
              id: 'one-cause',
              title: cause,
              severity: 'blocker' as const,
              because: cause,
              fix: cause,
              checks: explained.map(({ id }) => id),
            },
          ]
        : [],
    };
  });

export const reports: fc.Arbitrary<Report | JointReport> = fc.oneof(
  one,
  fc.array(one, { minLength: 2, maxLength: 3 }).map((all) => joinReports(all, '0.1.0')),
);
