// The commands that show a failure again, in lines that can be copied.
import { againCommand } from '../again.js';
import type { Report, ReportCheck } from '../schema.js';
import { bytesOf } from '../shell.js';
import { type Pen, rowMargin } from './layout.js';
import { HIDDEN, widthOf } from './sanitize.js';

export function reproduceLines(pen: Pen, check: ReportCheck, { run }: Report, indent: number): string[] {
  const { lead, indent: inner } = rowMargin(pen, indent, 'Reproduce');
  const room = pen.width - inner;
  const linesOf = (command: string) => commandLines(command, room, pen.unicode);
  const again = linesOf(againCommand(check.id, run.again));
  const calls = check.reproduce?.split('\n').flatMap(linesOf) ?? [];
  // A line that is too long here, but not at the margin, moves all to the left.
  const longest = Math.max(0, ...calls.map(widthOf).filter((width) => indent + width <= pen.width));
  const margin = ' '.repeat(Math.min(inner, pen.width - longest));
  return [
    ...again.map((line, at) => `${at === 0 ? lead : ' '.repeat(inner)}${line}`),
    ...calls.map((line) => `${margin}${line}`),
  ];
}

// The command, its flags and its URL stand together; afterwards one of these begins a line and keeps its value.
const OPENING =
  /^(?:-[Hu]|--(?:data-raw|data-binary|url|scheme|secret-env|allow-[a-z-]+|config|env-file|target|state|script|max-time))$/;

/** One command: broken between its options only, however long these are. */
export function commandLines(command: string, width: number, unicode: boolean): string[] {
  const safe = unicode ? command.replace(HIDDEN, ' ') : asciiCommand(command.replace(HIDDEN, ' '));
  if (widthOf(safe) <= width) return [safe];
  const lines: string[] = [];
  for (const word of wordsOf(safe)) {
    const last = lines.at(-1);
    if (last === undefined || OPENING.test(word)) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  const shown = safe.startsWith('golive-check ') ? packed(lines, width - 4) : lines;
  return shown.map((line, at) => `${at === 0 ? '' : '  '}${line}${at === shown.length - 1 ? '' : ' \\'}`);
}

/** As many options on a line as fit: ours are short. */
function packed(options: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const option of options) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(`${last} ${option}`) <= width) lines[lines.length - 1] = `${last} ${option}`;
    else lines.push(option);
  }
  return lines;
}

/** Characters beyond ASCII occur within single quotes only: left, written as bytes, and entered again. */
function asciiCommand(command: string): string {
  return command.replace(/[^\x00-\x7f]+/gu, (run) => `'${bytesOf(run)}'`);
}

/** Shell words, quotes kept. */
function wordsOf(command: string): string[] {
  return command.match(/(?:\$?'(?:[^'])*'|"[^"]*"|\\.|[^\s'"\\])+/gu) ?? [];
}
