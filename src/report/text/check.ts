// One check in the text report: a line when it passed, a block when there is something to do.

import type { Exchange } from '../../evidence/exchange.js';
import type { Report, ReportCheck } from '../schema.js';
import { wayText } from '../way.js';
import {
  type CheckMark,
  clip,
  detailIndent,
  durationText,
  labelled,
  marked,
  type Pen,
  paintOf,
  paintOfSeverity,
  paragraph,
  plural,
  row,
} from './layout.js';
import { reproduceLines } from './reproduce.js';
import { widthOf } from './sanitize.js';
import { timelineRows } from './timeline.js';

// A peer decides how long a quoted answer is; its beginning tells enough.
const LONGEST_QUOTE = 600;
const SHOWN_CALLS = 5;

export function markOf(check: ReportCheck): CheckMark {
  return check.waiver === undefined ? check.outcome : 'waived';
}

export function checkLines(pen: Pen, check: ReportCheck, report: Report): string[] {
  switch (markOf(check)) {
    case 'fail':
      return failed(pen, check, report);
    case 'waived':
      return waived(pen, check);
    case 'pass':
      return passed(pen, check);
    case 'inconclusive':
    case 'error':
    case 'not-applicable':
      return [...titleLine(pen, check), ...reason(pen, check, check.because)];
  }
}

/** Mark and title; the severity where the outcome counts against it. */
export function titleLine(pen: Pen, check: ReportCheck): string[] {
  const mark = markOf(check);
  const paint = mark === 'fail' ? pen.paint.bold : mark === 'not-applicable' ? pen.paint.dim : (plain: string) => plain;
  return labelled(pen, check.title, { ...marked(pen, mark), paint }, rightLabel(pen, check, mark));
}

function rightLabel(
  pen: Pen,
  check: ReportCheck,
  mark: CheckMark,
): { text: string; paint: (text: string) => string } | null {
  switch (mark) {
    case 'fail':
      return {
        text: `${check.severity}${basisNote(check)}${check.baseline === undefined ? '' : ', in the baseline'}`,
        paint: paintOfSeverity(pen, check.severity).bold,
      };
    case 'inconclusive':
    case 'error':
      return { text: check.severity, paint: paintOfSeverity(pen, check.severity) };
    case 'waived':
      return { text: `waived${basisNote(check)}`, paint: paintOf(pen, mark) };
    case 'not-applicable':
      return null;
    case 'pass':
      // How we know stays visible.
      return check.basis === 'observed' ? null : { text: check.basis, paint: pen.paint.cyan };
  }
}

/** A statement never looks like an observation. */
function basisNote({ basis }: ReportCheck): string {
  return basis === 'observed' ? '' : `, ${basis}`;
}

function passed(pen: Pen, check: ReportCheck): string[] {
  const lines = titleLine(pen, check);
  if (pen.verbose || check.basis === 'attested') return [...lines, ...reason(pen, check, check.because)];
  const [line, ...more] = lines;
  if (line === undefined || more.length > 0 || check.basis !== 'observed' || check.measured === undefined) return lines;
  const measured = pen.text(check.measured);
  const used = marked(pen, 'pass').indent + widthOf(pen.text(check.title)) + 2;
  return used + widthOf(measured) > pen.width ? lines : [`${line}  ${pen.paint.dim(measured)}`];
}

function reason(pen: Pen, check: ReportCheck, text: string): string[] {
  const { indent } = marked(pen, markOf(check));
  return paragraph(pen, quoteOf(pen, text), { lead: ' '.repeat(indent), indent, paint: pen.paint.dim });
}

function waived(pen: Pen, check: ReportCheck): string[] {
  const indent = detailIndent(pen, 'waived');
  const { reason: why = '', by = '', until = '' } = check.waiver ?? {};
  return [
    ...titleLine(pen, check),
    ...row(pen, indent, 'Seen', quoteOf(pen, check.because)),
    ...row(pen, indent, 'Waived', `${why} (by ${by}, until ${until})`),
  ];
}

function failed(pen: Pen, check: ReportCheck, report: Report): string[] {
  const indent = detailIndent(pen, 'fail');
  const refs = pen.verbose ? check.refs : check.refs.slice(0, 1);
  return [
    ...titleLine(pen, check),
    ...paragraph(pen, check.id, { lead: ' '.repeat(indent), indent, paint: pen.paint.dim }),
    ...(check.expected === undefined ? [] : row(pen, indent, 'Expected', quoteOf(pen, check.expected))),
    ...row(pen, indent, 'Seen', seenText(pen, check), paintOf(pen, 'fail')),
    ...timelineRows(pen, check.timeline, indent),
    ...(pen.verbose ? calls(pen, check, report, indent) : []),
    ...row(pen, indent, 'Why', check.why),
    ...row(pen, indent, 'Fix', check.fix),
    ...refs.flatMap((ref, at) => row(pen, indent, at === 0 ? 'See' : '', ref, pen.paint.underline)),
    ...reproduceLines(pen, check, report, indent),
  ];
}

/** The sentence tells the figures; one that it leaves out is put before it. */
export function seenText(pen: Pen, { because, measured }: ReportCheck): string {
  const figures = measured?.match(/\d+/g) ?? [];
  if (measured === undefined || figures.every((figure) => because.includes(figure))) return quoteOf(pen, because);
  return `${quoteOf(pen, measured)}${pen.dot}${quoteOf(pen, because)}`;
}

/** The exchanges that show it, in short. */
function calls(pen: Pen, check: ReportCheck, report: Report, indent: number): string[] {
  const named = new Set(check.at);
  const shown = report.exchanges.filter(({ id }) => named.has(id));
  const lines = shown.slice(0, SHOWN_CALLS).map(callText);
  if (shown.length > SHOWN_CALLS) lines.push(`and ${plural(shown.length - SHOWN_CALLS, 'more call')}`);
  return lines.flatMap((line, at) => row(pen, indent, at === 0 ? 'Calls' : '', line));
}

/** "POST /v1/orders → 201, 12 ms after 1.3 s" */
export function callText({ request, response, ended, startedAtMs, endedAtMs }: Exchange): string {
  const answer = response === null || ended !== 'complete' ? ended : response.status;
  const took = durationText(endedAtMs - startedAtMs);
  const way = wayText(request.way);
  return `${request.method} ${pathOf(request.url)}${way === null ? '' : ` ${way}`} → ${answer}, ${took} after ${durationText(startedAtMs)}`;
}

function pathOf(url: string): string {
  return url.replace(/^[a-z]+:\/\/[^/?#]*/i, '') || '/';
}

export function quoteOf(pen: Pen, text: string): string {
  const whole = pen.text(text);
  return pen.verbose ? whole : clip(pen, whole, LONGEST_QUOTE);
}
