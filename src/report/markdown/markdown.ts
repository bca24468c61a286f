// The report as GitHub's Markdown: for the summary of a job, or a comment.
import { SEVERITIES } from '../../checks/severity.js';
import { detailsOf } from '../details.js';
import type { Reporter } from '../index.js';
import { savedNotes } from '../saved.js';
import type { JointReport, Report, ReportCause, ReportCheck } from '../schema.js';
import { targetsOf } from '../targets.js';
import { markOf } from '../text/check.js';
import { type CheckMark, durationText, plural } from '../text/layout.js';
import { factsOf } from '../text/summary.js';
import { html, inline, inlineHtml, link } from './escape.js';
import { within } from './within.js';

/** Of one step, by GitHub's own bound. */
export const SUMMARY_BYTES = 1024 * 1024;
// A peer decides how long a quoted answer is.
const LONGEST_CELL = 400;
const LONGEST_DETAILS = 20_000;

const VERDICTS = { go: '✅ GO', 'no-go': '❌ NO-GO', undecided: '⚠️ UNDECIDED' } as const;

const renderMarkdown: Reporter = (report) => markdownWithin(report, SUMMARY_BYTES);

export default renderMarkdown;

export function markdownWithin(report: Report | JointReport, mostBytes: number): string {
  return within(
    piecesOf(report),
    mostBytes,
    (missing) => `\n> Cut here: ${plural(missing, 'more part')} would not fit. The JSON report has all of it.\n`,
  );
}

/** Wherever it is cut between two of them, what stands before it is whole Markdown. */
function piecesOf(report: Report | JointReport): string[] {
  const targets = targetsOf(report);
  if (!('targets' in report)) return targets.flatMap((target) => targetPieces(target));
  const rows = targets.map((one) => row([inline(one.target.name), VERDICTS[one.verdict], countsText([one])]));
  return [
    `## ${VERDICTS[report.verdict]}: ${plural(targets.length, 'target')}\n\n${countsText(targets)} · exit code ${report.exitCode}\n`,
    table('Target', 'Verdict', 'Checks'),
    ...rows,
    ...targets.flatMap((target) => targetPieces(target)),
  ];
}

function targetPieces(report: Report): string[] {
  const of = (...marks: CheckMark[]) =>
    report.checks
      .filter((one) => marks.includes(markOf(one)))
      .toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
  const failed = of('fail');
  return [
    ...headPieces(report),
    ...causePieces(report.causes),
    ...tablePieces(plural(failed.length, 'failure'), failed),
    ...tablePieces(`${of('inconclusive', 'error').length} not judged`, of('inconclusive', 'error')),
    ...waivedPieces(of('waived')),
    ...(failed.length === 0 ? [] : ['\n### Failures in full\n']),
    ...failed.map((check) => detailPiece(check, report)),
    ...namesPieces('passed', of('pass')),
    ...namesPieces('not applicable', of('not-applicable')),
  ];
}

function headPieces(report: Report): string[] {
  const { verdict, target, exitCode, run, tool, saved, notes = [] } = report;
  const facts = [
    ...(target.environment === null ? [] : [target.environment]),
    ...(target.url === null ? [] : [inline(target.url)]),
    durationText(run.durationMs),
    `run ${inline(run.id)}`,
    `seed ${run.seed}`,
    `${tool.name} ${tool.version}`,
  ];
  const told = [...(saved === undefined ? [] : savedNotes(saved, tool.version)), ...notes];
  return [
    `\n## ${VERDICTS[verdict]}: ${inline(target.name)}\n\n${countsText([report])} · exit code ${exitCode}\n\n${facts.join(' · ')}\n`,
    ...(run.interrupted ? ['\n> The run was interrupted.\n'] : []),
    ...told.map((note) => `\n> ${inline(clip(note, LONGEST_CELL))}\n`),
  ];
}

function countsText(reports: readonly Report[]): string {
  return factsOf(reports)
    .map(([full]) => full)
    .join(' · ');
}

function causePieces(causes: readonly ReportCause[]): string[] {
  if (causes.length === 0) return [];
  return [
    '\n### Causes, in the order in which to mend them\n\n',
    ...causes.map(
      ({ title, severity, because, fix, checks }, at) =>
        `${at + 1}. **${inline(title)}** (${severity}) ${inline(clip(because, LONGEST_CELL))} **Fix:** ${inline(fix)} Explains: ${checks.map(code).join(', ')}.\n`,
    ),
  ];
}

function tablePieces(title: string, checks: readonly ReportCheck[]): string[] {
  if (checks.length === 0) return [];
  return [
    `\n### ${title.charAt(0).toUpperCase()}${title.slice(1)}\n`,
    table('Severity', 'Check', 'Lines', 'Seen'),
    ...checks.map(({ severity, id, items, because }) =>
      row([
        severity === 'blocker' ? '**blocker**' : severity,
        code(id),
        items.map(inline).join(', '),
        inline(clip(because, LONGEST_CELL)),
      ]),
    ),
  ];
}

function waivedPieces(checks: readonly ReportCheck[]): string[] {
  if (checks.length === 0) return [];
  return [
    `\n### ${checks.length} waived\n`,
    table('Check', 'Seen', 'Waived'),
    ...checks.map(({ id, because, waiver }) =>
      row([
        code(id),
        inline(clip(because, LONGEST_CELL)),
        inline(waiver === undefined ? '' : `${waiver.reason} (by ${waiver.by}, until ${waiver.until})`),
      ]),
    ),
  ];
}

function detailPiece(check: ReportCheck, report: Report): string {
  const text = detailsOf(check, report);
  const shown = text.length <= LONGEST_DETAILS ? text : `${text.slice(0, LONGEST_DETAILS)}\n… cut`;
  const pages = check.refs.length === 0 ? '' : `See ${check.refs.map(link).join(' ')}\n\n`;
  const title = `<code>${html(check.id)}</code> (${check.severity}): ${inlineHtml(check.title)}`;
  return `\n<details><summary>${title}</summary>\n\n<pre>${html(shown)}</pre>\n\n${pages}</details>\n`;
}

function namesPieces(what: string, checks: readonly ReportCheck[]): string[] {
  if (checks.length === 0) return [];
  const names = checks.map(({ id }) => code(id)).join(' ');
  return [`\n<details><summary>${checks.length} ${what}</summary>\n\n${names}\n\n</details>\n`];
}

function table(...titles: readonly string[]): string {
  return `\n${row(titles)}${row(titles.map(() => '---'))}`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

/** Of ids, which are words of ours; a plugin's may be anything. */
function code(id: string): string {
  return /^[\w-]+$/.test(id) ? `\`${id}\`` : inline(id);
}

function clip(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)}…`;
}
