// Names of checks in a row: as many as fit one line, or all where all is asked for.
import { type Margin, type Pen, paragraph } from './layout.js';
import { widthOf } from './sanitize.js';

/** "5 failed: a, b and 3 more" */
export function idLines(pen: Pen, words: string, checks: readonly { id: string }[], margin: Margin): string[] {
  if (checks.length === 0) return [];
  const ids = checks.map(({ id }) => id);
  const text = pen.verbose ? `${words}${ids.join(', ')}` : fitting(ids, words, pen.width - margin.indent);
  return paragraph(pen, text, margin);
}

function fitting(ids: readonly string[], words: string, width: number): string {
  for (let count = ids.length; count > 1; count -= 1) {
    const text = textOf(ids, words, count);
    if (widthOf(text) <= width) return text;
  }
  return textOf(ids, words, 1);
}

function textOf(ids: readonly string[], words: string, count: number): string {
  const more = ids.length - count;
  return `${words}${ids.slice(0, count).join(', ')}${more === 0 ? '' : ` and ${more} more`}`;
}
