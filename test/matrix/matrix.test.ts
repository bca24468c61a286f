// All defects against all checks, end to end through the built command line.
import { describe, expect, it } from 'vitest';
import { isRight, type Row, runDefect } from '../../src/dev/confusion.js';
import { DEFECTS, type DefectName } from '../../src/sandbox/defects.js';

describe('confusion matrix', () => {
  it.concurrent('the healthy sandbox passes everything', async () => {
    const row = await runDefect(null);
    expect(row).toEqual<Row>({ defect: null, declared: [], failed: [], inconclusive: [], other: [], exitCode: 0 });
  });

  it.concurrent.each(
    Object.keys(DEFECTS) as DefectName[],
  )('%s fails what it is declared for, and nothing else', async (defect) => {
    const row = await runDefect(defect);
    expect(row.failed.toSorted()).toEqual(row.declared.toSorted());
    expect(isRight(row), JSON.stringify(row)).toBe(true);
  });
});
