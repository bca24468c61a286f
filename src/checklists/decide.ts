// What becomes of one line, given the checks behind it. Pure; the table of its test says the rules once more.
import { BASES, type Basis, type Kind, OUTCOMES, type Outcome } from '../checks/verdict.js';
import type { Checklist, ChecklistLine } from './define.js';

/** Beyond the outcomes of checks: waived; open (no check of the line says anything yet); information (nothing to check). */
export const LINE_OUTCOMES = [...OUTCOMES, 'waived', 'open', 'information'] as const;
export type LineOutcome = (typeof LINE_OUTCOMES)[number];

export interface LineVerdict {
  outcome: LineOutcome;
  /** null: nothing is known yet, the line is open. */
  basis: Basis | null;
  /** Those behind it that were judged. */
  checks: string[];
  /** Those of them that made the outcome. */
  decidedBy: string[];
  /** It is answered, but one of the following two keeps a part of it out of sight. */
  inPart: boolean;
  /** Those that do not apply while no other of their kind does: the config says nothing of that side. Of a strict list: all. */
  notConfigured: string[];
  /** Those that this run left out: not selected, switched off, or only on request. */
  notRun: string[];
}

export interface JudgedCheck {
  id: string;
  kind: Kind;
  outcome: Outcome;
  basis: Basis;
  waiver?: unknown;
}

const WORST_FIRST = ['fail', 'error', 'inconclusive', 'waived', 'pass', 'not-applicable'] as const;

/** The worst check decides; one that does not apply decides only where none applies. */
export function decideLine(
  line: ChecklistLine,
  judgedChecks: readonly JudgedCheck[],
  { strict = false }: Pick<Checklist, 'strict'> = {},
): LineVerdict {
  const judged = line.checks.flatMap((id) => judgedChecks.filter((one) => one.id === id));
  const without = line.checks.filter((id) => judged.every((check) => check.id !== id));
  const worst = WORST_FIRST.find((one) => judged.some((check) => outcomeOf(check) === one)) ?? 'open';
  // Those that are still missing may well apply.
  const outcome = worst === 'not-applicable' && without.length > 0 ? 'open' : worst;
  const deciding = judged.filter((check) => outcomeOf(check) === outcome);
  const basis = basisOf(deciding);
  const unseen = unseenOf(judged, strict);
  return {
    outcome: line.information === true ? 'information' : outcome,
    basis,
    checks: judged.map(({ id }) => id),
    decidedBy: deciding.map(({ id }) => id),
    inPart: basis !== null && without.length + unseen.length > 0,
    notConfigured: unseen.map(({ id }) => id),
    notRun: without,
  };
}

function outcomeOf({ outcome, waiver }: JudgedCheck): (typeof WORST_FIRST)[number] {
  return waiver === undefined || outcome === 'pass' || outcome === 'not-applicable' ? outcome : 'waived';
}

/**
 * A single promise that does not exist, such as a marker of replays, leaves nothing out: others of its kind were seen. Nor
 * does a statement: a list asks for it, unless a check of the line sees for itself.
 */
function unseenOf(judged: readonly JudgedCheck[], strict: boolean): JudgedCheck[] {
  const seen = judged.filter(({ outcome }) => outcome !== 'not-applicable').map(({ kind }) => kind);
  return judged.filter(
    ({ kind, outcome }) => kind !== 'attestation' && (strict ? outcome === 'not-applicable' : !seen.includes(kind)),
  );
}

/** One failure proves that a line fails, so the best proof counts. To pass, all must hold, so the weakest counts. */
function basisOf(deciding: readonly JudgedCheck[]): Basis | null {
  const answers = (outcome: Outcome) => deciding.filter((one) => one.outcome === outcome).map(({ basis }) => basis);
  const strongest = (some: readonly Basis[]) => BASES.find((one) => some.includes(one));
  const weakest = (some: readonly Basis[]) => BASES.findLast((one) => some.includes(one));
  return strongest(answers('fail')) ?? weakest(answers('pass')) ?? null;
}
