import { expect } from 'vitest';
import { isWrong, OPEN_WHEN_BUSY, openOf, type Row } from '../../src/dev/confusion.js';

// They were asked three times by then; more of them would mean that nothing is told any more.
const LEFT_OPEN = 3;

/** Nothing is wrong, and nothing is left open but a few verdicts about waits, on a machine that stayed busy. */
export function expectRight(rows: readonly Row[]): void {
  const open = (row: Row) => openOf(row).filter((id) => !OPEN_WHEN_BUSY.includes(id));
  expect(rows.filter((row) => isWrong(row) || open(row).length > 0)).toEqual([]);
  expect(rows.filter((row) => openOf(row).length > 0).length).toBeLessThanOrEqual(LEFT_OPEN);
}
