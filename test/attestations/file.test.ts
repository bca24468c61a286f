// What is seen of a file that a statement rests on.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookAtFile } from '../../src/attestations/file.js';

const top = realpathSync(mkdtempSync(join(tmpdir(), 'golive-statements-')));
afterAll(() => rmSync(top, { recursive: true, force: true }));

const git = (folder: string, words: string[], date = '2026-03-01T12:00:00Z') =>
  execFileSync('git', ['-c', 'user.name=Dana', '-c', 'user.email=dana@example.com', ...words], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date, GIT_CONFIG_GLOBAL: '/dev/null' },
  });

/** A folder with these files; its config stands in `config`. */
function folderWith(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(top, name);
  for (const [path, text] of Object.entries({ 'golive-check.yaml': 'a: b\n', ...files })) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const look = (folder: string, evidence: string, since?: string) =>
  lookAtFile({ evidence, since }, { directory: folder, file: join(folder, 'golive-check.yaml') });

describe('without a repository', () => {
  let folder = '';
  beforeAll(() => {
    folder = folderWith('plain', { 'docs/keys.md': 'rotated\n', 'docs/empty.md': '' });
    writeFileSync(join(top, 'beside.md'), 'mine\n');
    symlinkSync(join(top, 'beside.md'), join(folder, 'docs/leads-out.md'));
    symlinkSync('keys.md', join(folder, 'docs/leads-in.md'));
    symlinkSync('nowhere.md', join(folder, 'docs/leads-nowhere.md'));
    symlinkSync('../golive-check.yaml', join(folder, 'docs/config.md'));
    utimesSync(join(folder, 'docs/keys.md'), 0, Date.parse('2026-02-01T12:00:00Z') / 1000);
  });

  it.each([
    ['docs/nothing.md', 'nothing'],
    ['docs/keys.md/deeper.md', 'nothing'],
    ['docs/leads-nowhere.md', 'nothing'],
    ['../beside.md', 'outside'],
    ['docs/leads-out.md', 'outside'],
    ['../../../../../../etc/hostname', 'outside'],
    ['docs', 'no-file'],
    ['docs/empty.md', 'empty'],
    ['golive-check.yaml', 'config'],
    ['docs/config.md', 'config'],
  ])('%s: %s', async (path, found) => expect(await look(folder, path)).toEqual({ found }));

  it.each(['docs/keys.md', './docs/../docs/keys.md', 'docs/leads-in.md'])('%s is there', async (path) =>
    expect(await look(folder, path)).toEqual({ found: 'file', age: null }));

  it('has the age that the file system tells', async () => {
    const age = { changedAtMs: Date.parse('2026-02-01T12:00:00Z'), by: 'file system', doubt: null };
    expect(await look(folder, 'docs/keys.md', '2026-01-01')).toEqual({ found: 'file', age });
  });

  it.skipIf(process.getuid?.() === 0)('a file that cannot be read shows nothing', async () => {
    chmodSync(join(folder, 'docs/keys.md'), 0);
    expect(await look(folder, 'docs/keys.md')).toEqual({ found: 'unreadable', why: 'EACCES' });
    chmodSync(join(folder, 'docs/keys.md'), 0o644);
  });
});

describe('in a repository', () => {
  let folder = '';
  const ageIn = async (where: string, path: string, since: string) => {
    const facts = await look(where, path, since);
    return facts.found === 'file' ? facts.age : facts;
  };

  beforeAll(() => {
    folder = folderWith('repository', { 'docs/keys.md': 'rotated\n', 'docs/*.md': 'odd name\n' });
    git(folder, ['init', '-q', '-b', 'main']);
    git(folder, ['add', '.']);
    git(folder, ['commit', '-q', '-m', 'one'], '2026-01-10T12:00:00Z');
    writeFileSync(join(folder, 'docs/keys.md'), 'rotated again\n');
    git(folder, ['add', 'docs/keys.md']);
    git(folder, ['commit', '-q', '-m', 'two'], '2026-03-10T12:00:00Z');
    mkdirSync(join(folder, 'apps/web'), { recursive: true });
    writeFileSync(join(folder, 'apps/web/golive-check.yaml'), 'a: b\n');
  });

  it('the config may stand deeper than the file', async () => {
    expect(await look(join(folder, 'apps/web'), '../../docs/keys.md')).toEqual({ found: 'file', age: null });
    expect(await look(join(folder, 'apps/web'), '../../../plain/docs/keys.md')).toEqual({ found: 'outside' });
  });

  it('a file is as old as its last commit, however new the clone', async () => {
    const changedAtMs = Date.parse('2026-03-10T12:00:00Z');
    for (const since of ['2026-02-01', '2026-11-01'])
      expect(await ageIn(folder, 'docs/keys.md', since)).toEqual({ changedAtMs, by: 'git', doubt: null });
  });

  it('of a name with wildcards only the file itself counts', async () => {
    expect(await ageIn(folder, 'docs/*.md', '2026-01-01')).toMatchObject({
      changedAtMs: Date.parse('2026-01-10T12:00:00Z'),
    });
  });

  it('a change that is not committed is a doubt where it would decide', async () => {
    const clone = join(top, 'changed');
    git(top, ['clone', '-q', folder, clone]);
    writeFileSync(join(clone, 'docs/keys.md'), 'changed here\n');
    expect(await ageIn(clone, 'docs/keys.md', '2026-11-01')).toMatchObject({
      doubt: 'what stands there now is not committed',
    });
    expect(await ageIn(clone, 'docs/keys.md', '2026-02-01')).toMatchObject({ by: 'git', doubt: null });
  });

  it('a shallow clone tells no age of what it did not fetch', async () => {
    const clone = join(top, 'shallow');
    git(top, ['clone', '-q', '--depth', '1', `file://${folder}`, clone]);
    expect(await ageIn(clone, 'docs/keys.md', '2026-02-01')).toMatchObject({
      doubt: expect.stringContaining('not in this clone'),
    });
    // It cannot be newer than the newest commit.
    expect(await ageIn(clone, 'docs/keys.md', '2026-11-01')).toMatchObject({ by: 'git', doubt: null });
  });

  it('a file that git does not keep has the age of the file system', async () => {
    writeFileSync(join(folder, 'report.html'), 'load test\n');
    expect(await ageIn(folder, 'report.html', '2026-11-01')).toMatchObject({ by: 'file system', doubt: null });
  });

  it('a repository without a commit, or a broken one, says no age', async () => {
    const fresh = folderWith('fresh', { 'docs/keys.md': 'rotated\n' });
    git(fresh, ['init', '-q']);
    const broken = folderWith('broken', { 'docs/keys.md': 'rotated\n', '.git': 'gitdir: nowhere\n' });
    for (const one of [fresh, broken])
      expect(await ageIn(one, 'docs/keys.md', '2026-11-01')).toMatchObject({
        doubt: expect.stringMatching(/^git does not say when \(.+\)$/),
      });
  });

  it('a hostile repository is read, and runs nothing', async () => {
    const hostile = folderWith('hostile', { 'docs/keys.md': 'rotated\n', '.gitattributes': '* filter=f diff=d\n' });
    const ran = join(top, 'ran');
    const program = join(hostile, 'run.sh');
    writeFileSync(program, `#!/bin/sh\ntouch ${ran}\ncat\n`, { mode: 0o755 });
    git(hostile, ['init', '-q']);
    git(hostile, ['add', '.']);
    git(hostile, ['commit', '-q', '-m', 'one'], '2026-01-10T12:00:00Z');
    for (const name of [
      ...['core.fsmonitor', 'core.pager', 'pager.log', 'gpg.program', 'filter.f.clean', 'filter.f.smudge'],
      ...['diff.d.textconv', 'diff.external', 'core.sshCommand', 'core.editor', 'alias.log'],
    ])
      git(hostile, ['config', name, name === 'alias.log' ? `!${program}` : program]);
    git(hostile, ['config', 'log.showSignature', 'true']);
    writeFileSync(join(hostile, 'docs/keys.md'), 'changed\n');
    expect(await ageIn(hostile, 'docs/keys.md', '2026-11-01')).toMatchObject({ by: 'git' });
    expect(existsSync(ran)).toBe(false);
  });
});
