// A file of the user's is replaced as a whole or not at all.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WriteError } from '../../src/errors.js';
import { writeWhole } from '../../src/files/write.js';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'golive-write-'));
  path = join(folder, 'report.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a file', () => {
  it('is made with its folder, and nothing stays beside it', async () => {
    const deep = join(folder, 'a', 'b', 'report.json');
    await writeWhole(deep, 'new');
    expect(readFileSync(deep, 'utf8')).toBe('new');
    expect(readdirSync(join(folder, 'a', 'b'))).toEqual(['report.json']);
  });

  it('is the old one until the new one is complete on the disk, and another file then', async () => {
    writeFileSync(path, 'old');
    const before = statSync(path).ino;
    let seen = '';
    await writeWhole(path, 'new', {
      confirm: async () => {
        const [beside = ''] = readdirSync(folder).filter((name) => name !== 'report.json');
        seen = `${readFileSync(path, 'utf8')} ${readFileSync(join(folder, beside), 'utf8')}`;
      },
    });
    expect(seen).toBe('old new');
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(statSync(path).ino).not.toBe(before);
  });

  it('stays whole when the new one does not come about', async () => {
    writeFileSync(path, 'old');
    await expect(writeWhole(path, 'new', { confirm: () => Promise.reject(new Error('planned')) })).rejects.toThrow(
      'planned',
    );
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['report.json']);
  });

  it.skipIf(process.platform === 'win32')('keeps its mode; a new one gets what is asked for', async () => {
    writeFileSync(path, 'old');
    chmodSync(path, 0o640);
    await writeWhole(path, 'new', { mode: 0o600 });
    expect(statSync(path).mode & 0o777).toBe(0o640);
    const other = join(folder, 'state.json');
    await writeWhole(other, 'new', { mode: 0o600 });
    expect(statSync(other).mode & 0o777).toBe(0o600);
  });

  it.each(['link', 'link-to-link', 'dangling', 'far/dangling'])('behind a link (%s): the link stays', async (name) => {
    const target = name.includes('dangling') ? join(folder, 'later', 'report.json') : path;
    if (target === path) writeFileSync(path, 'old');
    execFileSync('mkdir', ['-p', join(folder, 'far')]);
    symlinkSync('report.json', join(folder, 'link'));
    symlinkSync('link', join(folder, 'link-to-link'));
    symlinkSync('later/report.json', join(folder, 'dangling'));
    symlinkSync('../later/report.json', join(folder, 'far', 'dangling'));
    await writeWhole(join(folder, name), 'new');
    expect(lstatSync(join(folder, name)).isSymbolicLink()).toBe(true);
    expect(lstatSync(target).isFile()).toBe(true);
    expect(readFileSync(target, 'utf8')).toBe('new');
  });

  it('behind a circle of links: an error, no hang', async () => {
    symlinkSync('b', join(folder, 'a'));
    symlinkSync('a', join(folder, 'b'));
    await expect(writeWhole(join(folder, 'a'), 'new')).rejects.toThrow(/could not write .*\/a \(ELOOP/);
  });
});

describe.skipIf(process.platform !== 'linux')('what is no file', () => {
  it('a pipe is written to, and stays', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const reading = readFile(pipe, 'utf8');
    await writeWhole(pipe, 'text');
    expect(await reading).toBe('text');
    expect(lstatSync(pipe).isFIFO()).toBe(true);
  });

  it('what another program opened is written to under its number', async () => {
    const fd = openSync(path, 'w');
    await writeWhole(`/dev/fd/${fd}`, 'text');
    expect(readFileSync(path, 'utf8')).toBe('text');
    expect(readdirSync(folder)).toEqual(['report.json']);
  });

  it.each([
    ['/dev/full', /^could not write \/dev\/full \(ENOSPC: no space left on device\)$/],
    ['/proc/report.json', /^could not write \/proc\/report\.json \(E/],
    ['/dev/null/report.json', /\(ENOTDIR: not a directory\)$/],
    ['/', /\(EISDIR: illegal operation on a directory\)$/],
  ])('%s: an error that names it', async (place, message) => {
    const error: unknown = await writeWhole(place, 'text').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(WriteError);
    expect((error as WriteError).message).toMatch(message);
    expect(existsSync('/dev/full')).toBe(true);
  });
});
