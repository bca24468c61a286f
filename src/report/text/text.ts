// The report for people: the verdict, causes, what failed, what stayed open; what passed is counted.
import type { Reporter } from '../index.js';
import type { JointReport, Report } from '../schema.js';
import { asideLines } from './aside.js';
import { causeBlocks } from './causes.js';
import { checklistBlocks } from './checklist.js';
import { failureBlocks, openBlocks, waivedLines } from './findings.js';
import { type Block, createPen, joinBlocks, type Pen } from './layout.js';
import { stepLines } from './next.js';
import { passBlocks } from './passes.js';
import {
  createdLines,
  factsOf,
  headerLines,
  learnedLines,
  notApplicableLines,
  noteLines,
  targetLines,
  targetsFact,
  verdictLine,
} from './summary.js';

const renderText: Reporter = (report, options) => {
  const pen = createPen(options);
  return joinBlocks('targets' in report ? jointBlocks(pen, report) : withVerdictAtTheEnd(pen, report));
};

export default renderText;

// About a screen: what is longer has scrolled its first line away.
const SCREEN_LINES = 50;

function withVerdictAtTheEnd(pen: Pen, report: Report): Block[] {
  const blocks = reportBlocks(pen, report);
  const lines = blocks.reduce((sum, block) => sum + block.length + 1, 0);
  return lines <= SCREEN_LINES ? blocks : [...blocks, [verdictOf(pen, report)]];
}

function reportBlocks(pen: Pen, report: Report): Block[] {
  const top = [
    verdictOf(pen, report),
    ...headerLines(pen, report),
    ...noteLines(pen, report),
    ...learnedLines(pen, report),
  ];
  const found = [...causeBlocks(pen, report), ...failureBlocks(pen, report)];
  if (pen.onlyFailures) return [top, ...found, stepLines(pen, report)];
  return [
    top,
    ...found,
    ...openBlocks(pen, report),
    waivedLines(pen, report),
    ...(pen.verbose ? [...passBlocks(pen, report), ...checklistBlocks(pen, report)] : []),
    [
      ...(pen.verbose ? [] : [...passBlocks(pen, report), ...checklistBlocks(pen, report)].flat()),
      ...asideLines(pen, report),
      ...createdLines(pen, report.traffic.created),
      ...notApplicableLines(pen, report),
    ],
    stepLines(pen, report),
  ];
}

function verdictOf(pen: Pen, report: Report): string {
  return verdictLine(pen, report.verdict, factsOf([report]));
}

function jointBlocks(pen: Pen, { targets, verdict }: JointReport): Block[] {
  const rule = pen.paint.dim((pen.unicode ? '─' : '-').repeat(pen.width));
  const targetsText = targetsFact(targets);
  const verdictOfAll = verdictLine(pen, verdict, [[targetsText, targetsText], ...factsOf(targets)]);
  return [
    [verdictOfAll, ...targetLines(pen, targets)],
    ...targets.flatMap((report) => [[rule], ...reportBlocks(pen, report)]),
    [rule],
    [verdictOfAll],
  ];
}
