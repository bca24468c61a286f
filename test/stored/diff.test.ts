import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Severity } from '../../src/checks/severity.js';
import type { Outcome } from '../../src/checks/verdict.js';
import { type Diff, diffReports, type Group } from '../../src/stored/diff.js';
import { check, report } from '../report/made.js';
import { someReports } from './arbitrary.js';

const ID = 'creates-once-on-replay';
const one = (outcome: Outcome, severity: Severity = 'major', code = 'seen', because = 'Seen.') =>
  report([check(ID, outcome, { severity, code, because })]);
const told = ({ differences, exitCode }: Diff) => [differences.map(({ group }) => group), exitCode];

const MIRRORED: Partial<Record<Group, readonly Group[]>> = {
  new: ['fixed', 'moved', 'removed'],
  fixed: ['new'],
  added: ['removed'],
  removed: ['added', 'new'],
  moved: ['moved', 'new'],
  changed: ['changed'],
  'still-failing': ['still-failing'],
};

describe('diffReports', () => {
  it.each<[Outcome | null, Outcome | null, Group | null, number]>([
    ['pass', 'fail', 'new', 1],
    ['inconclusive', 'fail', 'new', 1],
    [null, 'fail', 'new', 1],
    ['fail', 'fail', 'still-failing', 0],
    ['fail', 'pass', 'fixed', 0],
    ['fail', 'inconclusive', 'moved', 3],
    ['pass', 'inconclusive', 'moved', 3],
    ['pass', 'error', 'moved', 3],
    ['fail', 'not-applicable', 'moved', 3],
    ['inconclusive', 'pass', 'moved', 0],
    ['inconclusive', 'error', 'moved', 0],
    ['pass', null, 'removed', 3],
    ['inconclusive', null, 'removed', 0],
    [null, 'pass', 'added', 0],
    ['pass', 'pass', null, 0],
  ])('tells of a blocker that was %s and is %s: %s, exit %i', (before, after, group, exitCode) => {
    const side = (outcome: Outcome | null) => (outcome === null ? report([]) : one(outcome, 'blocker'));
    expect(told(diffReports([side(before)], [side(after)], 'major'))).toEqual([
      group === null ? [] : [group],
      exitCode,
    ]);
  });

  it('tells what shows the same outcome otherwise, and not what differs in any two runs', () => {
    const pass = one('pass', 'major', 'seen', 'Order ord_81 came after 120 ms.');
    const other = one('pass', 'major', 'seen', 'Order ord_9f came after 95.5 ms.');
    expect(told(diffReports([pass], [other], 'major'))).toEqual([[], 0]);
    expect(told(diffReports([pass], [one('pass', 'major', 'quick')], 'major'))).toEqual([['changed'], 0]);
    const { differences } = diffReports([one('fail')], [one('fail', 'major', 'several')], 'major');
    expect(differences).toMatchObject([{ group: 'still-failing', isOtherEvidence: true }]);
  });

  it('blocks on what counts alone, never on what a waiver accepts, and is undecided of a run that was interrupted', () => {
    const minor = one('fail', 'minor');
    expect(told(diffReports([one('pass', 'minor')], [minor], 'major'))).toEqual([['new'], 0]);
    expect(told(diffReports([one('pass', 'minor')], [minor], 'minor'))).toEqual([['new'], 1]);
    expect(told(diffReports([one('pass')], [one('fail')], 'never'))).toEqual([['new'], 0]);
    const waiver = { reason: 'agreed', by: 'dana', until: '2027-01-31' };
    expect(told(diffReports([one('pass')], [report([check(ID, 'fail', { waiver })])], 'major'))).toEqual([
      ['moved'],
      0,
    ]);
    const cut = report([], { run: { ...report([]).run, interrupted: true } });
    expect(diffReports([report([])], [cut], 'major').exitCode).toBe(3);
  });

  it('compares targets by name, and loses none', () => {
    const named = (name: string) => ({ ...one('pass', 'blocker'), target: { ...one('pass').target, name } });
    const { targets, exitCode } = diffReports([named('a'), named('b')], [named('b'), named('c')], 'major');
    expect([targets, exitCode]).toEqual([{ added: ['c'], removed: ['a'] }, 3]);
  });

  it('of a run with itself is empty but for what fails, and exits 0', () => {
    fc.assert(
      fc.property(someReports, (reports) => {
        const { differences, exitCode } = diffReports(reports, structuredClone(reports), 'minor');
        expect(exitCode).toBe(0);
        for (const { group, isOtherEvidence } of differences)
          expect([group, isOtherEvidence]).toEqual(['still-failing', false]);
      }),
      { numRuns: 40 },
    );
  });

  it('backwards tells the same, with both sides exchanged; each check stands in one group', () => {
    fc.assert(
      fc.property(someReports, someReports, (a, b) => {
        const [there, back] = [diffReports(a, b, 'major'), diffReports(b, a, 'major')];
        const key = ({ target, check: id }: { target: string; check: string }) => `${target} ${id}`;
        expect(there.differences.map(key).toSorted()).toEqual(back.differences.map(key).toSorted());
        expect(new Set(there.differences.map(key)).size).toBe(there.differences.length);
        expect(there.same).toBe(back.same);
        expect(there.targets).toEqual({ added: back.targets.removed, removed: back.targets.added });
        for (const forth of there.differences) {
          const mirror = back.differences.find((other) => key(other) === key(forth));
          expect([mirror?.before, mirror?.after]).toEqual([forth.after, forth.before]);
          expect(MIRRORED[forth.group]).toContain(mirror?.group);
        }
      }),
      { numRuns: 40 },
    );
  });
});
