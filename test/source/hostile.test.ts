// A repository that means harm is read, and runs nothing.
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commit, folder, git, KEY, repository, scanned, write } from './repositories.js';

const SOURCE = 'keeps-secrets-out-of-source';
const HISTORY = 'keeps-secrets-out-of-history';

/** A program that leaves a file behind when it is run. */
function trap(root: string, name: string): string {
  const path = join(root, '.git', name);
  writeFileSync(path, `#!/bin/sh\ntouch '${root}/.git/ran-${name}'\ncat\n`);
  chmodSync(path, 0o755);
  return path;
}

const ran = (root: string) => readdirSync(join(root, '.git')).filter((name) => name.startsWith('ran-'));

describe('programs that the config of a repository names', () => {
  const root = repository({ 'a.txt': 'one\n', '.gitattributes': '* filter=f diff=d\n' });
  write(root, { 'a.txt': 'two\n' });
  commit(root);
  const one = trap(root, 'program');
  const settings = {
    'core.fsmonitor': one,
    'core.pager': one,
    'core.sshCommand': one,
    'core.askPass': one,
    'core.editor': one,
    'core.hooksPath': join(root, '.git', 'traps'),
    'pager.log': one,
    'diff.external': one,
    'diff.d.textconv': one,
    'diff.d.command': one,
    'filter.f.clean': one,
    'filter.f.smudge': one,
    'filter.f.process': one,
    'credential.helper': one,
    'gpg.program': one,
    'log.showSignature': 'true',
    'alias.log': `!${one}`,
    'alias.ls-files': `!${one}`,
    'alias.cat-file': `!${one}`,
    'core.worktree': '/etc',
  };
  mkdirSync(join(root, '.git', 'traps'));
  for (const hook of ['post-index-change', 'post-checkout', 'reference-transaction', 'fsmonitor-watchman']) {
    writeFileSync(join(root, '.git', 'traps', hook), `#!/bin/sh\ntouch '${root}/.git/ran-${hook}'\n`);
    chmodSync(join(root, '.git', 'traps', hook), 0o755);
  }

  it('are not run, and the repository is read all the same', async () => {
    for (const [name, value] of Object.entries(settings)) git(root, 'config', name, value);
    expect((await scanned(root)).verdicts).toMatchObject({
      [SOURCE]: 'pass clean',
      [HISTORY]: 'pass clean',
      'ignores-env-files': 'pass ignored',
    });
    expect(ran(root)).toEqual([]);
  });

  it('would run where git is asked as usual: the traps work', () => {
    git(root, 'config', '--unset', 'core.worktree');
    execFileSync('git', ['status'], { cwd: root, stdio: 'ignore' });
    expect(ran(root)).not.toEqual([]);
  });
});

it('objects that are missing are not fetched', async () => {
  const root = repository({ 'a.txt': 'one\n' });
  const id = git(root, 'rev-parse', 'HEAD:a.txt').trim();
  rmSync(join(root, '.git', 'objects', id.slice(0, 2), id.slice(2)), { force: true });
  const one = trap(root, 'program');
  for (const [name, value] of [
    ['core.repositoryformatversion', '1'],
    ['extensions.partialClone', 'origin'],
    ['remote.origin.promisor', 'true'],
    ['remote.origin.url', `ext::${one}`],
    ['remote.origin.uploadpack', one],
    ['protocol.ext.allow', 'always'],
    ['protocol.file.allow', 'always'],
  ] as const)
    git(root, 'config', name, value);
  const { verdicts } = await scanned(root);
  expect(verdicts[HISTORY]).toMatch(/^inconclusive /);
  git(root, 'config', 'remote.origin.url', root);
  expect((await scanned(root)).verdicts[HISTORY]).toMatch(/^inconclusive /);
  expect(ran(root)).toEqual([]);
});

describe('links', () => {
  const outside = folder({ 'key.txt': `${KEY}\n`, 'deep/key.txt': `${KEY}\n` });

  it('out of the tree are not followed: to a file, to a folder, to one that git takes for a folder', async () => {
    const root = repository({ 'a.txt': 'nothing\n', 'folder/key.txt': 'nothing\n' });
    symlinkSync(join(outside, 'key.txt'), join(root, 'link.txt'));
    symlinkSync(join(outside, 'deep'), join(root, 'linked'));
    commit(root);
    rmSync(join(root, 'folder'), { recursive: true });
    symlinkSync(join(outside, 'deep'), join(root, 'folder'));
    const { verdicts, because } = await scanned(root, { bundles: ['linked/**', 'link.txt', 'a.txt'] });
    expect(verdicts).toMatchObject({ [SOURCE]: 'pass clean', 'keeps-secrets-out-of-bundles': 'pass clean' });
    expect(because[SOURCE]).toContain('3 links');
  });

  it('are not followed for .golive-check-ignore either', async () => {
    const root = repository({ 'a.txt': `${KEY}\n` });
    write(outside, { allowed: `${await printOf(root)} mine\n` });
    symlinkSync(join(outside, 'allowed'), join(root, '.golive-check-ignore'));
    expect((await scanned(root)).verdicts[SOURCE]).toBe('fail found');
  });
});

async function printOf(root: string): Promise<string> {
  const gathered = (await scanned(root)).evidence['source.files'];
  return gathered?.ok === true ? (gathered.value.findings[0]?.fingerprint ?? '') : '';
}

it('a pipe that nobody writes to is not waited for', async () => {
  const root = repository({ 'a.txt': 'nothing\n', pipe: 'nothing\n' });
  rmSync(join(root, 'pipe'));
  execFileSync('mkfifo', [join(root, 'pipe')]);
  expect((await scanned(root)).verdicts[SOURCE]).toBe('pass clean');
});

it('names with escapes, line breaks and tabs are read, and never printed as they are', async () => {
  const name = 'a\u001b[31m\n\t"||::end.txt';
  const root = repository({ [name]: `${KEY}\n` });
  const { because } = await scanned(root);
  expect(because[SOURCE]).toContain('a\\u{1b}[31m\\u{a}\\u{9}"||::end.txt:1:1');
  expect(because[HISTORY]).toContain('a\\u{1b}[31m\\u{a}\\u{9}"||::end.txt:1:1 in commit');
});

it('a submodule is not entered', async () => {
  const inner = repository({ 'key.txt': `${KEY}\n` });
  const root = repository();
  git(root, '-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', inner, 'inner');
  commit(root);
  expect(existsSync(join(root, 'inner', 'key.txt'))).toBe(true);
  const { verdicts, because } = await scanned(root);
  expect(verdicts).toMatchObject({ [SOURCE]: 'pass clean', [HISTORY]: 'pass clean' });
  expect(because[SOURCE]).toContain('1 submodule');
});

it('what replaces or grafts commits hides none of them', async () => {
  const root = repository({ 'key.txt': `${KEY}\n` });
  git(root, 'rm', '-q', 'key.txt');
  git(root, 'commit', '-q', '-m', 'gone');
  const head = git(root, 'rev-parse', 'HEAD').trim();
  mkdirSync(join(root, '.git', 'info'), { recursive: true });
  appendFileSync(join(root, '.git', 'info', 'grafts'), `${head}\n`);
  git(root, 'replace', '--graft', head);
  git(root, 'config', 'log.showRoot', 'false');
  git(root, 'config', 'diff.relative', 'true');
  git(root, 'config', 'log.follow', 'true');
  expect((await scanned(root)).verdicts[HISTORY]).toBe('fail found');
});
