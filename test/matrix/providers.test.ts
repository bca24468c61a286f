// The same for each provider that the sandbox plays.
import { expect, it } from 'vitest';
import { HEALTHY, inTurn, runPart, statesOf } from '../../src/dev/confusion.js';
import { PARTS } from '../../src/sandbox/dialects/index.js';
import { expectRight } from './right.js';

it.each(Object.keys(PARTS))('as %s, each defect fails what shows there, and nothing else', {
  timeout: 600_000,
}, async (name) => {
  const states = await statesOf(name);
  expect(states).toContain(HEALTHY);
  expectRight(await inTurn(states, 4, (state) => runPart(name, state)));
});
