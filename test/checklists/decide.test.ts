import { describe, expect, it } from 'vitest';
import { decideLine, type JudgedCheck, type LineVerdict } from '../../src/checklists/decide.js';
import type { ChecklistLine } from '../../src/checklists/define.js';
import type { Kind } from '../../src/checks/verdict.js';

// Of two kinds.
const [A, B, C] = ['accepts-valid-key', 'rejects-missing-key', 'sends-key-in-header'] as const;

type Was = JudgedCheck['outcome'] | `${JudgedCheck['outcome']} waived`;

function judged(id: string, was: Was, basis: JudgedCheck['basis'] = 'observed', kind: Kind = 'endpoint'): JudgedCheck {
  const [outcome = 'pass', waived] = was.split(' ') as [JudgedCheck['outcome'], string?];
  return { id, kind, outcome, basis, ...(waived === undefined ? {} : { waiver: {} }) };
}

function line(...checks: ChecklistLine['checks']): ChecklistLine {
  return { id: 'R1', text: 'A line', checks };
}

interface Row {
  about: string;
  checks: readonly JudgedCheck[];
  is: Partial<LineVerdict>;
  line?: ChecklistLine;
  /** The list asks for more than the provider may promise. */
  strict?: true;
}

const TWO = line(A, B);
const ROWS: readonly Row[] = [
  {
    about: 'all pass',
    checks: [judged(A, 'pass'), judged(B, 'pass')],
    is: { outcome: 'pass', basis: 'observed', decidedBy: [A, B], inPart: false },
  },
  {
    about: 'a failure outweighs an error',
    checks: [judged(A, 'error'), judged(B, 'fail')],
    is: { outcome: 'fail', basis: 'observed', decidedBy: [B] },
  },
  {
    about: 'an error outweighs what is inconclusive',
    checks: [judged(A, 'inconclusive'), judged(B, 'error')],
    is: { outcome: 'error', basis: null, decidedBy: [B] },
  },
  {
    about: 'what is inconclusive outweighs a pass, and nothing is known',
    checks: [judged(A, 'pass'), judged(B, 'inconclusive')],
    is: { outcome: 'inconclusive', basis: null, decidedBy: [B], inPart: false },
  },
  {
    about: 'what is inconclusive outweighs a waiver',
    checks: [judged(A, 'fail waived'), judged(B, 'inconclusive')],
    is: { outcome: 'inconclusive', basis: null, decidedBy: [B] },
  },
  {
    about: 'a waived failure is no pass, but it was seen',
    checks: [judged(A, 'pass'), judged(B, 'fail waived')],
    is: { outcome: 'waived', basis: 'observed', decidedBy: [B] },
  },
  {
    about: 'a failure stays one beside a waived one',
    checks: [judged(A, 'fail'), judged(B, 'fail waived')],
    is: { outcome: 'fail', decidedBy: [A] },
  },
  {
    about: 'a waiver of what could not be seen answers nothing',
    checks: [judged(A, 'pass'), judged(B, 'inconclusive waived')],
    is: { outcome: 'waived', basis: null, decidedBy: [B] },
  },
  {
    about: 'one promise that the provider does not make leaves a pass whole',
    checks: [judged(A, 'pass'), judged(B, 'not-applicable')],
    is: { outcome: 'pass', basis: 'observed', decidedBy: [A], notConfigured: [], inPart: false },
  },
  {
    about: 'one promise that is not made makes a pass of a strict list partial',
    strict: true,
    checks: [judged(A, 'pass'), judged(B, 'not-applicable')],
    is: { outcome: 'pass', basis: 'observed', decidedBy: [A], notConfigured: [B], inPart: true },
  },
  {
    about: 'all promises kept is a whole pass of a strict list, too',
    strict: true,
    checks: [judged(A, 'pass'), judged(B, 'pass')],
    is: { outcome: 'pass', basis: 'observed', notConfigured: [], inPart: false },
  },
  {
    about: 'nothing of a strict list applies',
    strict: true,
    checks: [judged(A, 'not-applicable'), judged(B, 'not-applicable')],
    is: { outcome: 'not-applicable', basis: null, notConfigured: [A, B], inPart: false },
  },
  {
    about: 'a whole side that is not configured makes a pass partial',
    line: line(A, C),
    checks: [judged(A, 'pass'), judged(C, 'not-applicable', 'observed', 'client')],
    is: { outcome: 'pass', basis: 'observed', notConfigured: [C], inPart: true },
  },
  {
    about: 'a statement that is not needed, since a check sees for itself, leaves a pass whole',
    checks: [judged(A, 'pass'), judged(B, 'not-applicable', 'attested', 'attestation')],
    is: { outcome: 'pass', basis: 'observed', decidedBy: [A], notConfigured: [], inPart: false },
  },
  {
    about: 'a statement in the place of a side that is not configured is a pass in part',
    line: line(A, C),
    checks: [judged(A, 'pass', 'attested', 'attestation'), judged(C, 'not-applicable', 'observed', 'client')],
    is: { outcome: 'pass', basis: 'attested', notConfigured: [C], inPart: true },
  },
  {
    about: 'a statement that nobody made keeps the line open, whatever was observed',
    checks: [judged(A, 'pass'), judged(B, 'inconclusive', 'attested', 'attestation')],
    is: { outcome: 'inconclusive', basis: null, decidedBy: [B] },
  },
  {
    about: 'nothing applies',
    checks: [judged(A, 'not-applicable'), judged(B, 'not-applicable waived')],
    is: { outcome: 'not-applicable', basis: null, notConfigured: [A, B], inPart: false },
  },
  {
    about: 'to pass, all must hold: the weakest basis counts',
    checks: [judged(A, 'pass', 'scanned'), judged(B, 'pass', 'attested')],
    is: { outcome: 'pass', basis: 'attested' },
  },
  {
    about: 'to fail, one is enough: the strongest basis counts',
    checks: [judged(A, 'fail', 'attested'), judged(B, 'fail', 'scanned')],
    is: { outcome: 'fail', basis: 'scanned' },
  },
  {
    about: 'the basis of what did not decide does not count',
    checks: [judged(A, 'fail', 'scanned'), judged(B, 'pass', 'observed')],
    is: { outcome: 'fail', basis: 'scanned' },
  },
  {
    about: 'a check that this run left out makes a pass partial',
    checks: [judged(A, 'pass')],
    is: { outcome: 'pass', basis: 'observed', checks: [A], notRun: [B], inPart: true },
  },
  {
    about: 'nothing was run',
    checks: [],
    is: { outcome: 'open', basis: null, checks: [], decidedBy: [], notRun: [A, B], inPart: false },
  },
  {
    about: 'there is nothing to check',
    line: { ...line(), information: true },
    checks: [judged(A, 'fail')],
    is: { outcome: 'information', basis: null, checks: [], inPart: false },
  },
];

describe('decideLine', () => {
  it.each(ROWS.map((row) => [row.about, row] as const))('%s', (_, row) => {
    const list = { strict: row.strict ?? false };
    const verdict = decideLine(row.line ?? TWO, row.checks, list);
    expect(verdict).toMatchObject(row.is);
    expect(decideLine(row.line ?? TWO, row.checks.toReversed(), list)).toEqual(verdict);
  });
});
