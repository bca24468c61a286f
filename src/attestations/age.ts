// When a file was last changed. A fresh clone is as new as the clone, so git is asked, where it keeps the file.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { latestDayOf } from '../evidence/days.js';
import type { FileAge } from '../evidence/statements.js';

interface Asked {
  /** Behind all links. */
  place: string;
  /** Root of the repository; null: none. */
  repository: string | null;
  /** As the file system says, epoch ms. */
  changedAtMs: number;
  since: string;
}

export async function ageOf({ place, repository, changedAtMs, since }: Asked): Promise<FileAge> {
  const byClock: FileAge = { changedAtMs, by: 'file system', doubt: null };
  if (repository === null) return byClock;
  const path = relative(repository, place).split(sep).join('/');
  const git = (...words: string[]) => askGit(repository, words);
  let last: string;
  try {
    last = await git('log', '-1', '--no-show-signature', '--format=%cI %P', 'HEAD', '--', `:(literal)${path}`);
  } catch (error) {
    return { ...byClock, doubt: `git does not say when (${firstLineOf(error)})` };
  }
  const [date = '', ...parents] = last.trim().split(' ');
  // Never committed: it is as old as it stands there.
  if (date === '') return byClock;
  const committed: FileAge = { changedAtMs: Date.parse(date), by: 'git', doubt: null };
  if (latestDayOf(committed.changedAtMs) < since)
    return (await isAsCommitted(git, place, path))
      ? committed
      : { ...committed, doubt: 'what stands there now is not committed' };
  // The first commit of a shallow clone stands for all before it.
  const isCut = parents.length === 0 && (await git('rev-parse', '--is-shallow-repository')).trim() !== 'false';
  return isCut
    ? { ...committed, doubt: 'older commits are not in this clone (fetch-depth: 0 brings them)' }
    : committed;
}

/** By its bytes: filters of the repository would run programs. */
async function isAsCommitted(
  git: (...words: string[]) => Promise<string>,
  place: string,
  path: string,
): Promise<boolean> {
  const blob = (await git('rev-parse', '--verify', `HEAD:${path}`)).trim();
  const hash = createHash(blob.length === 64 ? 'sha256' : 'sha1');
  hash.update(`blob ${(await stat(place)).size}\0`);
  await pipeline(createReadStream(place), hash);
  return hash.digest('hex') === blob;
}

// The repository is not ours: nothing that its settings name may run, and nothing is fetched.
const HARMLESS = ['core.fsmonitor=false', 'core.hooksPath=/dev/null', 'protocol.allow=never', 'core.pager=cat'];
const TIMEOUT_MS = 10_000;

function askGit(cwd: string, words: readonly string[]): Promise<string> {
  const settings = HARMLESS.flatMap((one) => ['-c', one]);
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  const env = {
    ...Object.fromEntries(inherited),
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    LC_ALL: 'C',
  };
  return new Promise((resolve, reject) => {
    execFile('git', ['--no-pager', ...settings, ...words], { cwd, env, timeout: TIMEOUT_MS }, (error, stdout) => {
      if (error === null) resolve(stdout);
      else reject(error);
    });
  });
}

/** Of what git said. */
function firstLineOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'git is not installed';
  const said = message.split('\n').find((line) => line.startsWith('fatal:'));
  return (said ?? 'it failed').replace(/^fatal: /, '').slice(0, 120);
}
