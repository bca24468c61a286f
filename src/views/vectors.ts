// The vectors under one scheme: what each sends, and what a sound receiver does.
import type { RenderOptions } from '../report/index.js';
import { cell, createPen, heading, joinBlocks, paragraph, plural } from '../report/text/layout.js';
import { widthOf } from '../report/text/sanitize.js';
import { GROUPS, type Vector } from '../webhook/vector.js';

export interface ListedVector {
  vector: Vector;
  /** Why it does not apply; null: it does. */
  missing: string | null;
}

export function renderVectors(scheme: string, rows: readonly ListedVector[], options: RenderOptions): string {
  const pen = createPen(options);
  const applying = rows.filter(({ missing }) => missing === null).length;
  const column = Math.max(...rows.map(({ vector }) => widthOf(vector.expected))) + 2;
  return joinBlocks([
    heading(pen, `${scheme}: ${plural(applying, 'vector')}`),
    ...GROUPS.map((group) => rows.filter(({ vector }) => vector.group === group))
      .filter((some) => some.length > 0)
      .map((some) => [
        pen.paint.bold(`  ${some[0]?.vector.group ?? ''}`),
        ...some.flatMap(({ vector, missing }) => {
          const lead = `  ${cell(missing === null ? vector.expected : '', column)}`;
          const indent = 2 + column;
          return [
            ...paragraph(pen, vector.id, { lead, indent }),
            ...paragraph(pen, vector.says, { lead: ' '.repeat(indent), indent, paint: pen.paint.dim }),
            ...(missing === null
              ? []
              : paragraph(pen, `does not apply: ${missing}`, {
                  lead: ' '.repeat(indent),
                  indent,
                  paint: pen.paint.dim,
                })),
          ];
        }),
      ]),
  ]);
}
