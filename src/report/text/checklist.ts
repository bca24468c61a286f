// The lists: what became of their lines, and the checks behind them.
import { CHECKLISTS } from '../../checklists/index.js';
import { coverageOf } from '../checklist.js';
import type { Coverage, Report, ReportCheck, ReportLine } from '../schema.js';
import { markOf } from './check.js';
import {
  type Block,
  flow,
  heading,
  labelled,
  type Mark,
  marked,
  type Pen,
  paintOf,
  paragraph,
  plural,
  symbolOf,
  type Word,
} from './layout.js';

const SHOWN_NEEDS = 2;

/** Each list in one paragraph, or line by line where more is asked for. */
export function checklistBlocks(pen: Pen, report: Report): Block[] {
  const lists = CHECKLISTS.flatMap(({ provider, name, title }) => {
    const lines = report.checklist.filter((line) => line.provider === provider);
    return lines.length === 0 ? [] : [{ name, title, lines }];
  });
  if (!pen.verbose) return [lists.flatMap(({ name, lines }) => foldedLines(pen, name, lines))];
  return lists.map(({ name, title, lines }) => {
    const column = Math.max(...lines.map(({ item }) => item.length)) + 1;
    return [
      ...heading(pen, `${name}: ${title} (${plural(lines.length, 'line')})`),
      ...lines.flatMap((line) => lineRows(pen, line, column, report)),
      ...paragraph(pen, coverageText(coverageOf(lines)), { indent: 0 }),
    ];
  });
}

/** "Runa, 13 lines: 9 observed, 1 scanned, 2 attested, 1 open. Failed: R3, R5. Open: R12." */
function foldedLines(pen: Pen, name: string, lines: readonly ReportLine[]): string[] {
  const failed = namesOf(lines, ['fail']);
  const open = namesOf(lines, ['inconclusive', 'open']);
  const { lead, indent } = marked(pen, failed.length > 0 ? 'fail' : open.length > 0 ? 'open' : 'pass');
  const named = [
    ...(failed.length === 0 ? [] : [`Failed: ${failed.join(', ')}.`]),
    // Where nothing is answered the count says it.
    ...(open.length === 0 || open.length === lines.length ? [] : [`Open: ${open.join(', ')}.`]),
  ];
  const text = [`${name}, ${coverageText(coverageOf(lines))}.`, ...named].join(' ');
  return paragraph(pen, text, { lead: lead.trimStart(), indent: indent - 2 });
}

function namesOf(lines: readonly ReportLine[], outcomes: readonly ReportLine['outcome'][]): string[] {
  return lines.filter(({ outcome }) => outcomes.includes(outcome)).map(({ item }) => item);
}

/** One line of a list, and the checks behind it. */
function lineRows(pen: Pen, line: ReportLine, column: number, report: Report): string[] {
  const { lead, indent } = marked(pen, lineMark(line));
  const margin = {
    lead: lead + line.item.padEnd(column),
    indent: indent + column,
    paint: titlePaint(pen, line.outcome),
  };
  const behind = line.checks.flatMap((id) => report.checks.filter((one) => one.id === id));
  return [
    ...labelled(pen, line.text, margin, rightLabel(pen, line)),
    ...flow(
      pen,
      behind.map((one) => judgedWord(pen, one)),
      margin.indent,
    ),
    ...needLines(pen, line, behind, margin.indent),
    ...missingLines(pen, line, margin.indent),
  ];
}

/** A pass that rests on some of its checks only never looks like a whole one. */
export function lineMark({ outcome, inPart }: ReportLine): Mark {
  return outcome === 'pass' && inPart ? 'in-part' : outcome;
}

function titlePaint(pen: Pen, mark: Mark) {
  return mark === 'fail' ? pen.paint.bold : (plain: string) => plain;
}

function rightLabel(pen: Pen, line: ReportLine): Word {
  return { text: lineWord(line), paint: line.outcome === 'pass' ? pen.paint.cyan : paintOf(pen, line.outcome) };
}

/** "passed, observed, in part" */
export function lineWord({ outcome, basis, inPart }: ReportLine): string {
  const isAnswer = outcome === 'pass' || outcome === 'fail';
  // The mark alone says nothing to who cannot see it.
  const word = outcome === 'fail' ? 'failed' : outcome === 'pass' ? 'passed' : outcome.replace('-', ' ');
  const text = isAnswer && basis !== null ? `${word}, ${basis}` : word;
  return inPart ? `${text}, in part` : text;
}

/** "✔ accepts-valid-key" */
function judgedWord(pen: Pen, check: ReportCheck): Word {
  const mark = markOf(check);
  const paint = mark === 'pass' || mark === 'not-applicable' ? pen.paint.dim : paintOf(pen, mark);
  return { text: `${symbolOf(pen, mark)} ${check.id}`, paint };
}

function missingLines(pen: Pen, { notRun }: ReportLine, indent: number): string[] {
  if (notRun.length === 0) return [];
  return paragraph(pen, `Not run: ${notRun.join(', ')}`, { lead: ' '.repeat(indent), indent, paint: pen.paint.dim });
}

/** What to configure for a side of the line that could not be looked at. */
function needLines(pen: Pen, line: ReportLine, behind: readonly ReportCheck[], indent: number): string[] {
  const unseen = behind.filter(({ id }) => line.notConfigured.includes(id));
  const needs = [...new Set(unseen.map(({ because }) => because))];
  const shown = pen.verbose ? needs : needs.slice(0, SHOWN_NEEDS);
  return shown.flatMap((need) => paragraph(pen, need, { lead: ' '.repeat(indent), indent, paint: pen.paint.dim }));
}

/** "13 lines: 9 observed, 1 scanned, 2 attested, 1 open (3 in part)" */
export function coverageText(coverage: Coverage): string {
  const { items, observed, scanned, attested, open, information, inPart } = coverage;
  const counts = [`${observed} observed`, `${scanned} scanned`, `${attested} attested`, `${open} open`];
  if (information > 0) counts.push(`${information} information`);
  const note = inPart === 0 ? '' : ` (${inPart} in part)`;
  return `${plural(items, 'line')}: ${counts.join(', ')}${note}`;
}
