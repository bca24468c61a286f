// Laying out text in columns. Widths are counted on cleaned, uncoloured text; colour is put on whole lines or cells afterwards.
import { Chalk, type ChalkInstance } from 'chalk';
import type { LineOutcome } from '../../checklists/decide.js';
import type { Severity } from '../../checks/severity.js';
import type { Outcome } from '../../checks/verdict.js';
import type { RenderOptions } from '../index.js';
import { clean, columnsOf, graphemes, toAscii, widthOf } from './sanitize.js';

export type Paint = (text: string) => string;

export interface Pen extends RenderOptions {
  paint: ChalkInstance;
  /** Cleaned, and in ASCII where that is all there is. */
  text(text: string): string;
  /** Between facts on one line. */
  dot: string;
}

const NARROWEST = 40;
// Longer lines are hard to read, and a label at their far end is hard to match with its line.
const WIDEST = 120;
/** Narrower, columns of their own are given up. */
export const ROOMY = 60;

export function createPen(options: RenderOptions): Pen {
  return {
    ...options,
    width: Math.min(Math.max(options.width, NARROWEST), WIDEST),
    paint: new Chalk({ level: options.color ? 1 : 0 }),
    text: (text) => (options.unicode ? clean(text) : toAscii(clean(text))),
    dot: options.unicode ? ' · ' : ' | ',
  };
}

// A URL is copied or clicked, and so is the id of a check; what is longer than any real one is a peer's mischief.
const UNBREAKABLE = /^[("'<]*(?:https?:\/\/\S{1,500}|[a-z]{1,20}(?:-[a-z]{1,20}){1,9}[:,.;]?)$/;

/** Lines of at most `width` columns, except for URLs. The text must be clean. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let columns = 0;
  for (const word of text.split(' ').flatMap((one) => pieces(one, width))) {
    const own = widthOf(word);
    if (line !== '' && columns + 1 + own <= width) {
      line += ` ${word}`;
      columns += 1 + own;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    columns = own;
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line];
}

function pieces(word: string, width: number): string[] {
  if (widthOf(word) <= width || UNBREAKABLE.test(word)) return [word];
  const parts: string[] = [];
  let part = '';
  let columns = 0;
  for (const one of graphemes(word)) {
    const own = columnsOf(one);
    if (part !== '' && columns + own > width) {
      parts.push(part);
      part = '';
      columns = 0;
    }
    part += one;
    columns += own;
  }
  return [...parts, part];
}

// A line that ends this much early looks broken off; a word is cut instead.
const MOST_SPARE = 10;

/** The text within `width` columns, its end given up where it must. */
export function clip(pen: Pen, text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  const end = pen.unicode ? '…' : '...';
  let cut = '';
  let columns = 0;
  for (const one of graphemes(text)) {
    columns += columnsOf(one);
    if (columns > width - end.length) break;
    cut += one;
  }
  const word = cut.lastIndexOf(' ');
  if (word > cut.length - MOST_SPARE) cut = cut.slice(0, word);
  return `${cut.replace(/[\s,;:.]+$/, '')}${end}`;
}

/** A cell padded to `width`, then coloured. */
export function cell(text: string, width: number, paint: Paint = (plain) => plain): string {
  return `${paint(text)}${' '.repeat(Math.max(0, width - widthOf(text)))}`;
}

export interface Word {
  text: string;
  paint: Paint;
}

/** Words that are never broken inside, as many on a line as fit. */
export function flow(pen: Pen, words: readonly Word[], indent: number): string[] {
  const lines: { text: string; width: number }[] = [];
  for (const { text, paint } of words) {
    const plain = pen.text(text);
    const last = lines.at(-1);
    if (last !== undefined && indent + last.width + 2 + widthOf(plain) <= pen.width) {
      last.text += `  ${paint(plain)}`;
      last.width += 2 + widthOf(plain);
    } else lines.push({ text: paint(clip(pen, plain, pen.width - indent)), width: widthOf(plain) });
  }
  return lines.map(({ text }) => ' '.repeat(indent) + text);
}

export interface Margin {
  /** Printed before the first line. */
  lead?: string;
  /** Columns before the text, those of `lead` included. */
  indent: number;
  paint?: Paint;
}

/** A paragraph with a hanging indent. */
export function paragraph(pen: Pen, text: string, { lead = '', indent, paint = (plain) => plain }: Margin): string[] {
  return wrap(pen.text(text), pen.width - indent).map(
    (line, at) => `${at === 0 ? lead : ' '.repeat(indent)}${paint(line)}`,
  );
}

// Beside a label; with less, words would be broken.
const LEAST_ROOM = 16;

/** A paragraph whose first line ends in a label at the right margin. */
export function labelled(
  pen: Pen,
  text: string,
  margin: Required<Margin>,
  right: { text: string; paint: Paint } | null,
): string[] {
  if (right === null || right.text === '') return paragraph(pen, text, margin);
  const room = pen.width - margin.indent - widthOf(right.text) - 2;
  if (room < LEAST_ROOM) return paragraph(pen, `${text} (${right.text})`, margin);
  return wrap(pen.text(text), room).map((line, at) => {
    if (at > 0) return `${' '.repeat(margin.indent)}${margin.paint(line)}`;
    const gap = ' '.repeat(Math.max(2, room - widthOf(line) + 2));
    return `${margin.lead}${margin.paint(line)}${gap}${right.paint(right.text)}`;
  });
}

const LABEL_WIDTH = 11;

/** "Why        Because …": a dim label and its text, both under `indent`. */
export function row(pen: Pen, indent: number, label: string, text: string, paint?: Paint): string[] {
  return paragraph(pen, text, rowMargin(pen, indent, label, paint));
}

export function rowMargin(pen: Pen, indent: number, label: string, paint: Paint = (plain) => plain): Required<Margin> {
  return {
    lead: ' '.repeat(indent) + cell(label, LABEL_WIDTH, pen.paint.dim),
    indent: indent + LABEL_WIDTH,
    paint,
  };
}

/** Of a check, or of a line of a provider's list. */
export type CheckMark = Outcome | 'waived';
export type Mark = CheckMark | LineOutcome | 'in-part';

const MARKS: Readonly<Record<Mark, readonly [unicode: string, ascii: string]>> = {
  pass: ['✔', '[ok]'],
  fail: ['✖', '[FAIL]'],
  inconclusive: ['?', '[??]'],
  'not-applicable': ['–', '[--]'],
  error: ['!', '[!!]'],
  waived: ['~', '[~~]'],
  open: ['○', '[  ]'],
  'in-part': ['◐', '[part]'],
  information: ['i', '[i]'],
};

export function paintOf(pen: Pen, mark: Mark): ChalkInstance {
  const { paint } = pen;
  switch (mark) {
    case 'pass':
      return paint.green;
    case 'fail':
      return paint.red;
    case 'inconclusive':
    case 'in-part':
      return paint.yellow;
    case 'error':
      return paint.magenta;
    case 'not-applicable':
    case 'waived':
    case 'open':
    case 'information':
      return paint.dim;
  }
}

export function symbolOf(pen: Pen, mark: Mark): string {
  return MARKS[mark][pen.unicode ? 0 : 1];
}

/** "  ✔ ": marks stand in a column of their own. */
export function marked(pen: Pen, mark: Mark): { lead: string; indent: number } {
  const symbol = symbolOf(pen, mark);
  const column = pen.unicode ? 1 : '[FAIL]'.length;
  return { lead: `  ${cell(symbol, column, paintOf(pen, mark))} `, indent: column + 3 };
}

const LONGEST_SEVERITY = 'blocker'.length;

/** "  ✖ blocker  ": mark and severity before the words, which then read on without a break. */
export function graded(pen: Pen, mark: Mark, severity: Severity, number = ''): { lead: string; indent: number } {
  const { lead, indent } = marked(pen, mark);
  // Beside the sentence there is no room for a column.
  if (pen.width < ROOMY) return { lead: lead + number, indent: indent + number.length };
  const word = cell(severity, LONGEST_SEVERITY, paintOfSeverity(pen, severity));
  return { lead: `${lead}${number}${word}  `, indent: indent + number.length + LONGEST_SEVERITY + 2 };
}

/** The severity in words, where it has no column. */
export function gradedText(pen: Pen, severity: Severity, text: string): string {
  return pen.width < ROOMY ? `${text} (${severity})` : text;
}

/** Rows under such words begin with them where there is room. */
export function inside(pen: Pen, indent: number): number {
  return pen.width < ROOMY ? 4 : indent;
}

/** Where the details under a mark begin: beside the title, or further left where there is little room. */
export function detailIndent(pen: Pen, mark: Mark): number {
  return pen.width < ROOMY ? 4 : marked(pen, mark).indent;
}

export function paintOfSeverity(pen: Pen, severity: Severity): ChalkInstance {
  if (severity === 'blocker') return pen.paint.red;
  return severity === 'major' ? pen.paint.yellow : pen.paint.cyan;
}

export function heading(pen: Pen, text: string): string[] {
  return paragraph(pen, text, { indent: 0, paint: pen.paint.bold });
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

export function durationText(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}

/** Lines that stand together. */
export type Block = readonly string[];

/** Blocks with a blank line between them. */
export function joinBlocks(blocks: readonly (readonly string[])[]): string {
  const filled = blocks.filter((block) => block.length > 0);
  return `${filled.map((block) => block.join('\n')).join('\n\n')}\n`;
}
