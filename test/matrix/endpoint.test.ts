// All defects of the sandbox against the checks that they can touch, end to end through the built command line; with
// `npm test -- --full` against all checks.
import { expect, it } from 'vitest';
import { HEALTHY, inTurn, runSandbox, SANDBOX_STATES } from '../../src/dev/confusion.js';
import { probesRun } from '../../src/dev/covered.js';
import { CHECKS_OF_DEFECTS, ENDPOINT_CHECKS } from '../../src/dev/defect-rows.js';
import { PROBES } from '../../src/probes/index.js';
import { DEFECTS, type DefectName } from '../../src/sandbox/defects.js';
import { isFull } from '../helpers/full.js';
import { expectRight } from './right.js';

it('each defect of the sandbox fails what it is declared for, and nothing else', async () => {
  const rows = await inTurn(SANDBOX_STATES, 3, (state, open) =>
    runSandbox(state, open ?? (isFull() ? undefined : CHECKS_OF_DEFECTS.get(state))),
  );
  expect(rows.map((row) => row.name)).toContain(HEALTHY);
  expectRight(rows);
});

it('lets every probe of an endpoint meet a defect, and every check judge defects that it must pass', () => {
  const all = ENDPOINT_CHECKS.map(({ id }) => id as string);
  const judged = (Object.keys(DEFECTS) as DefectName[])
    .map((name) => ({ flips: DEFECTS[name].flips as readonly string[], ids: CHECKS_OF_DEFECTS.get(name) ?? all }))
    .filter(({ flips }) => flips.length > 0);
  for (const { flips, ids } of judged) expect(ids).toEqual(expect.arrayContaining([...flips]));
  const run = judged.flatMap(({ ids }) => [...probesRun(ENDPOINT_CHECKS.filter(({ id }) => ids.includes(id)))]);
  const probes = PROBES.filter(({ uses }) => uses === 'network').map(({ key }) => key);
  expect(probes.filter((key) => !run.includes(key))).toEqual([]);
  const passing = judged.flatMap(({ flips, ids }) => ids.filter((id) => !flips.includes(id)));
  expect(all.filter((id) => !passing.includes(id))).toEqual([]);
});
