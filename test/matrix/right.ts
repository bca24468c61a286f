import { expect } from 'vitest';
import { isRight, type Row } from '../../src/dev/confusion.js';

export function expectRight(rows: readonly Row[]): void {
  expect(rows.filter((row) => !isRight(row))).toEqual([]);
}
