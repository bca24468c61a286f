// When a file was last changed. A fresh clone is as new as the clone, so git is asked, where it keeps the file.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { latestDayOf } from '../evidence/days.js';
import type { FileAge } from '../evidence/statements.js';
import { gitText } from '../source/git.js';

const TIMEOUT_MS = 10_000;
const LONGEST_MESSAGE = 120;

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
    return { ...byClock, doubt: `git does not say when (${messageOf(error)})` };
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

async function askGit(top: string, words: readonly string[]): Promise<string> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    return (await gitText({ top }, words, { signal })).toString('utf8');
  } catch (error) {
    throw signal.aborted ? new Error(`git ${words[0]} took more than ${TIMEOUT_MS / 1000} s`) : error;
  }
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, LONGEST_MESSAGE);
}
