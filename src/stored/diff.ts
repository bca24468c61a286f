// What two reports say differently: by target and check, each in one group.

import type { FailOn } from '../checks/severity.js';
import { SEVERITIES, type Severity } from '../checks/severity.js';
import type { Outcome } from '../checks/verdict.js';
import { EXIT } from '../exit.js';
import { countsFor } from '../report/build.js';
import type { Report, ReportCheck } from '../report/schema.js';

/** An outcome, or that a waiver accepts it. */
export type Standing = Outcome | 'waived';

/** What one report says of a check. */
export interface Side {
  standing: Standing;
  severity: Severity;
  code: string;
  because: string;
}

export const GROUPS = ['new', 'still-failing', 'moved', 'fixed', 'changed', 'added', 'removed'] as const;
/**
 * new: fails now, and did not. fixed: failed, and passes now. moved: any other change of the outcome. changed: the same outcome
 * otherwise come by. added, removed: in one of the reports alone, and not failing now.
 */
export type Group = (typeof GROUPS)[number];

export interface Difference {
  group: Group;
  target: string;
  check: string;
  title: string;
  before: Side | null;
  after: Side | null;
  /** Whether what was found differs, beyond figures and ids that differ in any two runs. */
  isOtherEvidence: boolean;
}

export interface Diff {
  differences: readonly Difference[];
  /** Judged in both, and alike. */
  same: number;
  targets: { added: readonly string[]; removed: readonly string[] };
  exitCode: number;
}

export function diffReports(before: readonly Report[], after: readonly Report[], failOn: FailOn): Diff {
  const [old, now] = [namesOf(before), namesOf(after)];
  const names = [...new Set([...old, ...now])].toSorted();
  const pairs = names.flatMap((target) => pairsOf(target, reportOf(before, target), reportOf(after, target)));
  const differences = pairs.flatMap((one) => differenceOf(one) ?? []).toSorted(inOrder);
  return {
    differences,
    same: pairs.length - differences.length,
    targets: { added: now.filter((name) => !old.includes(name)), removed: old.filter((name) => !now.includes(name)) },
    exitCode: exitCodeOf(differences, after, failOn),
  };
}

interface Pair {
  target: string;
  before: ReportCheck | null;
  after: ReportCheck | null;
}

function namesOf(reports: readonly Report[]): string[] {
  return reports.map(({ target }) => target.name).toSorted();
}

function reportOf(reports: readonly Report[], name: string): Report | null {
  return reports.find(({ target }) => target.name === name) ?? null;
}

function pairsOf(target: string, before: Report | null, after: Report | null): Pair[] {
  const ids = new Set([...(before?.checks ?? []), ...(after?.checks ?? [])].map(({ id }) => id));
  const of = (report: Report | null, id: string) => report?.checks.find((one) => one.id === id) ?? null;
  return [...ids].map((id) => ({ target, before: of(before, id), after: of(after, id) }));
}

/** null: both reports say the same. */
function differenceOf({ target, before, after }: Pair): Difference | null {
  const either = after ?? before;
  if (either === null) return null;
  const isOtherEvidence = before !== null && after !== null && findingOf(before) !== findingOf(after);
  const group = groupOf(before, after, isOtherEvidence);
  if (group === null) return null;
  const { id: check, title } = either;
  return { group, target, check, title, before: sideOf(before), after: sideOf(after), isOtherEvidence };
}

function groupOf(before: ReportCheck | null, after: ReportCheck | null, isOtherEvidence: boolean): Group | null {
  if (after === null) return 'removed';
  const [old, now] = [before === null ? null : standingOf(before), standingOf(after)];
  if (now === 'fail') return old === 'fail' ? 'still-failing' : 'new';
  if (old === null) return 'added';
  if (old === 'fail' && now === 'pass') return 'fixed';
  if (old !== now) return 'moved';
  return isOtherEvidence ? 'changed' : null;
}

export function standingOf({ outcome, waiver }: Pick<ReportCheck, 'outcome' | 'waiver'>): Standing {
  return waiver === undefined ? outcome : 'waived';
}

function sideOf(check: ReportCheck | null): Side | null {
  if (check === null) return null;
  const { severity, code, because } = check;
  return { standing: standingOf(check), severity, code, because };
}

/** What was found, without what differs between any two runs: words that hold a figure. */
function findingOf({ code, fact, cause, because, timeline = [] }: ReportCheck): string {
  const words = because.replace(/\S+/g, (word) => (/\d/.test(word) ? '#' : word));
  return JSON.stringify([code, fact, cause, words, timeline.map(({ label }) => label)]);
}

function inOrder(a: Difference, b: Difference): number {
  return (
    a.target.localeCompare(b.target) ||
    GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group) ||
    gravity(a) - gravity(b) ||
    a.check.localeCompare(b.check)
  );
}

function gravity({ before, after }: Difference): number {
  const severity = (after ?? before)?.severity ?? 'minor';
  return SEVERITIES.indexOf(severity);
}

/** 1: something fails now that did not. 3: a blocker was judged, and is not any more. */
function exitCodeOf(differences: readonly Difference[], after: readonly Report[], failOn: FailOn): number {
  const isWorse = differences.some(
    ({ group, after: now }) => group === 'new' && now !== null && countsFor(now.severity, failOn),
  );
  if (isWorse) return EXIT.noGo;
  const isLost = differences.some(({ before, after: now }) => isBlockerJudged(before) && isUnjudged(now));
  return isLost || after.some(({ run }) => run.interrupted) ? EXIT.undecided : EXIT.go;
}

function isBlockerJudged(side: Side | null): boolean {
  return side?.severity === 'blocker' && (side.standing === 'pass' || side.standing === 'fail');
}

function isUnjudged(side: Side | null): boolean {
  return side === null || !['pass', 'fail', 'waived'].includes(side.standing);
}
