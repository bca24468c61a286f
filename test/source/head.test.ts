import { execFileSync } from 'node:child_process';
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeTemporaryFolder } from '../../src/files/temporary.js';
import { headOf } from '../../src/source/head.js';

const folder = makeTemporaryFolder('golive-check-head');
afterAll(() => folder.remove());
const OTHER = 'd'.repeat(40);

describe('headOf', () => {
  it('says the commit of the folder, and how many tracked files differ; a variable alone where there is no git', async () => {
    expect(await headOf(folder.path, {})).toBeNull();
    expect(await headOf(folder.path, { GITHUB_SHA: 'main', CI_COMMIT_SHA: OTHER })).toEqual({
      id: OTHER,
      changed: null,
    });
    const git = (...words: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'commit.gpgsign=false', ...words], {
        cwd: folder.path,
        encoding: 'utf8',
      });
    git('init', '-q');
    expect(await headOf(folder.path, { GITHUB_SHA: OTHER })).toEqual({ id: OTHER, changed: null });
    for (const name of ['a', 'b', 'c']) writeFileSync(join(folder.path, name), name);
    git('add', '.');
    git('commit', '-qm', 'first');
    const id = git('rev-parse', 'HEAD').trim();
    writeFileSync(join(folder.path, 'report.json'), '{}');
    expect(await headOf(folder.path, { GITHUB_SHA: OTHER }), 'what is new is not tracked').toEqual({ id, changed: 0 });
    appendFileSync(join(folder.path, 'a'), 'changed');
    rmSync(join(folder.path, 'b'));
    appendFileSync(join(folder.path, 'c'), 'staged');
    git('add', 'c');
    expect(await headOf(folder.path, {})).toEqual({ id, changed: 3 });
    // A program that the repository names is not run, so nothing is compared.
    const ran = join(folder.path, 'ran');
    git('config', 'filter.evil.clean', `touch ${ran}; cat`);
    writeFileSync(join(folder.path, '.gitattributes'), '* filter=evil\n');
    expect(await headOf(folder.path, {})).toEqual({ id, changed: null });
    expect(() => rmSync(ran)).toThrow('ENOENT');
  });
});
