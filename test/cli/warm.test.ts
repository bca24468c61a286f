// Runs in processes that are kept: none sees the folder, the variables or the output of another.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runCli } from '../helpers/cli.js';

const folder = mkdtempSync(join(tmpdir(), 'golive-warm-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function folderOf(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  const endpoint = { url: `https://${name}.example/v1`, key: '${KEY}', operations: { read: { path: '/ping' } } };
  writeFileSync(join(path, 'golive-check.json'), JSON.stringify({ endpoint }));
  return path;
}

it('keeps runs apart, at once and in turn', async () => {
  const [first, second, empty] = [folderOf('first'), folderOf('second'), join(folder, 'empty')];
  mkdirSync(empty);
  const planned = await Promise.all([first, second].map((cwd) => runCli(['plan'], cwd)));
  expect(planned.map(({ code, stdout }) => [code, stdout.match(/\w+\.example/g)?.at(0)])).toEqual([
    [0, 'first.example'],
    [0, 'second.example'],
  ]);
  const needsKey = { code: 2, stdout: '', stderr: expect.stringContaining('the environment variable KEY is not set') };
  // The same two processes, which end here for another reason, and then for that alone.
  const other = [first, second].map((cwd) => runCli(['run', '--seed', 'x'], cwd, { KEY: 'sk_test_0123456789' }));
  for (const { code, stderr } of await Promise.all(other))
    expect([code, stderr]).toEqual([2, expect.not.stringContaining('KEY')]);
  expect(await Promise.all([runCli(['run'], first), runCli(['run'], second)])).toEqual([needsKey, needsKey]);
  expect(await runCli(['plan'], empty)).toMatchObject({ code: 2, stderr: expect.stringContaining('found no config') });
});
