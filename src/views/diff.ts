// What `golive-check diff` prints: per target, what is worse first.
import type { RenderOptions } from '../report/index.js';
import {
  type Block,
  createPen,
  graded,
  gradedText,
  heading,
  joinBlocks,
  type Mark,
  type Pen,
  paragraph,
  plural,
} from '../report/text/layout.js';
import { clean, jsonText } from '../report/text/sanitize.js';
import { type Diff, type Difference, GROUPS, type Group, type Side } from '../stored/diff.js';
import { version } from '../version.js';

const TITLES: Readonly<Record<Group, string>> = {
  new: 'New: fails now, and did not',
  'still-failing': 'Still failing',
  moved: 'Otherwise changed',
  fixed: 'Fixed',
  changed: 'The same outcome for another reason',
  added: 'Only in the new report',
  removed: 'Only in the old report',
};

export function renderDiff(diff: Diff, options: RenderOptions): string {
  const pen = createPen(options);
  const { differences, targets } = diff;
  const names = [...new Set(differences.map(({ target }) => target))];
  const isOne = names.length === 1 && targets.added.length + targets.removed.length === 0;
  return joinBlocks([
    paragraph(pen, summaryOf(pen, diff), {
      indent: 0,
      paint: diff.exitCode === 0 ? pen.paint.bold : pen.paint.red.bold,
    }),
    ...names.flatMap((name) => targetBlocks(pen, name, diff, isOne)),
  ]);
}

/** "1 new, 2 fixed, 3 still failing; 40 checks alike" */
function summaryOf(pen: Pen, { differences, same, targets }: Diff): string {
  const count = (group: Group) => differences.filter((one) => one.group === group).length;
  const counts = [
    `${count('new')} new`,
    `${count('fixed')} fixed`,
    `${count('still-failing')} still failing`,
    ...(['moved', 'added', 'removed'] as const).flatMap((group) =>
      count(group) === 0 ? [] : [`${count(group)} ${group}`],
    ),
    ...(count('changed') === 0 ? [] : [`${count('changed')} for another reason`]),
    `${plural(same, 'check')} alike`,
    ...(['added', 'removed'] as const).flatMap((how) =>
      targets[how].length === 0 ? [] : [`${plural(targets[how].length, 'target')} ${how}`],
    ),
  ];
  return counts.join(pen.dot);
}

function targetBlocks(pen: Pen, name: string, { differences, targets }: Diff, isOne: boolean): Block[] {
  const how = targets.added.includes(name)
    ? ' (only in the new report)'
    : targets.removed.includes(name)
      ? ' (only in the old report)'
      : '';
  const own = differences.filter(({ target }) => target === name);
  const groups = GROUPS.map((group) => own.filter((one) => one.group === group)).filter(
    ([first]) => first !== undefined,
  );
  return [
    isOne ? [] : paragraph(pen, `${name}${how}`, { indent: 0, paint: pen.paint.bold }),
    ...groups.map((group) => [
      ...heading(pen, TITLES[group[0]?.group ?? 'new']),
      ...group.flatMap((one) => differenceLines(pen, one)),
    ]),
  ];
}

function differenceLines(pen: Pen, { group, check, before, after, isOtherEvidence }: Difference): string[] {
  const side = after ?? before;
  if (side === null) return [];
  const mark: Mark = side.standing;
  const margin = graded(pen, mark, side.severity);
  const words =
    group === 'fixed' || group === 'removed' ? wordsOf(pen, side) : `${wordsOf(pen, side)}: ${side.because}`;
  const was = before !== null && after !== null && (group !== 'still-failing' || isOtherEvidence);
  return [
    ...paragraph(pen, gradedText(pen, side.severity, `${check}: ${words}`), margin),
    ...(was
      ? paragraph(pen, `before: ${wordsOf(pen, before)}${group === 'fixed' ? '' : `: ${before.because}`}`, {
          lead: ' '.repeat(margin.indent),
          indent: margin.indent,
          paint: pen.paint.dim,
        })
      : []),
  ];
}

function wordsOf(pen: Pen, { standing, code }: Side): string {
  return pen.text(`${standing} (${code})`);
}

export function diffJson({ differences, same, targets, exitCode }: Diff): string {
  return jsonText(
    {
      schemaVersion: 1,
      tool: { name: 'golive-check', version },
      exitCode,
      totals: {
        ...Object.fromEntries(GROUPS.map((group) => [group, differences.filter((one) => one.group === group).length])),
        same,
      },
      targets,
      differences: differences.map(({ title, ...one }) => ({ ...one, title: clean(title) })),
    },
    2,
  );
}
