// A call too many is believed where it comes again while nothing else runs.
import { expect, it } from 'vitest';
import { runWithDoubts } from '../../src/lanes/doubts.js';
import { scenario } from '../../src/lanes/scenario.js';
import { scriptOf, step } from '../../src/proxy/arm.js';
import { control, gaveUp, type LaneInput, runs } from '../helpers/lane.js';

const twice = (label: string): LaneInput => ({ label, attempts: [{ status: 422 }, { status: 422 }] });
const ASKED = ['400', '422'].map((label) => scenario(label, scriptOf(step('status', { status: 422 }, null))));

it('runs once more, quietly, what called more often than without a fault, and that alone', async () => {
  const quietly: string[][] = [];
  const told = await runWithDoubts(
    {
      run: async () => [...runs(gaveUp('400'), twice('422')).runs],
      runQuietly: async (scenarios) => {
        quietly.push(scenarios.map(({ label }) => label));
        return [...runs(gaveUp('422', { status: 422 })).runs];
      },
    },
    ASKED,
    control(),
  );
  expect(quietly).toEqual([['422']]);
  expect(told.map((run) => [run.label, run.recording.attempts.length])).toEqual([
    ['400', 1],
    ['422', 1],
  ]);
});

it('runs nothing once more where nobody called too often', async () => {
  const told = await runWithDoubts(
    {
      run: async () => [...runs(gaveUp('400'), gaveUp('422')).runs],
      runQuietly: () => Promise.reject(new Error('nothing was in doubt')),
    },
    ASKED,
    control(),
  );
  expect(told.map((run) => run.label)).toEqual(['400', '422']);
});
