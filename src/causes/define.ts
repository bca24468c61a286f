// A cause: one fact that explains several findings, told once, with one fix.
import type { CheckId } from '../checks/index.js';
import type { Severity } from '../checks/severity.js';
import type { Kind, Outcome } from '../checks/verdict.js';
import type { Fact } from '../evidence/fact.js';

/** Codes of verdicts by the id of their check. */
export type Verdicts = Readonly<Partial<Record<CheckId, readonly string[]>>>;

/** Open verdicts of these kinds with one of these codes. */
export interface OpenVerdicts {
  kinds: readonly Kind[];
  codes: readonly string[];
}

export interface Cause {
  /** A public interface, like the ids of checks. */
  id: string;
  /** A sentence that is true wherever the cause is found. */
  title: string;
  fix: string;
  /** Findings that name this fact themselves show it. */
  facts?: readonly Fact[];
  /** So do these, of which at least `least` (1) must be there; a check that passed or failed otherwise rules it out. */
  shownBy?: Verdicts;
  least?: number;
  /** And all of these. */
  shownByOpen?: OpenVerdicts;
  /** What else follows from it, where `shownBy` or a fact shows it. */
  explains?: Verdicts;
  /** What presupposes what failed, where `shownBy` shows it. */
  leavesOpen?: OpenVerdicts;
  /** Causes whose fix comes first. */
  after?: readonly string[];
}

/** What is looked at of a check that was judged. */
export interface Finding {
  id: string;
  kind: Kind;
  severity: Severity;
  outcome: Outcome;
  code: string;
  because: string;
  fact?: Fact | undefined;
}

/** A cause that was found. */
export interface FoundCause {
  cause: Cause;
  /** What shows it first. */
  findings: readonly [Finding, ...Finding[]];
}

export function defineCauses(causes: readonly Cause[]): readonly Cause[] {
  return causes;
}
