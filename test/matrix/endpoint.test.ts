// All defects of the sandbox against all checks, end to end through the built command line.
import { expect, it } from 'vitest';
import { HEALTHY, inTurn, runSandbox, SANDBOX_STATES } from '../../src/dev/confusion.js';
import { expectRight } from './right.js';

it('each defect of the sandbox fails what it is declared for, and nothing else', async () => {
  const rows = await inTurn(SANDBOX_STATES, 3, runSandbox);
  expect(rows.map((row) => row.name)).toContain(HEALTHY);
  expectRight(rows);
});
