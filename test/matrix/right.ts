import { expect } from 'vitest';
import { isWrong, OPEN_WHEN_BUSY, openOf, type Row } from '../../src/dev/confusion.js';

/**
 * Nothing is wrong, and nothing is left open but verdicts about waits, however busy the machine is; what they say of which
 * waits is tested by simulation (test/lanes, `npm run matrix -- waits`).
 */
export function expectRight(rows: readonly Row[]): void {
  const open = (row: Row) => openOf(row).filter((id) => !OPEN_WHEN_BUSY.includes(id));
  expect(rows.filter((row) => isWrong(row) || open(row).length > 0)).toEqual([]);
}
