// All defects and all sample clients against all checks, end to end through the built command line.
import { describe, expect, it } from 'vitest';
import {
  CLIENT_NAMES,
  HEALTHY,
  inTurn,
  isRight,
  type Row,
  runClient,
  runPart,
  runSandbox,
  SANDBOX_STATES,
  statesOf,
} from '../../src/dev/confusion.js';
import { PARTS } from '../../src/sandbox/dialects/index.js';

function expectRight(rows: readonly Row[]): void {
  expect(rows.filter((row) => !isRight(row))).toEqual([]);
}

describe('confusion matrix', () => {
  it('each defect of the sandbox fails what it is declared for, and nothing else', { timeout: 300_000 }, async () => {
    const rows = await inTurn(SANDBOX_STATES, 2, runSandbox);
    expect(rows.map((row) => row.name)).toContain(HEALTHY);
    expectRight(rows);
  });

  it.each(Object.keys(PARTS))('as %s, each defect fails what shows there, and nothing else', {
    timeout: 300_000,
  }, async (name) => {
    const states = await statesOf(name);
    expect(states).toContain(HEALTHY);
    expectRight(await inTurn(states, 4, (state) => runPart(name, state)));
  });

  it('each sample client fails its own checks, and nothing else', { timeout: 1_200_000 }, async () => {
    expectRight(await inTurn(CLIENT_NAMES, 4, runClient));
  });
});
