// `run --watch` through the built tool: each step waits for what the one before prints.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { sandboxConfig, sandboxVariables } from '../../src/sandbox/config.js';
import { startSandbox } from '../../src/sandbox/server.js';
import { startCli } from '../helpers/cli.js';

const folder = mkdtempSync(join(tmpdir(), 'golive-watch-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const BREAKS = 'creates-once-on-replay';

it.skipIf(process.platform === 'win32')('runs what failed again, then everything, and ends with its code', async () => {
  const sandbox = await startSandbox({ defects: ['replays-but-creates'] });
  onTestFinished(() => sandbox.close());
  const write = (checks: object) =>
    writeFileSync(join(folder, 'golive-check.json'), JSON.stringify({ ...sandboxConfig(sandbox), checks }));
  write({});
  const { child, ended } = startCli(
    ['run', '--watch', '-c', 'golive-check.json', '--only', BREAKS, 'rejects-wrong-key', '--format', 'text=report.txt'],
    folder,
    sandboxVariables(sandbox.keys),
  );
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const said = (text: string) => expect.poll(() => stderr).toContain(text);
  await said('exit 1: waiting for a change');
  expect(stderr).toContain('watching .; Ctrl-C ends');
  expect(stderr).toContain(`FAIL ${BREAKS}`);
  write({ [BREAKS]: 'minor' });
  await said('exit 0: waiting for a change');
  const steps = [
    'golive-check.json changed: running again',
    'running the one check that failed or stayed open',
    'exit 0: running everything',
  ];
  const places = steps.map((step) => stderr.indexOf(step));
  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  child.kill('SIGINT');
  expect((await ended).code).toBe(0);
});
