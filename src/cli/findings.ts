// Verdicts as they are settled, in words: one line for each finding, and how many there are so far.
import { Chalk } from 'chalk';
import type { Judgement } from '../checks/verdict.js';
import { isOpen } from '../memory/last-run.js';
import { clean, columnsOf, graphemes, toAscii, widthOf } from '../report/text/sanitize.js';
import type { Line } from './settled-causes.js';

export type Finding = Line;

export interface Findings {
  /** null: it passed, does not apply, is waived, or is open and no blocker, or for a reason that was told. */
  take(judgement: Judgement): Finding | null;
  /** "41 settled, 2 failed" */
  counts(): string;
  isWaived(check: string): boolean;
}

/** `isWaived`: whether a failure of this check is accepted today. */
export function countFindings(isWaived: (check: string) => boolean): Findings {
  let settled = 0;
  let failed = 0;
  const reasons = new Set<string>();
  return {
    take({ id, outcome, severity, because }) {
      settled += 1;
      if (!isOpen({ id, outcome }) || isWaived(id)) return null;
      if (outcome === 'fail') failed += 1;
      else if (severity !== 'blocker' || reasons.has(because)) return null;
      else reasons.add(because);
      return { mark: outcome === 'fail' ? 'FAIL' : 'OPEN', id, because: clean(because) };
    },
    counts: () => `${settled} settled, ${failed} failed`,
    isWaived,
  };
}

/** For a pipe: nothing is cut. */
export function plainLine({ mark, id, because }: Finding): string {
  return `golive-check: ${mark} ${id}: ${because}`;
}

/** How a terminal shows it. */
export interface Shown {
  columns: number;
  color: boolean;
  unicode: boolean;
}

/** One line of a terminal. */
export function terminalLine({ mark, id, because }: Finding, shown: Shown): string {
  const chalk = new Chalk({ level: shown.color ? 1 : 0 });
  const paint = mark === 'FAIL' ? chalk.red : chalk.yellow;
  const text = clip(`${mark} ${id}: ${because}`, shown);
  return `${paint(mark)}${text.slice(mark.length)}`;
}

/** What of a text fits into one line; the last column stays free, as some terminals wrap behind it. */
export function clip(text: string, { columns, unicode }: Pick<Shown, 'columns' | 'unicode'>): string {
  const whole = unicode ? text : toAscii(text);
  if (widthOf(whole) < columns) return whole;
  const end = unicode ? '…' : '...';
  let cut = '';
  let width = end.length;
  for (const one of graphemes(whole)) {
    width += columnsOf(one);
    if (width >= columns) break;
    cut += one;
  }
  return `${cut.trimEnd()}${end}`;
}
