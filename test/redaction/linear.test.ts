import { expect, it } from 'vitest';
import { SECRETS, UNITS } from '../../src/dev/bench-redact.js';
import { createRedactor } from '../../src/redaction/redact.js';
import { pumped, steepStep } from '../helpers/linear.js';

const MOST_CHARACTERS = 64 * 1024;

const { redact } = createRedactor(SECRETS);

it.each(UNITS)('twice as much of %j takes about twice as long', async (unit) => {
  expect(await steepStep(redact, pumped(unit), MOST_CHARACTERS)).toBeNull();
});
