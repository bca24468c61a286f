// One verdict over many stored reports. Each of them must say yes; what cannot be told is undecided, and never yes.

import type { FailOn } from '../checks/severity.js';
import { EXIT } from '../exit.js';
import { countsFor, verdictOf } from '../report/build.js';
import { isDoubtful, some } from '../report/saved.js';
import type { Report, ReportCheck } from '../report/schema.js';

export interface Question {
  /** Hexadecimal, 7 digits or more of it. */
  commit: string;
  environment: 'sandbox' | 'live';
  maxAgeMs: number;
  failOn: FailOn;
  /** Names of targets of each of which there must be a report; null: those that there are. */
  targets: readonly string[] | null;
  /** Epoch ms. */
  nowMs: number;
}

export type Answer = 'yes' | 'no' | 'undecided';

export interface Part {
  /** The file; null: there is none of this target. */
  file: string | null;
  target: string;
  answer: Answer;
  /** Sentences: what speaks against it. */
  because: readonly string[];
}

export interface CanGoLive {
  answer: Answer;
  exitCode: number;
  parts: readonly Part[];
}

const ANSWERS: readonly Answer[] = ['no', 'undecided', 'yes'];
const EXITS: Readonly<Record<Answer, number>> = { yes: EXIT.go, no: EXIT.noGo, undecided: EXIT.undecided };
// Two machines never agree on the time.
const CLOCK_TOLERANCE_MS = 5 * 60_000;

export function canGoLive(given: readonly { file: string; report: Report }[], question: Question): CanGoLive {
  const known = new Set(given.map(({ report }) => report.target.name));
  const missing = (question.targets ?? []).filter((name) => !known.has(name));
  const parts = [
    ...given.map(({ file, report }) => partOf(file, report, question)),
    ...missing.map(
      (target): Part => ({ file: null, target, answer: 'undecided', because: ['There is no report of it.'] }),
    ),
  ].toSorted((a, b) => a.target.localeCompare(b.target) || (a.file ?? '').localeCompare(b.file ?? ''));
  const answer = ANSWERS.find((one) => parts.some((part) => part.answer === one)) ?? 'undecided';
  return { answer, exitCode: EXITS[answer], parts };
}

function partOf(file: string, report: Report, question: Question): Part {
  const of = { file, target: report.target.name };
  const doubts = [...doubtsOfPlace(report, question), ...doubtsOfRun(report, question)];
  // What it says of another commit, or said long ago, is no answer to this question.
  if (doubts.length > 0) return { ...of, answer: 'undecided', because: doubts };
  const failures = report.checks.filter((one) => isFailure(one, question.failOn));
  const isRefused = failures.length > 0 || report.verdict === 'no-go';
  if (isRefused) return { ...of, answer: 'no', because: [failures.length > 0 ? failureText(failures) : ITS_OWN_NO] };
  const open = openIn(report, question);
  return { ...of, answer: open.length > 0 ? 'undecided' : 'yes', because: open };
}

/** Whether it is of what is to go live. */
function doubtsOfPlace({ run, target }: Report, { commit, environment }: Question): string[] {
  const doubts: string[] = [];
  if (run.commit === undefined) doubts.push('It does not say of which commit it is.');
  else if (!run.commit.id.startsWith(commit.toLowerCase())) doubts.push(`It is of another commit, ${run.commit.id}.`);
  else if (run.commit.changed !== null && run.commit.changed > 0)
    doubts.push(`It is not of the commit alone: ${files(run.commit.changed)} not as committed when the run began.`);
  if (target.environment === null)
    doubts.push(`It says no environment (endpoint.environment), and so nothing of ${environment}.`);
  else if (target.environment !== environment) doubts.push(`It is of another environment, ${target.environment}.`);
  return doubts;
}

function files(count: number): string {
  return count === 1 ? 'one tracked file was' : `${count} tracked files were`;
}

/** Whether it is of a whole run, of late, and as it was written. */
function doubtsOfRun({ run, saved }: Report, { maxAgeMs, nowMs, targets }: Question): string[] {
  const doubts: string[] = [];
  const ageMs = nowMs - Date.parse(run.startedAt);
  if (ageMs > maxAgeMs) doubts.push(`It is too old: the run began on ${run.startedAt}.`);
  if (ageMs < -CLOCK_TOLERANCE_MS)
    doubts.push(`The run began on ${run.startedAt}, which is later than now: one of the clocks is wrong.`);
  if (run.interrupted) doubts.push('The run was interrupted.');
  if (run.again?.command === 'demo') doubts.push('It is of a demo.');
  if (run.learned !== undefined || run.again?.command === 'client')
    doubts.push('It is of golive-check client, which learns what it tests: a whole run needs a config.');
  // Where the targets are named, a missing one is seen.
  const limits = run.limitedBy?.filter((one) => one !== '--target' || targets === null);
  if (limits === undefined) doubts.push('It does not say whether all checks were run: an older golive-check wrote it.');
  else if (limits.length > 0)
    doubts.push(
      limits.join() === '--target'
        ? 'It is of a run with --target, so a target of its config may be missing: name all with --targets.'
        : `It is of a part alone: the run had ${limits.join(', ')}.`,
    );
  if (saved !== undefined && isDoubtful(saved)) doubts.push('It is made of evidence that is not as it was written.');
  return doubts;
}

function isFailure(check: ReportCheck, failOn: FailOn): boolean {
  return check.outcome === 'fail' && check.waiver === undefined && countsFor(check.severity, failOn);
}

const ITS_OWN_NO = 'Its own verdict is no-go, by stricter options than these.';

function failureText(failures: readonly ReportCheck[]): string {
  return `${failures.length === 1 ? 'One check fails' : `${failures.length} checks fail`}: ${some(failures.map(({ id }) => id))}.`;
}

function openIn(report: Report, { failOn, nowMs }: Question): string[] {
  const today = new Date(nowMs).toISOString().slice(0, 10);
  const ended = report.checks.filter(({ waiver }) => waiver !== undefined && waiver.until < today);
  const because = ended.map(({ id, waiver }) => `The waiver of ${id} ended on ${waiver?.until}.`);
  const own = verdictOf(report.checks, failOn);
  if (own === 'go' && report.verdict === 'go') return because;
  const blockers = report.checks.filter(
    ({ severity, outcome, waiver }) =>
      severity === 'blocker' && waiver === undefined && (outcome === 'inconclusive' || outcome === 'error'),
  );
  return [
    ...because,
    blockers.length === 0
      ? 'Its own verdict is undecided.'
      : `${blockers.length === 1 ? 'A blocker was' : `${blockers.length} blockers were`} not judged: ${some(blockers.map(({ id }) => id))}.`,
  ];
}
