// The same for each provider that the sandbox plays: each keeps all its promises once, and each check that any of them can
// fail fails under one, and each line of its list that a defect can turn red is red under that one. All defects of each, by
// all checks: `npm test -- --full`, `npm run matrix -- endpoint --as runa`.
import { beforeAll, expect, it } from 'vitest';
import { failuresOf, golive, HEALTHY, inTurn, rowOf, runPart, type SandboxState } from '../../src/dev/confusion.js';
import { checksAs } from '../../src/dev/defect-rows.js';
import { lineFaults, PLAYED_LISTS } from '../../src/dev/lines.js';
import type { Report } from '../../src/report/schema.js';
import { PARTS } from '../../src/sandbox/parts/index.js';
import { isFull } from '../helpers/full.js';
import { expectRight } from './right.js';

const NAMES = Object.keys(PARTS);
const dealt = new Map<string, Set<SandboxState>>(NAMES.map((name) => [name, new Set([HEALTHY])]));
/** Lines of a provider's list that one of its defects turns red (lines.test.ts has the other faults). */
const red = new Map<string, ReadonlyMap<string, readonly string[]>>();

beforeAll(async () => {
  const parts = await Promise.all(NAMES.map(async (name) => ({ name, failures: await failuresOf(name) })));
  for (const list of PLAYED_LISTS) {
    const faults = (await lineFaults(list)).filter(({ fault }) => fault.way === 'defect');
    red.set(list.provider, new Map(faults.map((one) => [one.fault.name, one.red])));
    for (const { fault } of faults) dealt.get(list.provider)?.add(fault.name as SandboxState);
  }
  const seen = new Set(
    parts.flatMap(({ name, failures }) => [...(dealt.get(name) ?? [])].flatMap((state) => failures.get(state) ?? [])),
  );
  const others = [...new Set(parts.flatMap(({ failures }) => [...failures.values()].flat()))].filter(
    (id) => !seen.has(id),
  );
  for (const [at, id] of others.entries()) {
    const places = parts.flatMap(({ name, failures }) => {
      const state = [...failures.keys()].find((one) => failures.get(one)?.includes(id));
      return state === undefined ? [] : [{ name, state }];
    });
    const { name = '', state = HEALTHY } = places[at % places.length] ?? {};
    dealt.get(name)?.add(state);
  }
  if (isFull()) for (const { name, failures } of parts) dealt.set(name, new Set(failures.keys()));
});

it.each(NAMES)('as %s, each defect fails what it is declared for, and nothing else', async (name) => {
  const states = [...(dealt.get(name) ?? [])];
  expect(states.length).toBeGreaterThan(1);
  const checks = await checksAs(name);
  const rows = await inTurn(states, 4, (state, open) =>
    runPart(name, state, open ?? (isFull() ? undefined : checks.get(state))),
  );
  expectRight(rows);
  for (const [defect, lines] of red.get(name) ?? [])
    expect(rows.find((row) => row.name === defect)?.redLines, defect).toEqual(lines);
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
