// The report for people: by topic, what failed first; the last line says whether to go.
import { TOPICS, type Topic } from '../../checks/verdict.js';
import type { Reporter } from '../index.js';
import type { JointReport, Report, ReportCheck } from '../schema.js';
import { checkLines, markOf, titleLine } from './check.js';
import { checklistBlocks, coverageLines } from './checklist.js';
import { createPen, heading, joinBlocks, type Mark, type Pen, paragraph } from './layout.js';
import {
  createdLines,
  factsOf,
  headerLines,
  notApplicableLines,
  noteLines,
  stepLines,
  targetLines,
  targetsFact,
  verdictLine,
} from './summary.js';

const renderText: Reporter = (report, options) => {
  const pen = createPen(options);
  return joinBlocks('targets' in report ? jointBlocks(pen, report) : reportBlocks(pen, report));
};

export default renderText;

type Block = readonly string[];

function reportBlocks(pen: Pen, report: Report): Block[] {
  const alike = sameReasons(report.checks);
  const apart = new Set(alike.flatMap(({ checks }) => checks));
  const told = report.checks.filter((one) => !apart.has(one) && markOf(one) !== 'not-applicable');
  const listed = new Set(report.checklist.flatMap(({ checks }) => checks));
  const rest = told.filter((one) => !listed.has(one.id));
  const topics = TOPICS.flatMap((topic) => topicBlocks(pen, topic, rest, report));
  return [
    headerLines(pen, report),
    ...checklistBlocks(pen, report, told),
    ...(listed.size === 0 || topics.length === 0 ? [] : [heading(pen, 'Beyond the list')]),
    ...topics,
    ...alike.map((group) => sameReasonLines(pen, group)),
    notApplicableLines(
      pen,
      report.checks.filter((one) => markOf(one) === 'not-applicable'),
    ),
    createdLines(pen, report.traffic.created),
    stepLines(pen, report),
    [...coverageLines(pen, report), ...noteLines(pen, report), verdictLine(pen, report.verdict, factsOf([report]))],
  ];
}

function jointBlocks(pen: Pen, { targets, verdict }: JointReport): Block[] {
  const rule = pen.paint.dim((pen.unicode ? '─' : '-').repeat(pen.width));
  const targetsText = targetsFact(targets);
  return [
    ...targets.flatMap((report) => [...reportBlocks(pen, report), [rule]]),
    targetLines(pen, targets),
    [verdictLine(pen, verdict, [[targetsText, targetsText], ...factsOf(targets)])],
  ];
}

const ORDER: readonly Mark[] = ['fail', 'error', 'inconclusive', 'waived', 'pass'];

/** Failures are blocks of their own under the heading; the other lines follow without gaps. */
function topicBlocks(pen: Pen, topic: Topic, checks: readonly ReportCheck[], report: Report): Block[] {
  const own = checks.filter((one) => one.topic === topic);
  const sorted = own.toSorted((a, b) => ORDER.indexOf(markOf(a)) - ORDER.indexOf(markOf(b)));
  const blocks = sorted.filter((one) => markOf(one) === 'fail').map((one) => checkLines(pen, one, report));
  const lines = sorted.filter((one) => markOf(one) !== 'fail').flatMap((one) => checkLines(pen, one, report));
  const [first, ...more] = [...blocks, lines].filter((block) => block.length > 0);
  return first === undefined ? [] : [[...heading(pen, topic), ...first], ...more];
}

const CALL = /\b(?:GET|HEAD|OPTIONS|POST|PUT|PATCH|DELETE) \S+/g;
// Fewer are told one by one, each at its topic.
const ENOUGH_ALIKE = 3;

interface SameReason {
  reason: string;
  /** Whether they differ in nothing but the call. */
  varied: boolean;
  checks: readonly ReportCheck[];
}

/** One cause, such as an unreachable endpoint, leaves many checks open: it is said once. */
function sameReasons(checks: readonly ReportCheck[]): SameReason[] {
  const groups = new Map<string, ReportCheck[]>();
  for (const one of checks.filter((check) => markOf(check) === 'inconclusive')) {
    const key = `${one.code} ${one.because.replace(CALL, '')}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()]
    .filter((group) => group.length >= ENOUGH_ALIKE)
    .map((group) => ({
      reason: group[0]?.because ?? '',
      varied: group.some((one) => one.because !== group[0]?.because),
      checks: group,
    }));
}

function sameReasonLines(pen: Pen, { reason, varied, checks }: SameReason): string[] {
  const text = varied ? `${reason} Other calls ended in the same way.` : reason;
  return [
    ...heading(pen, `Not judged, for one reason (${checks.length})`),
    ...paragraph(pen, text, { lead: '  ', indent: 2, paint: pen.paint.yellow }),
    ...checks.flatMap((one) => titleLine(pen, one)),
  ];
}
