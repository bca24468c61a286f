// What a run tells while it goes on: each verdict once, as the report has it, and none of it on standard output.
import { expect, it, onTestFinished } from 'vitest';
import type { Judgement } from '../../src/checks/verdict.js';
import type { ReportCheck } from '../../src/report/schema.js';
import { GOOD_CLIENT } from '../../src/sandbox/clients.js';
import { sandboxConfig, sandboxVariables } from '../../src/sandbox/config.js';
import { freePort } from '../../src/sandbox/free-port.js';
import { GOOD_RECEIVER, receiverCommand } from '../../src/sandbox/receivers.js';
import { startSandbox } from '../../src/sandbox/server.js';
import { PACKAGE_ROOT } from '../../src/version.js';
import { runCli } from '../helpers/cli.js';
import { isFull } from '../helpers/full.js';
import { runConfig } from '../helpers/in-process.js';

/** Not the sentence: where an earlier check showed the API's words, a later one names that check, and the report adds notes. */
const factsOf = ({ id, outcome, code, measured, expected, at }: Judgement | ReportCheck) => ({
  id,
  outcome,
  code,
  measured,
  expected,
  at,
});

// Evidence of each kind: of all traffic, of all runs of the client, and of probes that run once more.
const SOME = ['endpoint', 'attestation', 'processes-events-once', 'retries-server-errors'];

it('settles each check of a live run as its report has it', async () => {
  const sandbox = await startSandbox({ tls: true, defects: ['replays-but-creates'] });
  onTestFinished(() => sandbox.close());
  const config = sandboxConfig({
    ...sandbox,
    client: `${PACKAGE_ROOT}fixtures/clients/${GOOD_CLIENT}.mjs`,
    receiver: { command: receiverCommand(GOOD_RECEIVER, PACKAGE_ROOT), port: await freePort() },
  });
  const settled: Judgement[] = [];
  const { report } = await runConfig(config, {
    only: isFull() ? [] : SOME,
    environment: { ...(process.env as Record<string, string>), ...sandboxVariables(sandbox.keys) },
    onSettled: (one) => settled.push(one),
  });
  expect(new Set(settled.map(({ id }) => id)).size).toBe(report.checks.length);
  const inReport = new Map(report.checks.map((one) => [one.id, factsOf(one)]));
  expect(settled.map(factsOf)).toEqual(settled.map(({ id }) => inReport.get(id)));
  expect(report.checks.find((one) => one.id === 'creates-once-on-replay')?.outcome).toBe('fail');
});

it('tells a pipe of each failure as it settles', async () => {
  const words = ['demo', '--json', '--defect', 'replays-but-creates', '--only', 'endpoint'];
  const { stdout, stderr } = await runCli(words, process.cwd());
  const failed = (JSON.parse(stdout).checks as ReportCheck[]).filter((one) => one.outcome === 'fail');
  expect(failed.map(({ id }) => id)).toEqual(['creates-once-on-replay']);
  const told = stderr.split('\n').filter((line) => line.includes('FAIL'));
  expect(told.toSorted()).toEqual(failed.map(({ id, because }) => `golive-check: FAIL ${id}: ${because}`));
});
