// The lines of a provider's list outside of a run: what each asks, and which checks answer it.
import type { Checklist, ChecklistLine } from '../checklists/define.js';
import { pageOf } from '../checklists/index.js';
import type { Check } from '../checks/verdict.js';
import type { RenderOptions } from '../report/index.js';
import {
  cell,
  createPen,
  heading,
  joinBlocks,
  type Pen,
  paintOfSeverity,
  paragraph,
  plural,
  row,
} from '../report/text/layout.js';

const NOTHING_TO_CHECK = 'This line is information; there is nothing to check.';

/** A whole list, in its order. */
export function renderLines(list: Checklist, options: RenderOptions): string {
  const pen = createPen(options);
  const column = Math.max(...list.lines.map(({ id }) => id.length)) + 2;
  return joinBlocks([
    [
      ...heading(pen, `${list.name}: ${list.title} (${plural(list.lines.length, 'line')})`),
      ...(list.source === null ? [] : paragraph(pen, list.source, { indent: 0, paint: pen.paint.underline })),
    ],
    list.lines.flatMap((line) => [
      ...paragraph(pen, line.text, { lead: cell(line.id, column), indent: column }),
      ...paragraph(pen, answeredBy(line), { lead: ' '.repeat(column), indent: column, paint: pen.paint.dim }),
    ]),
  ]);
}

function answeredBy({ checks, information }: ChecklistLine): string {
  if (information === true) return NOTHING_TO_CHECK;
  return checks.join(', ');
}

/** All that is to know about one line. */
export function renderLine(
  list: Checklist,
  line: ChecklistLine,
  checks: readonly Check[],
  options: RenderOptions,
): string {
  const pen = createPen(options);
  const known = line.checks.flatMap((id) => checks.filter((one) => one.id === id));
  return joinBlocks([
    [
      ...paragraph(pen, line.text, { indent: 0, paint: pen.paint.bold }),
      ...paragraph(pen, [line.id, list.name, list.title].join(pen.dot), { indent: 0 }),
    ],
    row(pen, 0, 'See', pageOf(list, line), pen.paint.underline),
    line.information === true
      ? row(pen, 0, 'Checks', NOTHING_TO_CHECK)
      : known.flatMap((check, at) => checkRows(pen, at === 0 ? 'Checks' : '', check)),
    known.length === 0 ? [] : row(pen, 0, 'Run', `golive-check run --only ${line.id}`),
  ]);
}

function checkRows(pen: Pen, label: string, check: Check): string[] {
  const facts = [check.severity, check.kind, ...(check.optIn === true ? ['opt-in'] : [])].join(', ');
  return [
    ...row(pen, 0, label, `${check.id} (${facts})`, paintOfSeverity(pen, check.severity)),
    ...row(pen, 2, '', check.title, pen.paint.dim),
  ];
}
