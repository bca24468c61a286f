// Drills: what is found before failures were provoked, and after that.
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { CHECKS } from '../../src/checks/index.js';
import type { GatheredMap } from '../../src/evidence/map.js';
import { beginDrills } from '../../src/gather/drills.js';
import type { GatherOptions } from '../../src/gather/options.js';
import type { Plan } from '../../src/plan.js';
import { createRedactor } from '../../src/redaction/redact.js';

const folder = mkdtempSync(join(tmpdir(), 'golive-drills-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ID = 'alerts-on-failures';
const OPTIONS = {
  environment: process.env,
  redactor: createRedactor([{ name: 'TOKEN', value: 'a-secret-of-the-test', kind: 'credential' }]),
  signal: new AbortController().signal,
} as unknown as GatherOptions;

const COMMAND = [process.execPath, '-e', 'process.stdout.write(require("node:fs").readFileSync("alerts.log"))'];
const logs = (text: string) => writeFileSync(join(folder, 'alerts.log'), text);

function planFor(drill: { command: string | string[]; finds: string; waitMs: number }, id = ID): Plan {
  const check = CHECKS.find((one) => one.id === id);
  const attestations = { [id]: { by: 'Dana', evidence: 'https://wiki/a', until: '2027-01-31', drill } };
  return {
    checks: [{ check, severity: 'major' }],
    target: { directory: folder, config: { attestations, budget: { seconds: 300 } } },
  } as unknown as Plan;
}

const run = (exitCode: number | null, ended = 'exited') => ({
  ended,
  recording: { lane: `outage.${exitCode}.1` },
  process: { exitCode, trigger: null },
});
const failed = (...runs: unknown[]) => ({ 'client.outage': { ok: true, value: { runs } } }) as unknown as GatheredMap;

it('finds what came after failures, and how many there were', async () => {
  logs('ALERT of last week\n');
  const found = await beginDrills(planFor({ command: COMMAND, finds: 'ALERT', waitMs: 30_000 }), OPTIONS);
  setTimeout(() => appendFileSync(join(folder, 'alerts.log'), 'ALERT ALERT\n'), 300);
  const { [ID]: drill } = Object.fromEntries(await found(failed(run(1), run(0), run(null, 'patience'), run(2))));
  expect(drill).toMatchObject({ before: 1, after: 3, provoked: '2 failed runs of the client' });
});

it('waits, and no longer than it may', async () => {
  logs('ALERT of last week\n');
  const found = await beginDrills(planFor({ command: COMMAND, finds: 'ALERT', waitMs: 20 }), OPTIONS);
  const { [ID]: drill } = Object.fromEntries(await found(failed(run(1))));
  expect(drill).toMatchObject({ before: 1, after: 1, provoked: '1 failed run of the client' });
});

it.each([
  ['nothing failed', COMMAND, failed(run(0), run(null, 'patience')), 'this run provoked no failures of the client'],
  ['nothing ran', COMMAND, {}, 'this run provoked no failures of the client'],
  ['the command fails', [process.execPath, '-e', 'process.exit(3)'], failed(run(1)), 'its command ended with 3'],
  ['there is no command', ['./no-such-program'], failed(run(1)), /^its command could not be started: /],
])('tells nothing where %s', async (_, command, evidence, problem) => {
  logs('');
  const found = await beginDrills(planFor({ command: [...command], finds: 'ALERT', waitMs: 20 }), OPTIONS);
  const { [ID]: drill } = Object.fromEntries(await found(evidence));
  expect(drill).toEqual({ problem: typeof problem === 'string' ? problem : expect.stringMatching(problem) });
});

it('of forged events counts those that were answered', async () => {
  const id = 'logs-suspicious-activity';
  logs('');
  const found = await beginDrills(planFor({ command: COMMAND, finds: 'FORGED', waitMs: 20 }, id), OPTIONS);
  logs('FORGED\n');
  const rounds = [{ calls: [{ ended: 'complete' }, { ended: 'timeout' }] }, { calls: [{ ended: 'complete' }] }];
  const evidence = { 'webhook.refusals': { ok: true, value: { rounds } } } as unknown as GatheredMap;
  const { [id]: drill } = Object.fromEntries(await found(evidence));
  expect(drill).toMatchObject({ before: 0, after: 1, provoked: '2 forged events' });
  expect(Object.fromEntries(await found(failed(run(1))))[id]).toEqual({
    problem: 'this run provoked no forged events',
  });
});
