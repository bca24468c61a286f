// The same for each provider that the sandbox plays. All rows of one: `npm run matrix -- endpoint --as runa`; here each
// provider keeps all its promises once, and each defect shows under one of them.
import { beforeAll, expect, it } from 'vitest';
import { HEALTHY, inTurn, runPart, SANDBOX_STATES, type SandboxState, statesOf } from '../../src/dev/confusion.js';
import { PARTS } from '../../src/sandbox/parts/index.js';
import { expectRight } from './right.js';

const NAMES = Object.keys(PARTS);
const dealt = new Map<string, SandboxState[]>(NAMES.map((name) => [name, [HEALTHY]]));

beforeAll(async () => {
  const showing = await Promise.all(NAMES.map(async (name) => ({ name, states: await statesOf(name) })));
  for (const [at, state] of SANDBOX_STATES.filter((one) => one !== HEALTHY).entries()) {
    const places = showing.filter(({ states }) => states.includes(state));
    dealt.get(places[at % places.length]?.name ?? '')?.push(state);
  }
});

it.each(NAMES)('as %s, each defect fails what it is declared for, and nothing else', async (name) => {
  const states = dealt.get(name) ?? [];
  expect(states.length).toBeGreaterThan(1);
  expectRight(await inTurn(states, 4, (state) => runPart(name, state)));
});
