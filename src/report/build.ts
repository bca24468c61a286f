// Judgements -> Report: totals, verdict, exit code. The one place where a verdict is decided.
import type { FoundCause } from '../causes/define.js';
import { findCauses } from '../causes/find.js';
import type { Checklist } from '../checklists/define.js';
import { itemsOf } from '../checklists/index.js';
import { type FailOn, SEVERITIES, type Severity } from '../checks/severity.js';
import { type Judgement, OUTCOMES, type RunVerdict, TOPICS } from '../checks/verdict.js';
import type { Exchange } from '../evidence/exchange.js';
import type { GatheredMap } from '../evidence/map.js';
import { EXIT, exitCodeOf } from '../exit.js';
import { namedAttempts } from './attempts.js';
import { checklistOf, coverageOf } from './checklist.js';
import { notesOf } from './notes.js';
import { reproduceOf } from './reproduce.js';
import { isDoubtful } from './saved.js';
import type { JointReport, Report, ReportCause, ReportCheck, SavedFacts, StaleWaiver } from './schema.js';
import { settable } from './unlocks.js';

export interface Waiver {
  check: string;
  reason: string;
  by: string;
  until: string;
}

export interface ReportFacts {
  version: string;
  run: Omit<Report['run'], 'failOn'>;
  target: Report['target'];
  failOn: FailOn;
  traffic: Report['traffic'];
  exchanges: readonly Exchange[];
  evidence: GatheredMap;
  checklists: readonly Checklist[];
  waivers: readonly Waiver[];
  /** Checks that the config switches off. */
  off: readonly string[];
  /** Date for which waivers must still hold, YYYY-MM-DD. */
  today: string;
  /** Only where there is something to say. */
  saved?: SavedFacts;
}

export function buildReport(judgements: readonly Judgement[], facts: ReportFacts): Report {
  const byId = new Map(facts.exchanges.map((exchange) => [exchange.id, exchange]));
  const judged = judgements.map((one) => reportCheck(one, byId, facts)).toSorted(inReportOrder);
  const notes = notesOf(facts.evidence);
  const staleWaivers = facts.waivers.flatMap((waiver) => staleIn(waiver, judgements, facts.off));
  const blank: Report = {
    schemaVersion: 1,
    tool: { name: 'golive-check', version: facts.version },
    run: { ...facts.run, failOn: facts.failOn },
    target: facts.target,
    verdict: 'undecided',
    exitCode: EXIT.undecided,
    totals: totalsOf([]),
    checks: [],
    causes: [],
    checklist: [],
    coverage: coverageOf([]),
    traffic: facts.traffic,
    exchanges: facts.exchanges,
    ...(notes.length === 0 ? {} : { notes }),
    ...(staleWaivers.length === 0 ? {} : { staleWaivers }),
    ...(facts.off.length === 0 ? {} : { off: [...facts.off] }),
    attempts: namedAttempts(facts.evidence, new Set(judged.flatMap((one) => one.at))),
    ...(facts.saved === undefined ? {} : { saved: facts.saved }),
  };
  return withChecks(blank, judged, facts.checklists);
}

/** The report with these checks, and with all that follows from them: causes, totals, list, verdict. */
export function withChecks(report: Report, judged: readonly ReportCheck[], checklists: readonly Checklist[]): Report {
  const found = findCauses(judged.filter((one) => one.waiver === undefined));
  const checks = judged.map((one) => withCause(one, found));
  const checklist = checklistOf(checklists, checks);
  return withVerdict({
    ...report,
    totals: totalsOf(checks),
    checks,
    causes: found.map(reportCause),
    checklist,
    coverage: coverageOf(checklist),
  });
}

function totalsOf(checks: readonly ReportCheck[]): Report['totals'] {
  const unwaived = checks.filter((one) => one.waiver === undefined);
  const totals = Object.fromEntries(
    OUTCOMES.map((outcome) => [outcome, unwaived.filter((one) => one.outcome === outcome).length]),
  ) as Omit<Report['totals'], 'waived'>;
  return { ...totals, waived: checks.length - unwaived.length };
}

/** The report with the verdict that follows from all else in it. */
export function withVerdict(report: Report): Report {
  const { run, checks, saved } = report;
  const { failOn, maxWarnings = Number.POSITIVE_INFINITY } = run;
  const isOpen = run.interrupted || (saved !== undefined && isDoubtful(saved));
  const isTooMuch = checks.some((one) => counts(one, failOn)) || warningsIn(checks, failOn).length > maxWarnings;
  const verdict = isTooMuch ? 'no-go' : isOpen ? 'undecided' : verdictOf(checks, failOn);
  return { ...report, verdict, exitCode: run.interrupted ? EXIT.interrupted : exitCodeOf(verdict) };
}

/** Failures that make no no-go by themselves, and that nobody accepted. */
export function warningsIn(checks: readonly ReportCheck[], failOn: FailOn): ReportCheck[] {
  return checks.filter((one) => isUnaccepted(one) && !countsFor(one.severity, failOn));
}

function withCause({ cause: _before, ...check }: ReportCheck, found: readonly FoundCause[]): ReportCheck {
  const its = found.find(({ findings }) => findings.some(({ id }) => id === check.id));
  return its === undefined ? check : { ...check, cause: its.cause.id };
}

function reportCause({ cause: { id, title, fix }, findings }: FoundCause): ReportCause {
  const severity = SEVERITIES.find((one) => findings.some((finding) => finding.severity === one)) ?? 'minor';
  const shownBy = findings.find(({ outcome }) => outcome === 'fail') ?? findings[0];
  return { id, title, severity, because: shownBy.because, fix, checks: findings.map((one) => one.id) };
}

/** A waiver that hides nothing: it was forgotten, or a name or a date is wrong. */
function staleIn(
  { check, reason, by, until }: Waiver,
  judgements: readonly Judgement[],
  off: readonly string[],
): StaleWaiver[] {
  // A run of some checks alone says nothing of the others' waivers.
  const outcome = judgements.find(({ id }) => id === check)?.outcome ?? (off.includes(check) ? 'not-run' : null);
  if (outcome !== 'pass' && outcome !== 'not-applicable' && outcome !== 'not-run') return [];
  return [{ check, reason, by, until, outcome }];
}

function reportCheck(judgement: Judgement, byId: ReadonlyMap<string, Exchange>, facts: ReportFacts): ReportCheck {
  const { at, refs, timeline, places, unlock: wanted = [], ...rest } = judgement;
  const unlock = settable(wanted, facts.target.extends);
  const isOpen = judgement.outcome !== 'pass' && judgement.outcome !== 'not-applicable';
  const waivers = isOpen ? facts.waivers.filter((one) => one.check === judgement.id) : [];
  const waiver = waivers.find((one) => one.until >= facts.today);
  const ended = waiver === undefined ? waivers.at(-1) : undefined;
  const reproduce = judgement.outcome === 'fail' ? reproduceOf(at, byId, facts) : undefined;
  return {
    ...rest,
    because: `${rest.because}${limitNote(at, byId)}${ended === undefined ? '' : ` (The waiver by ${ended.by} ended on ${ended.until}.)`}`,
    ...(timeline === undefined ? {} : { timeline: [...timeline] }),
    ...(places === undefined || places.length === 0 ? {} : { places: [...places] }),
    at: [...at],
    ...(unlock.length > 0 && { unlock }),
    refs: [...refs],
    items: itemsOf(judgement.id),
    ...(reproduce === undefined ? {} : { reproduce }),
    ...(waiver === undefined ? {} : { waiver: { reason: waiver.reason, by: waiver.by, until: waiver.until } }),
  };
}

/** A verdict that rests on a repeated call says so. */
function limitNote(at: readonly string[], byId: ReadonlyMap<string, Exchange>): string {
  for (const id of at) {
    const again = byId.get(id);
    const first = again?.resent?.after === 'limit' ? byId.get(again.resent.of) : undefined;
    if (again === undefined || first === undefined) continue;
    const waitedSeconds = Math.round((again.startedAtMs - first.endedAtMs) / 100) / 10;
    return ` (A rate limit refused this call at first; it was repeated after ${waitedSeconds} s.)`;
  }
  return '';
}

function inReportOrder(a: ReportCheck, b: ReportCheck): number {
  return (
    TOPICS.indexOf(a.topic) - TOPICS.indexOf(b.topic) ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    a.id.localeCompare(b.id)
  );
}

type Failure = Pick<ReportCheck, 'severity' | 'outcome' | 'waiver' | 'baseline'>;

/** Whether a failure makes the verdict no-go. */
export function counts(check: Failure, failOn: FailOn): boolean {
  return isUnaccepted(check) && countsFor(check.severity, failOn);
}

/** A failure that neither a waiver nor the baseline takes out of the count. */
function isUnaccepted({ outcome, waiver, baseline }: Failure): boolean {
  return outcome === 'fail' && waiver === undefined && baseline === undefined;
}

/** Whether a failure of this severity makes a no-go. */
export function countsFor(severity: Severity, failOn: FailOn): boolean {
  return failOn !== 'never' && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn);
}

export function verdictOf(checks: readonly ReportCheck[], failOn: FailOn): RunVerdict {
  if (checks.some((one) => counts(one, failOn))) return 'no-go';
  const open = checks.some(
    (one) =>
      one.severity === 'blocker' &&
      one.waiver === undefined &&
      (one.outcome === 'inconclusive' || one.outcome === 'error'),
  );
  return open || !hasShown(checks) ? 'undecided' : 'go';
}

/**
 * A run in which nothing applied has shown nothing. Nor have words alone, where more than words was asked for; and of words
 * that nobody said nothing follows at all.
 */
export function hasShown(checks: readonly Pick<ReportCheck, 'kind' | 'outcome'>[]): boolean {
  const applying = checks.filter((one) => one.outcome !== 'not-applicable');
  return checks.every(isStated)
    ? applying.some((one) => one.outcome !== 'inconclusive')
    : applying.some((one) => !isStated(one));
}

function isStated({ kind }: Pick<ReportCheck, 'kind'>): boolean {
  return kind === 'attestation';
}

/** The report of one target, or of several under one verdict. */
export function oneOrJoint(reports: readonly Report[], version: string): Report | JointReport {
  const [only] = reports;
  return reports.length === 1 && only !== undefined ? only : joinReports(reports, version);
}

export function joinReports(reports: readonly Report[], version: string): JointReport {
  const order: readonly RunVerdict[] = ['no-go', 'undecided', 'go'];
  const verdict = order.find((one) => reports.some((report) => report.verdict === one)) ?? 'undecided';
  const interrupted = reports.some((report) => report.run.interrupted);
  return {
    schemaVersion: 1,
    tool: { name: 'golive-check', version },
    verdict,
    exitCode: interrupted ? EXIT.interrupted : exitCodeOf(verdict),
    targets: [...reports],
  };
}
