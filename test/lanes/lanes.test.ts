// Lanes side by side, with a real client.
import { expect, it } from 'vitest';
import { resolveSource } from '../../src/config/load.js';
import type { LaneRun } from '../../src/evidence/run.js';
import { createLanes } from '../../src/lanes/lanes.js';
import { repeated, scenario } from '../../src/lanes/scenario.js';
import { scriptOf, step } from '../../src/proxy/arm.js';
import { createRedactor } from '../../src/redaction/redact.js';

const CLIENT = "fetch(`${process.env.API}/orders`, { method: 'POST', body: '{}' })";

async function lanes() {
  const raw = {
    endpoint: { url: 'http://127.0.0.1:9/v1', operations: { create: { path: '/orders' } } },
    client: { command: [process.execPath, '-e', CLIENT], baseUrlEnv: 'API' },
  };
  const source = { raw, file: 'test', placeOf: async () => null };
  const [target] = await resolveSource(source, { cwd: process.cwd(), environment: {} });
  if (target?.config.client === undefined) throw new Error('no client');
  return createLanes({
    target,
    client: target.config.client,
    redactor: createRedactor([]),
    seed: 1,
    signal: new AbortController().signal,
    atOnce: Number.POSITIVE_INFINITY,
    environment: process.env,
    upstream: null,
    interception: null,
    discovered: () => [],
  });
}

const beganMs = (run: LaneRun) => run.recording.startedAtEpochMs;
const endedMs = (run: LaneRun) => run.recording.startedAtEpochMs + run.recording.durationMs;

it('run quietly while no other starts, one by one where that is asked for', async () => {
  const open = await lanes();
  const slow = scenario('slow', scriptOf(step('delay', { ms: 200 }, null)));
  try {
    const [others, quiet] = await Promise.all([
      open.run(repeated(6, scenario('other', null))),
      open.runQuietly(repeated(2, slow), 1),
    ]);
    expect(quiet.map((run) => [run.quiet, run.ended])).toEqual(quiet.map(() => [true, 'exited']));
    expect(others.map((run) => [run.quiet, run.ended])).toEqual(others.map(() => [undefined, 'exited']));
    const [one, two] = quiet.toSorted((a, b) => beganMs(a) - beganMs(b)) as [LaneRun, LaneRun];
    expect(beganMs(two)).toBeGreaterThanOrEqual(endedMs(one) - 1);
    for (const other of others)
      expect(beganMs(other) > beganMs(one) && beganMs(other) < endedMs(two) - 1, other.recording.lane).toBe(false);
  } finally {
    await open.close();
  }
});
