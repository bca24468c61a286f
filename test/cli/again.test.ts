// "Reproduce": the command line of a run, as its report and a judgement of its evidence print it.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTemporaryFolder } from '../../src/files/temporary.js';
import { sandboxConfig, sandboxVariables } from '../../src/sandbox/config.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { runCli } from '../helpers/cli.js';

const folder = makeTemporaryFolder('golive-check-again');
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ tls: true, defects: ['hides-replays'] });
  const config = sandboxConfig({ ...sandbox, addresses: false });
  const endpoint = { ...(config as { endpoint: object }).endpoint, ca: 'ca.pem' };
  await writeFile(join(folder.path, 'conf.json'), JSON.stringify({ ...config, endpoint }));
  await writeFile(join(folder.path, 'ca.pem'), sandbox.tls?.ca ?? '');
  const variables = Object.entries(sandboxVariables(sandbox.keys)).map(([name, value]) => `${name}=${value}\n`);
  await writeFile(join(folder.path, 'my keys.env'), variables.join(''));
});
afterAll(async () => {
  folder.remove();
  await sandbox.close();
});

const OPTIONS = ['--config', 'conf.json', '--env-file', 'my keys.env', '--state', 'state.json'];
const AGAIN = "golive-check run --only marks-replays --config conf.json --env-file 'my keys.env' --state state.json";

/** The commands of a text report, each on one line. */
const oneLine = (text: string) => text.replace(/ \\\n\s*/g, ' ');

describe('Reproduce', () => {
  it('names the options of the run as they were typed, in its report and in one of its evidence', async () => {
    const words = ['run', ...OPTIONS, '--only', 'marks-replays', '--quiet', '--no-color', '--verbose'];
    const outputs = ['--format', 'text', '--format', 'json=report.json', '--evidence', 'evidence.json'];
    const { stdout, code } = await runCli([...words, ...outputs, '--fail-on', 'minor'], folder.path);
    expect(code).toBe(1);
    expect(oneLine(stdout)).toContain(`  ${AGAIN}\n`);
    expect(stdout).toContain('curl -isS --cacert ca.pem ');
    const judged = await runCli(
      ['judge', 'evidence.json', '--no-color', '--verbose', '--fail-on', 'minor'],
      folder.path,
    );
    expect(oneLine(judged.stdout)).toContain(`  ${AGAIN}\n`);
    const commands = (text: string) => text.slice(text.indexOf('Reproduce'));
    expect(commands(judged.stdout)).toBe(commands(stdout));
    const report = await readFile(join(folder.path, 'report.json'), 'utf8');
    expect(JSON.parse(report)).toMatchObject({ run: { again: { command: 'run', words: OPTIONS, ca: 'ca.pem' } } });
  });

  it('shows no secret, not even one that stands in an option', async () => {
    const { key } = sandbox.keys;
    const state = `state-${key}.json`;
    const words = [
      'run',
      ...OPTIONS.slice(0, 4),
      '--state',
      state,
      '--only',
      'marks-replays',
      '--quiet',
      '--no-color',
      '--verbose',
    ];
    const { stdout } = await runCli([...words, '--evidence', 'secret.json', '--fail-on', 'minor'], folder.path);
    const texts = [stdout, await readFile(join(folder.path, 'secret.json'), 'utf8')];
    for (const text of texts) for (const value of Object.values(sandbox.keys)) expect(text).not.toContain(value);
    expect(oneLine(stdout)).toContain(`--state 'state-'"$GOLIVE_DEMO_KEY"'.json'`);
  });

  it('of a demo is a demo that fails alike, and no call to an API that is gone', async () => {
    const words = [
      'demo',
      '--defect',
      'hides-replays',
      '--only',
      'marks-replays',
      '--quiet',
      '--no-color',
      '--verbose',
    ];
    const { stdout, code } = await runCli([...words, '--fail-on', 'minor'], folder.path);
    const command = /golive-check (demo .*)/.exec(oneLine(stdout))?.[1];
    expect(command).toBe('demo --only marks-replays --defect hides-replays');
    expect(stdout).not.toContain('curl');
    const again = await runCli([...(command ?? '').split(' '), '--quiet', '--fail-on', 'minor'], folder.path);
    expect([code, again.code]).toEqual([1, 1]);
  });
});
