// Each list, line by line in its order: what became of each, the checks behind it, and what is to be done.
import { CHECKLISTS } from '../../checklists/index.js';
import { coverageOf } from '../checklist.js';
import type { Coverage, Report, ReportCheck, ReportLine } from '../schema.js';
import { checkLines, markOf } from './check.js';
import {
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

type Block = readonly string[];

const NESTED = 2;
const SHOWN_NEEDS = 2;

/** `told` are the checks of which more is to be said here than their mark. */
export function checklistBlocks(pen: Pen, report: Report, told: readonly ReportCheck[]): Block[] {
  const seen = new Map<string, string>();
  return CHECKLISTS.flatMap(({ provider, name, title }) => {
    const lines = report.checklist.filter((line) => line.provider === provider);
    if (lines.length === 0) return [];
    // With --only most lines have nothing to tell.
    const idle = pen.verbose ? [] : lines.filter((line) => line.checks.length === 0 && line.notRun.length > 0);
    const column = Math.max(...lines.map(({ item }) => item.length)) + 1;
    const drawn = lines
      .filter((line) => !idle.includes(line))
      .map((line) => lineBlock(pen, { line, column, report, told, seen }));
    return [
      heading(pen, `${name}: ${title} (${plural(lines.length, 'line')})`),
      ...closeUp(drawn),
      idleLines(pen, idle),
    ];
  });
}

function idleLines(pen: Pen, idle: readonly ReportLine[]): string[] {
  if (idle.length === 0) return [];
  const text = `Not run: ${idle.map(({ item }) => item).join(', ')}`;
  return paragraph(pen, text, { ...marked(pen, 'open'), paint: pen.paint.dim });
}

interface Drawn {
  lines: string[];
  /** It tells of a check at length. */
  detailed: boolean;
}

/** Lines without details follow one another without gaps. */
function closeUp(drawn: readonly Drawn[]): Block[] {
  const blocks: string[][] = [];
  for (const [at, { lines, detailed }] of drawn.entries()) {
    const last = blocks.at(-1);
    if (last === undefined || detailed || drawn[at - 1]?.detailed === true) blocks.push([...lines]);
    else last.push(...lines);
  }
  return blocks;
}

interface LineContext {
  line: ReportLine;
  /** Width of the item's column. */
  column: number;
  report: Report;
  told: readonly ReportCheck[];
  /** Which line has told of a check already. */
  seen: Map<string, string>;
}

function lineBlock(pen: Pen, context: LineContext): Drawn {
  const { line, column, report, told, seen } = context;
  const { lead, indent } = marked(pen, lineMark(line));
  const margin = {
    lead: lead + line.item.padEnd(column),
    indent: indent + column,
    paint: titlePaint(pen, line.outcome),
  };
  const behind = line.checks.flatMap((id) => report.checks.filter((one) => one.id === id));
  const fresh = behind.filter((one) => told.includes(one) && !seen.has(one.id) && needsWords(pen, one));
  const earlier = new Map(seen);
  for (const one of fresh) seen.set(one.id, line.item);
  const lines = [
    ...labelled(pen, line.text, margin, rightLabel(pen, line)),
    ...flow(
      pen,
      behind.map((one) => judgedWord(pen, one, earlier)),
      margin.indent,
    ),
    ...needLines(pen, line, behind, margin.indent),
    ...missingLines(pen, line, margin.indent),
    ...nested(pen, (inner) => fresh.flatMap((one) => checkLines(inner, one, report))),
  ];
  return { lines, detailed: fresh.length > 0 };
}

/** A pass that rests on some of its checks only never looks like a whole one. */
function lineMark({ outcome, inPart }: ReportLine): Mark {
  return outcome === 'pass' && inPart ? 'in-part' : outcome;
}

function titlePaint(pen: Pen, mark: Mark) {
  return mark === 'fail' ? pen.paint.bold : (plain: string) => plain;
}

function rightLabel(pen: Pen, line: ReportLine): Word {
  const { outcome, basis } = line;
  const isAnswer = outcome === 'pass' || outcome === 'fail';
  const text = isAnswer && basis !== null ? basis : outcome.replace('-', ' ');
  const paint = outcome === 'pass' ? pen.paint.cyan : paintOf(pen, outcome);
  return { text: line.inPart ? `${text}, in part` : text, paint };
}

/** "✔ accepts-valid-key": a check whose details an earlier line has told says which. */
function judgedWord(pen: Pen, check: ReportCheck, seen: ReadonlyMap<string, string>): Word {
  const mark = markOf(check);
  const at = seen.get(check.id);
  const paint = mark === 'pass' || mark === 'not-applicable' ? pen.paint.dim : paintOf(pen, mark);
  return { text: `${symbolOf(pen, mark)} ${check.id}${at === undefined ? '' : ` (see ${at})`}`, paint };
}

function missingLines(pen: Pen, { notRun }: ReportLine, indent: number): string[] {
  if (notRun.length === 0) return [];
  return paragraph(pen, `Not run: ${notRun.join(', ')}`, { lead: ' '.repeat(indent), indent, paint: pen.paint.dim });
}

/** What passed is told by its mark, unless more detail is asked for or a person's word stands behind it. */
function needsWords(pen: Pen, check: ReportCheck): boolean {
  return markOf(check) !== 'pass' || pen.verbose || check.basis === 'attested';
}

/** What to configure for a side of the line that could not be looked at. */
function needLines(pen: Pen, line: ReportLine, behind: readonly ReportCheck[], indent: number): string[] {
  const unseen = behind.filter(({ id }) => line.notConfigured.includes(id));
  const needs = [...new Set(unseen.map(({ because }) => because))];
  const shown = pen.verbose ? needs : needs.slice(0, SHOWN_NEEDS);
  return shown.flatMap((need) => paragraph(pen, need, { lead: ' '.repeat(indent), indent, paint: pen.paint.dim }));
}

function nested(pen: Pen, draw: (inner: Pen) => string[]): string[] {
  return draw({ ...pen, width: pen.width - NESTED }).map((line) => ' '.repeat(NESTED) + line);
}

/** Of the list, or of each of several by its name. */
export function coverageLines(pen: Pen, { checklist, coverage }: Report): string[] {
  const names = new Set(checklist.map(({ provider }) => provider));
  if (names.size <= 1) return coverageLine(pen, coverage, '');
  return CHECKLISTS.filter(({ provider }) => names.has(provider)).flatMap(({ provider, name }) =>
    coverageLine(pen, coverageOf(checklist.filter((line) => line.provider === provider)), `${name}, `),
  );
}

/** "13 lines: 9 observed, 1 scanned, 2 attested, 1 open (3 in part)" */
function coverageLine(pen: Pen, coverage: Coverage, lead: string): string[] {
  const { items, observed, scanned, attested, open, information, inPart } = coverage;
  if (items === 0) return [];
  const counts = [`${observed} observed`, `${scanned} scanned`, `${attested} attested`, `${open} open`];
  if (information > 0) counts.push(`${information} information`);
  const note = inPart === 0 ? '' : ` (${inPart} in part)`;
  return paragraph(pen, `${lead}${plural(items, 'line')}: ${counts.join(', ')}${note}`, { indent: 0 });
}
