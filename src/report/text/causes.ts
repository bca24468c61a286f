// Causes: what explains several findings, each in one block.
import type { Report, ReportCause } from '../schema.js';
import { isAside } from './aside.js';
import { quoteOf } from './check.js';
import { idLines } from './ids.js';
import { type Block, graded, gradedText, heading, marked, type Pen, paintOf, paragraph, plural } from './layout.js';
import { soleFix } from './next.js';
import { attemptRows } from './timeline.js';

/** What stood in the way is said; that it did needs no words under a cause. */
const UNSEEN = /^Could not be observed: (?:the control failed: )?/;

export function causeBlocks(pen: Pen, report: Report): Block[] {
  const causes = report.causes.filter((one) => !isAside(one, report));
  if (causes.length === 0) return [];
  const explained = causes.reduce((sum, { checks }) => sum + checks.length, 0);
  const title = `${plural(causes.length, 'cause')} for ${plural(explained, 'finding')}`;
  return [[...heading(pen, title), ...causes.flatMap((cause, at) => causeLines(pen, cause, at + 1, report))]];
}

function causeLines(pen: Pen, cause: ReportCause, number: number, report: Report): string[] {
  const checks = cause.checks.flatMap((id) => report.checks.filter((one) => one.id === id));
  const failed = checks.filter(({ outcome }) => outcome === 'fail');
  const open = checks.filter(({ outcome }) => outcome !== 'fail');
  const mark = failed.length > 0 ? 'fail' : 'inconclusive';
  const title = graded(pen, mark, cause.severity, `${number} `);
  // Under the number: there is more to say than beside the severity.
  const indent = marked(pen, mark).indent + String(number).length + 1;
  const margin = { lead: ' '.repeat(indent), indent };
  const shown = checks.find((one) => one.because === cause.because);
  return [
    ...paragraph(pen, gradedText(pen, cause.severity, cause.title), { ...title, paint: pen.paint.bold }),
    ...idLines(pen, `${failed.length} failed: `, failed, margin, pen.verbose ? '' : openWords(failed, open)),
    ...(pen.verbose || failed.length === 0 ? idLines(pen, `${open.length} not judged: `, open, margin) : []),
    ...paragraph(pen, quoteOf(pen, causeSeen(cause)), { ...margin, paint: paintOf(pen, mark) }),
    ...(shown === undefined ? [] : attemptRows(pen, shown, indent)),
    ...soleFix(pen, report, indent),
  ];
}

export function causeSeen({ because }: ReportCause): string {
  const text = because.replace(UNSEEN, '');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function openWords(failed: readonly unknown[], open: readonly unknown[]): string {
  return failed.length === 0 || open.length === 0 ? '' : `; ${open.length} not judged`;
}
