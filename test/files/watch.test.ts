import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { watchFolders } from '../../src/files/watch.js';

const root = mkdtempSync(join(tmpdir(), 'golive-watch-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

it('tells of files in all folders, new ones too, and not of node_modules or .git', async () => {
  for (const name of ['src/deep', 'node_modules/one', '.git']) mkdirSync(join(root, name), { recursive: true });
  const told = new Set<string>();
  const watched = watchFolders([root, join(root, 'none')], (path) => told.add(path));
  onTestFinished(watched.close);
  const write = (name: string) => writeFileSync(join(root, name), `${Math.random()}`);
  for (const name of ['node_modules/one/a.js', '.git/HEAD', 'src/deep/a.js']) write(name);
  await expect.poll(() => [...told]).toContain(join(root, 'src/deep/a.js'));
  mkdirSync(join(root, 'src/new'));
  // Until the new folder is watched, what is written there is not told.
  await expect
    .poll(() => {
      write('src/new/b.js');
      return [...told];
    })
    .toContain(join(root, 'src/new/b.js'));
  expect([...told].filter((path) => /node_modules|\.git/.test(path))).toEqual([]);
  expect(watched.isPartial()).toBe(false);
});
