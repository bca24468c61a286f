import { beforeAll, expect, it } from 'vitest';
import {
  golive,
  HEALTHY,
  inTurn,
  rowOf,
  runPart,
  SANDBOX_STATES,
  type SandboxState,
  statesOf,
} from '../../src/dev/confusion.js';
import type { Report } from '../../src/report/schema.js';
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

// Of these no API is played: their webhooks alone are known.
it.each(['github', 'shopify'])('as %s, a sound receiver keeps all promises', async (name) => {
  const { stdout, code } = await golive(['demo', '--as', name, '--json', '--quiet']);
  const untimed = [
    'accepts-rotated-secrets',
    'invalidates-caches-on-events',
    'rejects-future-events',
    'rejects-stale-events',
    'updates-status-on-events',
  ];
  const row = rowOf(name, [], JSON.parse(stdout) as Report, untimed, code);
  expectRight([row]);
  expect([row.exitCode, row.judged > untimed.length]).toEqual([0, true]);
});
