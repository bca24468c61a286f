// What failed, and what stayed open: in short, or at length where more is asked for.
import { SEVERITIES } from '../../checks/severity.js';
import type { Report, ReportCheck } from '../schema.js';
import { checkLines, markOf, quoteOf, seenText } from './check.js';
import { idLines } from './ids.js';
import { isCutShort } from './interrupted.js';
import { type Block, graded, gradedText, heading, inside, marked, type Pen, paragraph, plural } from './layout.js';
import { soleFix } from './next.js';
import { attemptRows } from './timeline.js';

/** Without those that a cause explains, unless all is asked for. */
export function failureBlocks(pen: Pen, report: Report): Block[] {
  const failed = own(pen, report, ['fail']);
  if (failed.length === 0) return [];
  const other = failed.some(({ cause }) => cause !== undefined) || report.causes.length === 0 ? '' : 'other ';
  const [first, ...more] = failed.map((check) =>
    pen.verbose ? checkLines(pen, check, report) : shortLines(pen, check, report),
  );
  const title = heading(pen, plural(failed.length, `${other}failure`));
  if (!pen.verbose) return [[...title, ...[first ?? [], ...more].flat()]];
  return [[...title, ...(first ?? [])], ...more];
}

export function openBlocks(pen: Pen, report: Report): Block[] {
  const open = own(pen, report, ['error', 'inconclusive']);
  if (open.length === 0) return [];
  const alike = sameReasons(open);
  const apart = new Set(alike.flatMap(({ checks }) => checks));
  const rest = open.filter((one) => !apart.has(one));
  return [
    ...(rest.length === 0
      ? []
      : [[...heading(pen, `${rest.length} not judged`), ...rest.flatMap((one) => openLines(pen, one))]]),
    ...alike.map((group) => sameReasonLines(pen, group)),
  ];
}

export function waivedLines(pen: Pen, report: Report): string[] {
  const waived = report.checks.filter((one) => markOf(one) === 'waived');
  return waived.length === 0
    ? []
    : [...heading(pen, `${waived.length} waived`), ...waived.flatMap((one) => checkLines(pen, one, report))];
}

function own(pen: Pen, report: Report, marks: readonly string[]): ReportCheck[] {
  return report.checks
    .filter((one) => marks.includes(markOf(one)))
    .filter((one) => pen.verbose || (one.cause === undefined && !isCutShort(report, one)))
    .toSorted(bySeverity);
}

function bySeverity(a: ReportCheck, b: ReportCheck): number {
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
}

/** "✖ blocker  times-out: It still waited after 40 s.": the title says what should be, the reason what was. */
function shortLines(pen: Pen, check: ReportCheck, report: Report): string[] {
  const indent = inside(pen, graded(pen, markOf(check), check.severity).indent);
  const known = check.baseline === undefined ? '' : ' (in the baseline)';
  const lines = idAndText(pen, check, `${seenText(pen, check)}${known}`);
  return [...lines, ...attemptRows(pen, check, indent), ...soleFix(pen, report, indent)];
}

function openLines(pen: Pen, check: ReportCheck): string[] {
  return idAndText(pen, check, quoteOf(pen, check.because));
}

function idAndText(pen: Pen, check: ReportCheck, text: string): string[] {
  const words = gradedText(pen, check.severity, `${check.id}: ${text}`);
  return paragraph(pen, words, graded(pen, markOf(check), check.severity));
}

const CALL = /\b(?:GET|HEAD|OPTIONS|POST|PUT|PATCH|DELETE) \S+/g;
// Fewer are told one by one.
const ENOUGH_ALIKE = 3;

interface SameReason {
  reason: string;
  /** Whether they differ in nothing but the call. */
  varied: boolean;
  checks: readonly ReportCheck[];
}

/** What no cause explains may still share its reason: it is said once. */
function sameReasons(checks: readonly ReportCheck[]): SameReason[] {
  const groups = new Map<string, ReportCheck[]>();
  for (const one of checks.filter((check) => markOf(check) === 'inconclusive' && check.cause === undefined)) {
    const key = `${one.code} ${one.because.replace(CALL, '')}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()]
    .filter((group) => group.length >= ENOUGH_ALIKE)
    .map((group) => ({
      reason: group[0]?.because ?? '',
      varied: group.some((one) => one.because !== group[0]?.because),
      checks: group,
    }));
}

function sameReasonLines(pen: Pen, { reason, varied, checks }: SameReason): string[] {
  const text = varied ? `${reason} Other calls ended in the same way.` : reason;
  return [
    ...heading(pen, `${checks.length} not judged, for one reason`),
    ...paragraph(pen, text, { lead: '  ', indent: 2, paint: pen.paint.yellow }),
    ...idLines(pen, '', checks, { ...marked(pen, 'inconclusive'), paint: (plain) => plain }),
  ];
}
