// `golive-check doctor` as a user starts it: with no config at all, with one, and with a bad one.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runCli } from '../helpers/cli.js';
import { startPeer } from '../helpers/peer.js';

const folder = mkdtempSync(join(tmpdir(), 'doctor-'));
afterAll(() => rmSync(folder, { recursive: true }));
const doctor = (...words: string[]) => runCli(['doctor', ...words], folder);

it('the exit code says whether a row is a problem', async () => {
  const alone = await doctor();
  expect([alone.code, alone.stderr]).toEqual([0, '']);
  expect(alone.stdout).toContain('golive-check init');

  const gone = await startPeer(() => undefined);
  await gone.close();
  writeFileSync(
    join(folder, 'golive-check.yaml'),
    `targets:\n  one: { endpoint: { url: '${gone.origin}', key: '\${K}' } }\n  two: { source: {} }\n`,
  );
  writeFileSync(join(folder, '.env'), 'K=planted-canary-0123456789\n');
  const unset = await doctor();
  expect([unset.code, unset.stdout]).toEqual([1, expect.stringContaining('add --env-file .env, which sets it')]);
  expect(unset.stdout).toMatch(/^one$[\s\S]*^two$/m);
  const json = await doctor('--json', '--env-file', '.env', '--target', 'one');
  const { rows } = JSON.parse(json.stdout) as { rows: { target: string | null; id: string; state: string }[] };
  expect(rows.filter(({ state }) => state === 'problem')).toMatchObject([{ target: 'one', id: 'answer' }]);
  expect([json.code, unset.stdout + json.stdout]).toEqual([1, expect.not.stringContaining('planted-canary')]);
  expect((await doctor('--target', 'two')).code).toBe(0);

  writeFileSync(join(folder, 'bad.yaml'), 'endpoint: { urll: x }\n');
  expect(await doctor('-c', 'bad.yaml')).toMatchObject({ code: 2, stderr: expect.stringContaining('"urll"') });
  expect(await doctor('-c', 'nowhere.yaml')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('nowhere.yaml'),
  });
});
