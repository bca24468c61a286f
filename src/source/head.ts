// Which commit a folder stands at, and whether its files are still those of the commit.
import { gitText, type Repository, repositoryOf } from './git.js';

export interface Head {
  id: string;
  /** How many tracked files are not as committed; null: not known. */
  changed: number | null;
}

// Where continuous integration names the commit that it builds; a checkout without .git has nothing else.
const NAMES = [
  'GITHUB_SHA',
  'CI_COMMIT_SHA',
  'BITBUCKET_COMMIT',
  'CIRCLE_SHA1',
  'BUILD_SOURCEVERSION',
  'BUILDKITE_COMMIT',
  'DRONE_COMMIT_SHA',
  'TRAVIS_COMMIT',
  'SEMAPHORE_GIT_SHA',
  'CODEBUILD_RESOLVED_SOURCE_VERSION',
  'GIT_COMMIT',
  'COMMIT_SHA',
];
const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const TIMEOUT_MS = 5_000;

/**
 * What git says of the folder comes first: a variable may name another commit than the one that was checked out.
 * @returns null: neither says
 */
export async function headOf(folder: string, environment: NodeJS.ProcessEnv): Promise<Head | null> {
  const repository = repositoryOf(folder);
  const head = repository === null ? null : await askGit(repository).catch(() => null);
  if (head !== null) return head;
  const id = NAMES.map((name) => environment[name] ?? '').find((value) => COMMIT.test(value));
  return id === undefined ? null : { id, changed: null };
}

async function askGit(repository: Repository): Promise<Head | null> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const ask = async (words: readonly string[], ends: readonly number[] = [0]) =>
    (await gitText(repository, words, { signal, ends })).toString('utf8');
  const id = (await ask(['rev-parse', '--verify', 'HEAD'])).trim();
  if (!COMMIT.test(id)) return null;
  // A filter that the repository names is a program: to compare a file with its commit would run it.
  const filters = await ask(['config', '--get-regexp', '^filter\\.'], [0, 1]).catch(() => 'not known');
  if (filters !== '') return { id, changed: null };
  const lists = await Promise.all([
    ask(['ls-files', '--modified', '--deleted', '-z']),
    ask(['diff-index', '--cached', '--name-only', '--no-renames', '-z', 'HEAD']),
  ]).catch(() => null);
  if (lists === null) return { id, changed: null };
  return { id, changed: new Set(lists.flatMap((list) => list.split('\0')).filter((path) => path !== '')).size };
}
