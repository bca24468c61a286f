// Causes: what explains several findings, each in one block.
import type { Report, ReportCause } from '../schema.js';
import { isAside } from './aside.js';
import { quoteOf } from './check.js';
import { idLines } from './ids.js';
import {
  type Block,
  heading,
  labelled,
  marked,
  type Pen,
  paintOf,
  paintOfSeverity,
  paragraph,
  plural,
} from './layout.js';
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
  const { lead, indent } = marked(pen, mark);
  const numbered = `${lead}${number} `;
  const inner = indent + String(number).length + 1;
  const label = { text: cause.severity, paint: paintOfSeverity(pen, cause.severity) };
  const shown = checks.find((one) => one.because === cause.because);
  const inside = { lead: ' '.repeat(inner), indent: inner };
  return [
    ...labelled(pen, cause.title, { lead: numbered, indent: inner, paint: pen.paint.bold }, label),
    ...idLines(pen, `${failed.length} failed: `, failed, inside, pen.verbose ? '' : openWords(failed, open)),
    ...(pen.verbose || failed.length === 0 ? idLines(pen, `${open.length} not judged: `, open, inside) : []),
    ...paragraph(pen, quoteOf(pen, cause.because.replace(UNSEEN, '')), {
      lead: ' '.repeat(inner),
      indent: inner,
      paint: paintOf(pen, mark),
    }),
    ...(shown === undefined ? [] : attemptRows(pen, shown, inner)),
    ...soleFix(pen, report, inner),
  ];
}

function openWords(failed: readonly unknown[], open: readonly unknown[]): string {
  return failed.length === 0 || open.length === 0 ? '' : `; ${open.length} not judged`;
}
