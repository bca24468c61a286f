// Two runs at once with one path for their files.
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { openRunFiles } from '../../src/files/run-files.js';

let folder = '';
let evidence = '';
let report = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'golive-files-'));
  evidence = join(folder, 'evidence.json');
  report = join(folder, 'report');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = () => openRunFiles([evidence, report]);
const all = () =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

async function write(files: Awaited<ReturnType<typeof open>>, by: string): Promise<void> {
  await files.together(async () => {
    await files.save(evidence, by);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await files.save(report, by);
  });
}

it('a run replaces what an earlier one wrote', async () => {
  await write(await open(), 'first');
  await write(await open(), 'second');
  expect(all()).toEqual({ 'evidence.json': 'second', report: 'second' });
});

it('of runs at once the last has the place, the others stay beside, and none is mixed', async () => {
  const runs = await Promise.all([open(), open(), open()]);
  await Promise.all(runs.map((files, at) => write(files, `run ${at}`)));
  const found = all();
  expect(Object.keys(found).toSorted()).toEqual([
    'evidence.1.json',
    'evidence.2.json',
    'evidence.json',
    'report',
    'report.1',
    'report.2',
  ]);
  expect([found['evidence.json'], found['evidence.1.json'], found['evidence.2.json']].toSorted()).toEqual([
    'run 0',
    'run 1',
    'run 2',
  ]);
  expect(found.report).toBe(found['evidence.json']);
  expect(found['report.1']).toBe(found['evidence.1.json']);
  expect(runs.map((files) => files.hasFailed())).toEqual([false, false, false]);
});

it('a run that writes one file twice does not take itself for another', async () => {
  const files = await open();
  await files.save(evidence, 'a');
  await files.save(evidence, 'b');
  expect(all()).toEqual({ 'evidence.json': 'b' });
});

it('two files of one run never go to one place', async () => {
  writeFileSync(evidence, '');
  symlinkSync('evidence.json', join(folder, 'link'));
  await expect(openRunFiles([evidence, join(folder, 'link')])).rejects.toThrow(UserError);
  await expect(openRunFiles([report, report])).rejects.toThrow(/two files go to .*report;/);
  await openRunFiles(['/dev/null', '/dev/null']);
});

it.skipIf(process.platform !== 'linux')(
  'a file that cannot be written is remembered, and the others are written',
  async () => {
    const files = await openRunFiles(['/dev/full', report]);
    await files.together(async () => {
      await files.save('/dev/full', 'text');
      await files.save(report, 'text');
    });
    expect(files.hasFailed()).toBe(true);
    expect(all()).toEqual({ report: 'text' });
  },
);
