// What a run says of small repositories: no verdict without something read, and none beyond what was read.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { madeUp } from '../../src/source/control.js';
import { fingerprintOf } from '../../src/source/fingerprint.js';
import { commit, folder, git, KEY, repository, scanned, write } from './repositories.js';

const SOURCE = 'keeps-secrets-out-of-source';
const HISTORY = 'keeps-secrets-out-of-history';
const BUNDLES = 'keeps-secrets-out-of-bundles';
const ENV = 'ignores-env-files';

describe('each check fails alone', () => {
  it('none, for a sound repository', async () => {
    const root = repository({ 'a.js': 'go();\n', 'dist/a.js': 'go();\n' });
    expect((await scanned(root, { bundles: ['dist/**'] })).verdicts).toMatchObject({
      [SOURCE]: 'pass clean',
      [HISTORY]: 'pass clean',
      [BUNDLES]: 'pass clean',
      [ENV]: 'pass ignored',
    });
  });

  it(`${SOURCE}: a key that was added and not committed`, async () => {
    const root = repository({ 'a.js': 'go();\n' });
    write(root, { 'b.js': `k = "${KEY}";\n` });
    git(root, 'add', 'b.js');
    expect((await scanned(root)).verdicts).toMatchObject({
      [SOURCE]: 'fail found',
      [HISTORY]: 'pass clean',
      [ENV]: 'pass ignored',
    });
  });

  it(`${HISTORY}: a key that was taken out again`, async () => {
    const root = repository({ 'a.js': `k = "${KEY}";\n` });
    write(root, { 'a.js': 'go();\n' });
    commit(root);
    expect((await scanned(root)).verdicts).toMatchObject({
      [SOURCE]: 'pass clean',
      [HISTORY]: 'fail found',
      [ENV]: 'pass ignored',
    });
  });

  it(`${HISTORY}: a key in many versions of a file is one, and the oldest commit is named`, async () => {
    const root = repository({ 'a.js': `k = "${KEY}";\n` });
    const oldest = git(root, 'rev-parse', 'HEAD').trim();
    for (const line of ['one', 'two', 'three']) {
      write(root, { 'a.js': `${line}\nk = "${KEY}";\n` });
      commit(root);
    }
    const gathered = (await scanned(root)).evidence['source.history'];
    expect(gathered).toMatchObject({
      ok: true,
      value: { found: 1, findings: [{ commit: oldest, line: 1 }], commits: 4 },
    });
  });

  it(`${BUNDLES}: a key that was built in, in a folder that git ignores`, async () => {
    const root = repository();
    write(root, { 'out/app.js': `k="${KEY}"` });
    expect((await scanned(root, { bundles: ['out/*.js'] })).verdicts).toMatchObject({
      [SOURCE]: 'pass clean',
      [BUNDLES]: 'fail found',
    });
  });

  it.each([
    [
      'a rule is missing',
      { 'package.json': '{"dependencies":{"dotenv":"17.0.0"}}', '.gitignore': 'dist/\n' },
      'fail not-ignored',
    ],
    [
      'a rule is taken back',
      { 'package.json': '{"dependencies":{"dotenv":"17.0.0"}}', '.gitignore': '.env*\n!.env\n' },
      'fail not-ignored',
    ],
    ['one is tracked', { '.env': 'PORT=80\n' }, 'fail tracked'],
    ['one with a key is tracked under another name', { 'prod.env': 'API_TOKEN=Zk38dhwQpa\n' }, 'fail tracked'],
    ['a sample has no rule beside it', { '.gitignore': '/.env\n', 'api/.env.example': 'A=\n' }, 'fail not-ignored'],
    [
      'a sample, empty values and settings are no secrets',
      {
        '.env.example': 'API_TOKEN=Zk38dhwQpa\n',
        '.env.test': 'PORT=80\nAPI_TOKEN=\nA_KEY=changeme\nNEXT_PUBLIC_KEY=abc\n',
      },
      'pass ignored',
    ],
  ])(`${ENV}: %s`, async (_, files, verdict) => {
    const root = repository(files);
    expect((await scanned(root)).verdicts).toMatchObject({
      [SOURCE]: 'pass clean',
      [HISTORY]: 'pass clean',
      [ENV]: verdict,
    });
  });

  it.each([
    ['nothing reads such files', {}, 'pass unused'],
    [
      'a manifest names what reads them',
      { 'api/package.json': '{"dependencies":{"dotenv":"17.0.0"}}' },
      'fail not-ignored',
    ],
    ['a sample stands there', { '.env.example': 'API_KEY=\n' }, 'fail not-ignored'],
  ])(`${ENV}: no .gitignore, and %s`, async (_, files, verdict) => {
    expect((await scanned(repository({ '.gitignore': '', ...files }))).verdicts[ENV]).toBe(verdict);
  });

  it(`${ENV}: what one clone alone ignores protects no other`, async () => {
    const root = repository({ '.gitignore': '', '.env.example': 'API_KEY=\n' });
    mkdirSync(join(root, '.git', 'info'), { recursive: true });
    write(root, { '.git/info/exclude': '.env\n' });
    expect((await scanned(root)).verdicts[ENV]).toBe('fail not-ignored');
  });
});

describe('nothing passes that was not read', () => {
  it('no section: none applies', async () => {
    const root = repository();
    expect((await scanned(root, { history: false })).verdicts).toMatchObject({
      [HISTORY]: 'not-applicable not-configured',
      [BUNDLES]: 'not-applicable not-configured',
    });
  });

  it('no repository: all files are read, and there is no history', async () => {
    const root = folder({ 'a.js': 'go();\n', 'node_modules/b.js': `${KEY}\n` });
    const { verdicts, because } = await scanned(root);
    expect(verdicts).toMatchObject({ [SOURCE]: 'pass clean', [HISTORY]: 'inconclusive unreachable' });
    expect(because[HISTORY]).toContain('there is no git repository');
    write(root, { 'deep/c.js': `${KEY}\n` });
    expect((await scanned(root)).verdicts[SOURCE]).toBe('fail found');
  });

  it('no file is left, no file was committed, no commit is there', async () => {
    expect((await scanned(repository(), { exclude: ['**'] })).verdicts[SOURCE]).toBe('inconclusive nothing-read');
    const root = folder();
    git(root, 'init', '-q');
    expect((await scanned(root)).verdicts).toMatchObject({
      [SOURCE]: 'inconclusive nothing-read',
      [HISTORY]: 'inconclusive unreachable',
      [ENV]: 'inconclusive nothing-tracked',
    });
    expect((await scanned(repository(), { bundles: ['dist/**'] })).verdicts[BUNDLES]).toBe('inconclusive nothing-read');
  });

  it('a history that is cut, or read in part, is not clean; a key in it is found all the same', async () => {
    const root = repository({ 'a.js': 'one\n' });
    write(root, { 'a.js': 'two\n' });
    commit(root);
    expect((await scanned(root, { history: 1 })).verdicts[HISTORY]).toBe('inconclusive not-all-read');
    expect((await scanned(root, { history: 2 })).verdicts[HISTORY]).toBe('pass clean');
    const shallow = folder();
    execFileSync('git', ['clone', '-q', '--depth', '1', `file://${root}`, join(shallow, 'x')], { stdio: 'ignore' });
    expect((await scanned(join(shallow, 'x'))).verdicts[HISTORY]).toBe('inconclusive history-cut');
    const borrowing = folder();
    execFileSync('git', ['clone', '-q', '--shared', root, join(borrowing, 'x')], { stdio: 'ignore' });
    const { verdicts, because } = await scanned(join(borrowing, 'x'));
    expect(verdicts[HISTORY]).toBe('inconclusive history-cut');
    expect(because[HISTORY]).toContain('objects/info/alternates');
    write(root, { 'a.js': `${KEY}\n` });
    commit(root);
    expect((await scanned(root, { history: 1 })).verdicts[HISTORY]).toBe('fail found');
  });

  it('a file that is larger than the bound; one that is binary is only counted', async () => {
    const large = '\0'.repeat(2 * 1024 * 1024);
    const root = repository({
      'a.txt': 'x'.repeat(33 * 1024 * 1024),
      'b.bin': `\0${KEY}`,
      'c.js': 'go();\n',
      'd.bin': large,
    });
    const { verdicts, because } = await scanned(root);
    expect(verdicts).toMatchObject({ [SOURCE]: 'inconclusive not-all-read', [HISTORY]: 'inconclusive not-all-read' });
    expect(because[SOURCE]).toContain('a file larger than 32 MiB');
    const smaller = await scanned(root, { exclude: ['a.txt'] });
    expect(smaller.verdicts).toMatchObject({ [SOURCE]: 'pass clean', [HISTORY]: 'pass clean' });
    expect(smaller.because[SOURCE]).toContain('Not read: 2 binary, 1 left out by the config.');
  });

  it('git that is not there', async () => {
    const root = repository();
    const { PATH } = process.env;
    try {
      process.env.PATH = join(root, 'nowhere');
      const { verdicts, because } = await scanned(root);
      expect(verdicts[SOURCE]).toBe('inconclusive unreachable');
      expect(because[SOURCE]).toContain('git could not be started: it is not installed');
    } finally {
      process.env.PATH = PATH;
    }
  });

  it('a file that git tracks and that was deleted is read as git has it', async () => {
    const root = repository({ 'a.js': `${KEY}\n`, 'b.js': 'go();\n' });
    rmSync(join(root, 'a.js'));
    expect((await scanned(root)).verdicts[SOURCE]).toBe('fail found');
  });
});

describe('what is looked for', () => {
  it("is the config's own secrets, in several forms", async () => {
    const secret = 'n0t-in-any-rule-4711';
    const endpoint = { url: 'https://api.example.com', key: ['$', '{OUR_KEY}'].join('') };
    const root = repository({
      'a.js': `k('${secret}')\n`,
      'b.yaml': `key: ${Buffer.from(secret).toString('base64')}\n`,
    });
    const { verdicts, because } = await scanned(root, {}, { endpoint });
    expect(verdicts[SOURCE]).toBe('fail found');
    expect(because[SOURCE]).toContain('a.js:1:4: the value of OUR_KEY (n0…');
    expect(because[SOURCE]).toContain('b.yaml:1:6: the value of OUR_KEY, in base64');
    expect(JSON.stringify(because)).not.toContain(secret);
  });

  it('is such a secret, although it looks like an example; and a token before a comment that does', async () => {
    const root = repository({ 'a.js': "k('example-0123456789')\n" });
    const endpoint = { url: 'https://api.example.com', key: ['$', '{OUR_KEY}'].join('') };
    const found = await scanned(root, {}, { endpoint }, 'example-0123456789');
    expect(found.verdicts[SOURCE]).toBe('fail found');
    expect((await scanned(root)).verdicts[SOURCE]).toBe('pass clean');
    const npmrc = repository({ '.npmrc': `//npm.corp.io/:_authToken=${madeUp('', 36)} # an example\n` });
    expect((await scanned(npmrc)).verdicts[SOURCE]).toBe('fail found');
  });

  it("is keys as the contract's begin", async () => {
    const root = repository({ 'a.js': `k('${madeUp(['w', 'g'].join(''), 6)}.${madeUp('', 32)}')\n` });
    expect((await scanned(root)).verdicts[SOURCE]).toBe('pass clean');
    expect((await scanned(root, {}, { extends: 'runa' })).verdicts[SOURCE]).toBe('fail found');
  });

  it('is not what a fingerprint allows; a path alone allows nothing', async () => {
    const root = repository({ 'a.js': `k('${KEY}')\n` });
    write(root, { '.golive-check-ignore': 'a.js\n' });
    const refused = await scanned(root);
    expect(refused.verdicts[SOURCE]).toBe('fail found');
    expect(refused.because[SOURCE]).toContain('.golive-check-ignore, line 1: expected a fingerprint first.');
    write(root, { '.golive-check-ignore': `# sample\n${fingerprintOf(KEY)} the sample of the manual\n` });
    const allowed = await scanned(root);
    expect(allowed.verdicts).toMatchObject({ [SOURCE]: 'pass clean', [HISTORY]: 'pass clean' });
    expect(allowed.because[SOURCE]).toContain('1 allowed by .golive-check-ignore.');
  });

  it('is found although a comment switches the rules of secretlint off', async () => {
    const root = repository({ 'a.js': `// secretlint-disable\nk('${KEY}')\n` });
    expect((await scanned(root)).verdicts[SOURCE]).toBe('fail found');
  });

  it('stands below source.root alone', async () => {
    const root = repository({ 'a/x.js': `${KEY}\n`, 'b/x.js': 'go();\n' });
    expect((await scanned(join(root, 'b'))).verdicts).toMatchObject({
      [SOURCE]: 'pass clean',
      [HISTORY]: 'pass clean',
    });
    expect((await scanned(join(root, 'a'))).verdicts).toMatchObject({
      [SOURCE]: 'fail found',
      [HISTORY]: 'fail found',
    });
  });

  it('stands in a second work tree, too', async () => {
    const root = repository({ 'a.js': `${KEY}\n` });
    const other = folder();
    git(root, 'worktree', 'add', '-q', '-b', 'other', join(other, 'x'));
    expect((await scanned(join(other, 'x'))).verdicts).toMatchObject({
      [SOURCE]: 'fail found',
      [HISTORY]: 'fail found',
    });
  });
});

it('a root that is a link to the repository is read', async () => {
  const root = repository({ 'a.js': `${KEY}\n` });
  const other = folder();
  symlinkSync(root, join(other, 'link'));
  expect((await scanned(join(other, 'link'))).verdicts[SOURCE]).toBe('fail found');
});
