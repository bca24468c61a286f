import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { warningsIn, withVerdict } from '../../src/report/build.js';
import type { Report } from '../../src/report/schema.js';
import renderText from '../../src/report/text/text.js';
import {
  baselineOf,
  type Ledger,
  ledgerOf,
  ledgerSchema,
  ledgerText,
  withBaseline,
} from '../../src/stored/baseline.js';
import { check, forbiddenIn, HOSTILE, PLAIN, report } from '../report/made.js';
import { someReports } from './arbitrary.js';

const VERSION = '0.1.0';
const ID = 'creates-once-on-replay';
const CHECKS = [ID, 'rejects-wrong-key', 'replays-exactly', 'serves-json', 'marks-replays'];
const write = (reports: readonly Report[], before: Ledger | null = null, by = 'dana', version = VERSION) =>
  ledgerOf(reports, { by, today: '2026-11-21', version, checks: CHECKS, before });
const one = (outcome: 'pass' | 'fail' | 'inconclusive', code = 'several', id = ID) =>
  report([check('serves-json', 'pass'), check(id, outcome, { severity: 'blocker', code })]);
const under = (after: Report, ledger: Ledger, newChecks: 'report' | 'block' = 'report') =>
  withBaseline(after, ledger, newChecks);

describe('withBaseline', () => {
  it('takes out what is known, which stays a failure and is said', () => {
    const found = under(one('fail'), write([one('fail')]));
    expect(found).toMatchObject({ verdict: 'go', exitCode: 0, totals: { fail: 1 }, baseline: { stale: [] } });
    expect(found.checks[1]).toMatchObject({ id: ID, outcome: 'fail', baseline: 'known' });
    const text = renderText(found, PLAIN);
    expect(text).toContain('GO  1 failed (1 blocker)');
    expect(text).toContain('1 in the baseline');
    expect(text.replace(/\s+/g, ' ')).toContain(`In the baseline, known and not mended, so not counted: ${ID}`);
  });

  it('blocks on what is new: another check, another code, another target', () => {
    const ledger = write([one('fail')]);
    const other = under(one('fail', 'none'), ledger);
    expect(other).toMatchObject({ verdict: 'no-go', exitCode: 1 });
    expect(other.baseline?.stale).toEqual([{ check: ID, code: 'several', outcome: 'fail' }]);
    expect(under(one('fail', 'several', 'marks-replays'), ledger)).toMatchObject({ verdict: 'no-go' });
    const payouts = { ...one('fail'), target: { ...one('fail').target, name: 'payouts' } };
    expect(under(payouts, ledger)).toMatchObject({ verdict: 'no-go' });
  });

  it('says what passes by now, leaves open what is open, and never ends an interrupted run in go', () => {
    const ledger = write([one('fail')]);
    expect(under(one('pass'), ledger)).toMatchObject({
      verdict: 'go',
      baseline: { stale: [{ check: ID, code: 'several', outcome: 'pass' }] },
    });
    expect(under(one('inconclusive'), ledger)).toMatchObject({ verdict: 'undecided', baseline: { stale: [] } });
    const cut = { ...one('fail'), run: { ...one('fail').run, interrupted: true } };
    expect(under(cut, ledger)).toMatchObject({ verdict: 'undecided', exitCode: 130 });
  });

  it('reports a check that the ledger does not know, and blocks on it where that is asked for', () => {
    const ledger = write([one('pass')]);
    const young = one('fail', 'several', 'brand-new-check');
    expect(under(young, ledger)).toMatchObject({ verdict: 'go', checks: [{}, { baseline: 'new-check' }] });
    expect(under(young, ledger, 'block')).toMatchObject({ verdict: 'no-go', exitCode: 1 });
    expect(under(young, write([young]))).toMatchObject({ verdict: 'go', checks: [{}, { baseline: 'known' }] });
    // Of another version's report only what stands in it is known.
    const old = { ...one('pass'), tool: { name: 'golive-check' as const, version: '0.0.9' } };
    expect(
      withBaseline(one('fail', 'several', 'marks-replays'), baselineOf([old], VERSION, CHECKS), 'report').verdict,
    ).toBe('go');
    expect(withBaseline(one('fail'), baselineOf([old], VERSION, CHECKS), 'report').verdict).toBe('no-go');
  });

  it('of a run lets that run pass but for what stays open, and nothing is stale', () => {
    fc.assert(
      fc.property(someReports, (reports) => {
        for (const baseline of [write(reports), baselineOf(reports, VERSION, CHECKS)])
          for (const again of reports.map((r) => withBaseline(r, baseline, 'block'))) {
            expect(again.baseline?.stale).toEqual([]);
            expect(again.verdict).not.toBe('no-go');
            expect(again.totals).toEqual(reports.find(({ target }) => target.name === again.target.name)?.totals);
          }
      }),
      { numRuns: 60 },
    );
  });
});

describe('ledgerOf', () => {
  it('keeps who accepted what, and what was not looked at; drops what is mended', () => {
    const first = write([one('fail')], null, 'dana');
    expect(write([one('fail')], first, 'lee', '0.2.0').failures).toEqual(first.failures);
    expect(write([one('pass')], first).failures).toEqual([]);
    expect(write([one('inconclusive')], first).failures).toEqual(first.failures);
    expect(write([report([])], first).failures).toEqual(first.failures);
    expect(write([one('fail', 'none')], first, 'lee').failures).toMatchObject([{ code: 'none', by: 'lee' }]);
  });

  it('is read back as it was written, in both forms, whatever stands in it', () => {
    fc.assert(
      fc.property(someReports, fc.string(), (reports, by) => {
        const ledger = write(reports, null, `${by}${HOSTILE}: - # "`);
        for (const form of ['yaml', 'json'] as const) {
          const text = ledgerText(ledger, form);
          expect(forbiddenIn(text)).toBeNull();
          expect(ledgerSchema.parse(form === 'json' ? JSON.parse(text) : parse(text))).toEqual(ledger);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('--max-warnings', () => {
  it('makes a no-go of more failures below --fail-on, those that are accepted left out', () => {
    const minor = (id: string) => check(id, 'fail', { severity: 'minor' });
    const two = report([check('serves-json', 'pass'), minor('marks-replays'), minor('a-b')]);
    const at = (most: number, from = two) => withVerdict({ ...from, run: { ...from.run, maxWarnings: most } });
    expect(warningsIn(two.checks, 'major')).toHaveLength(2);
    expect([at(2).verdict, at(1).verdict, at(1).exitCode]).toEqual(['go', 'no-go', 1]);
    expect(renderText(at(1), PLAIN)).toContain('2 failures below major, more than --max-warnings 1.');
    expect(withBaseline(at(0), write([two]), 'report').verdict).toBe('go');
  });
});
