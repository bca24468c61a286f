import type { Severity } from '../checks/severity.js';
import { type Check, KINDS, type Kind, TOPICS } from '../checks/verdict.js';
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
} from '../report/text/layout.js';
import { widthOf } from '../report/text/sanitize.js';

export interface ListedCheck {
  check: Check;
  severity: Severity;
}

export const SUBJECTS: Readonly<Record<Kind, string>> = {
  endpoint: "the provider's API",
  client: 'your own integration code',
  webhook: 'your webhook receiver',
  source: 'your repository',
  attestation: 'what no program can see',
};

/** Every check by kind and topic: severity, id and title. */
export function renderList(checks: readonly ListedCheck[], options: RenderOptions): string {
  const pen = createPen(options);
  if (checks.length === 0) return 'No checks.\n';
  const columns = columnsOf(options.width, checks);
  return joinBlocks(
    KINDS.flatMap((kind) => {
      const own = checks.filter(({ check }) => check.kind === kind);
      if (own.length === 0) return [];
      return [
        heading(pen, `${kind}: ${SUBJECTS[kind]} (${plural(own.length, 'check')})`),
        ...topicBlocks(pen, own, columns),
      ];
    }),
  );
}

/** By topic, in the order of the report. */
export function topicBlocks(
  pen: Pen,
  checks: readonly ListedCheck[],
  columns: Columns = columnsOf(pen.width, checks),
): string[][] {
  const topics = TOPICS.map((topic) => checks.filter(({ check }) => check.topic === topic));
  return topics.filter((some) => some.length > 0).map((some) => topicLines(pen, some, columns));
}

interface Columns {
  severity: number;
  id: number;
  /** Id and title on one line: only where every title fits. */
  oneLine: boolean;
}

function columnsOf(width: number, checks: readonly ListedCheck[]): Columns {
  const severity = Math.max(...checks.map((one) => one.severity.length)) + 2;
  const id = Math.max(...checks.map(({ check }) => widthOf(check.id))) + 2;
  const title = Math.max(...checks.map(({ check }) => widthOf(titleOf(check))));
  return { severity, id, oneLine: 2 + severity + id + title <= width };
}

function titleOf(check: Check): string {
  return check.optIn === true ? `${check.title} (opt-in)` : check.title;
}

function topicLines(pen: Pen, checks: readonly ListedCheck[], columns: Columns): string[] {
  const first = checks[0]?.check.topic ?? '';
  return [
    `  ${pen.paint.bold(first)}`,
    ...checks.flatMap(({ check, severity }) => {
      const label = `  ${cell(severity, columns.severity, paintOfSeverity(pen, severity))}`;
      const indent = 2 + columns.severity;
      if (columns.oneLine) return [`${label}${cell(check.id, columns.id)}${pen.paint.dim(pen.text(titleOf(check)))}`];
      const title = { lead: ' '.repeat(indent), indent, paint: pen.paint.dim };
      return [...paragraph(pen, check.id, { lead: label, indent }), ...paragraph(pen, titleOf(check), title)];
    }),
  ];
}
