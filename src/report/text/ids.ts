// Names of checks in a row: as many as fit one line, or all where all is asked for.
import { type Margin, type Pen, paragraph } from './layout.js';
import { widthOf } from './sanitize.js';

/** "5 failed: a, b and 3 more; 2 not judged" */
export function idLines(
  pen: Pen,
  words: string,
  checks: readonly { id: string }[],
  margin: Margin,
  behind = '',
): string[] {
  if (checks.length === 0) return [];
  const ids = checks.map(({ id }) => id);
  const counts = pen.verbose ? [ids.length] : ids.map((_, at) => ids.length - at);
  const texts = counts.map((count) => `${words}${someOf(ids, count)}${behind}`);
  const fitting = texts.find((text) => widthOf(text) <= pen.width - margin.indent);
  return paragraph(pen, fitting ?? texts.at(-1) ?? '', margin);
}

function someOf(ids: readonly string[], count: number): string {
  const more = ids.length - count;
  return `${ids.slice(0, count).join(', ')}${more === 0 ? '' : ` and ${more} more`}`;
}
