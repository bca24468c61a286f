// Causes that a report may find: what shows each, and how it is mended.
import type { Cause, OpenVerdicts, Verdicts } from '../causes/define.js';
import type { RenderOptions } from '../report/index.js';
import { type Block, createPen, heading, joinBlocks, type Pen, paragraph, row } from '../report/text/layout.js';
import { SUBJECTS } from './list.js';

export function renderCause(cause: Cause, options: RenderOptions): string {
  const pen = createPen(options);
  const { id, title, fix, shownBy, least = 1, explains, after = [] } = cause;
  const shown = checksOf(shownBy);
  return joinBlocks([
    [
      ...paragraph(pen, title, { indent: 0, paint: pen.paint.bold }),
      ...paragraph(pen, `${id}, a cause`, { indent: 0 }),
    ],
    row(pen, 0, 'Fix', fix),
    [
      ...(shown === '' ? [] : row(pen, 0, 'Shown by', least > 1 ? `${shown} (at least ${least} of them)` : shown)),
      ...openRows(pen, shown === '' ? 'Shown by' : '', cause.shownByOpen),
      ...(cause.facts === undefined
        ? []
        : row(pen, 0, shown === '' ? 'Shown by' : '', 'every finding that names it: what was asked for did not come')),
      ...(explains === undefined ? [] : row(pen, 0, 'Explains', checksOf(explains))),
      ...openRows(pen, explains === undefined ? 'Explains' : '', cause.leavesOpen),
    ],
    after.length === 0 ? [] : row(pen, 0, 'Mend first', after.join(', ')),
    row(pen, 0, 'Explain', 'golive-check explain <check>'),
  ]);
}

export function renderCauses(causes: readonly Cause[], options: RenderOptions): string {
  const pen = createPen(options);
  const blocks = causes.map(
    ({ id, title }): Block => [
      ...paragraph(pen, title, { lead: '  ', indent: 2 }),
      ...paragraph(pen, id, { lead: '    ', indent: 4, paint: pen.paint.dim }),
    ],
  );
  return joinBlocks([
    heading(pen, `${causes.length} causes: each explains several findings of a report`),
    blocks.flat(),
    row(pen, 0, 'Explain', 'golive-check explain <cause>'),
  ]);
}

function checksOf(verdicts: Verdicts | undefined): string {
  return Object.keys(verdicts ?? {}).join(', ');
}

function openRows(pen: Pen, label: string, open: OpenVerdicts | undefined): string[] {
  if (open === undefined) return [];
  const kinds =
    open.kinds.length === Object.keys(SUBJECTS).length
      ? 'all checks'
      : `checks of ${open.kinds.map((kind) => SUBJECTS[kind]).join(', ')}`;
  return row(pen, 0, label, `${kinds} that stay open with the code ${open.codes.join(', ')}`);
}
