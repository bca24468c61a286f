// What passed: one count for each topic, or check by check where more is asked for.
import { TOPICS, type Topic } from '../../checks/verdict.js';
import type { Report, ReportCheck } from '../schema.js';
import { checkLines, markOf } from './check.js';
import { type Block, type CheckMark, cell, heading, type Pen, paintOf, symbolOf } from './layout.js';
import { widthOf } from './sanitize.js';

const GAP = 3;
const LEFT_OUT: readonly CheckMark[] = ['not-applicable', 'waived'];

export function passBlocks(pen: Pen, report: Report): Block[] {
  const passed = report.checks.filter((one) => markOf(one) === 'pass');
  if (passed.length === 0) return [];
  const title = heading(pen, `${passed.length} passed`);
  if (!pen.verbose) return [[...title, ...folded(pen, report.checks)]];
  const topics = TOPICS.flatMap((topic) => {
    const own = passed.filter((one) => one.topic === topic);
    return own.length === 0 ? [] : [[...heading(pen, topic), ...own.flatMap((one) => checkLines(pen, one, report))]];
  });
  return [title, ...topics];
}

/** "✔ Idempotency 24 of 24", in as many columns as fit. */
function folded(pen: Pen, checks: readonly ReportCheck[]): string[] {
  const cells = TOPICS.flatMap((topic) => topicCell(pen, topic, checks));
  const wide = Math.max(...cells.map(({ text }) => widthOf(text)));
  const columns = Math.max(1, Math.floor((pen.width - 2 + GAP) / (wide + GAP)));
  const rows: string[] = [];
  for (let at = 0; at < cells.length; at += columns) {
    const row = cells.slice(at, at + columns);
    const drawn = row.map(({ text, mark }, place) =>
      cell(text, place === row.length - 1 ? 0 : wide + GAP, paintOf(pen, mark)),
    );
    rows.push(`  ${drawn.join('')}`);
  }
  return rows;
}

function topicCell(pen: Pen, topic: Topic, checks: readonly ReportCheck[]) {
  const judged = checks.filter((one) => one.topic === topic && !LEFT_OUT.includes(markOf(one)));
  const passed = judged.filter((one) => markOf(one) === 'pass');
  if (passed.length === 0) return [];
  const marks = judged.map(markOf);
  const mark = marks.includes('fail') ? 'fail' : passed.length === judged.length ? 'pass' : 'inconclusive';
  // A statement never looks like an observation.
  const attested = passed.filter(({ basis }) => basis === 'attested').length;
  const note = attested === 0 ? '' : ` (${attested} attested)`;
  return [{ text: `${symbolOf(pen, mark)} ${topic} ${passed.length} of ${judged.length}${note}`, mark } as const];
}
