// Every version of a file that a commit of the repository brought in, and the messages of the commits.
import { lstatSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gitStream, gitText, pathspec, type Repository } from './git.js';
import { below } from './tree.js';

export interface Version {
  path: string;
  /** The oldest commit that was read and brings it in. */
  commit: string;
}

export interface History {
  /** Versions by the id of their bytes: one that comes again is read once. */
  versions: ReadonlyMap<string, Version>;
  commits: number;
  submodules: number;
  links: number;
  bounds: readonly string[];
}

export type OnMessage = (commit: string, message: Buffer) => Promise<void>;

export const MOST_COMMITS = 100_000;
const MOST_VERSIONS = 1_000_000;

const COMMIT = 1;
const COLON = 58;
const NEWLINE = 10;
// ":<mode> <mode> <id> <id> <letter>", of which the second counts.
const CHANGE = /^\n?:\d{6} (\d{6}) [0-9a-f]+ ([0-9a-f]+) [A-Z]\d*$/;
const LINK = '120000';
const SUBMODULE = '160000';
const GONE = '000000';

/** Branches and tags, remote ones too: not stashes, notes and what only the reflog holds. */
const REFS = ['--branches', '--tags', '--remotes', 'HEAD'];

export async function readHistory(
  repository: Repository,
  { scope, most, signal, onMessage }: { scope: string; most: number; signal: AbortSignal; onMessage: OnMessage },
): Promise<History> {
  const limit = Math.min(most, MOST_COMMITS);
  const words = [
    ...['log', ...REFS, '--raw', '-z', '--no-abbrev', '--no-renames', '-m', '--root', '--no-ext-diff', '--no-textconv'],
    ...['--no-show-signature', '--no-notes', '--encoding=UTF-8', '--format=%x01%H%x00%B', `--max-count=${limit + 1}`],
    ...(scope === '' ? [] : ['--full-history']),
    '--',
    ...pathspec(scope),
  ];
  const versions = new Map<string, Version>();
  const bounds = new Set<string>();
  const ids = new Set<string>();
  let commit = '';
  let submodules = 0;
  let links = 0;
  /** What the next part is: a message behind a commit, a path behind a change. */
  let awaited: { kind: 'any' | 'message' } | { kind: 'path'; mode: string; id: string } = { kind: 'any' };
  for await (const part of partsOf(gitStream(repository, words, { signal }))) {
    if (awaited.kind === 'message') {
      await onMessage(commit, part);
      awaited = { kind: 'any' };
    } else if (awaited.kind === 'path') {
      const { mode, id } = awaited;
      awaited = { kind: 'any' };
      if (mode === SUBMODULE) submodules += 1;
      else if (mode === LINK) links += 1;
      else if (versions.size >= MOST_VERSIONS && !versions.has(id)) bounds.add(`${MOST_VERSIONS} versions of files`);
      else if (mode !== GONE) versions.set(id, { path: below(part.toString('utf8'), scope), commit });
    } else if (part[0] === COMMIT) {
      commit = part.toString('latin1', 1);
      if (!ids.has(commit) && ids.size >= limit) {
        bounds.add(most <= MOST_COMMITS ? `${limit} commits (source.history)` : `${limit} commits`);
        break;
      }
      ids.add(commit);
      awaited = { kind: 'message' };
    } else if (part[0] === COLON || part[0] === NEWLINE) {
      const [, mode = '', id = ''] = CHANGE.exec(part.toString('latin1')) ?? [];
      if (id !== '') awaited = { kind: 'path', mode, id };
    }
  }
  return { versions, commits: ids.size, submodules, links, bounds: [...bounds] };
}

/** What stands between zero bytes. */
async function* partsOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, from)) {
      const part = chunk.subarray(from, end);
      yield held.length === 0 ? part : Buffer.concat([...held, part]);
      held = [];
      from = end + 1;
    }
    if (from < chunk.length) held.push(chunk.subarray(from));
  }
}

/** Why the history here is not all there is; null: it is. */
export async function cutOf(repository: Repository, signal: AbortSignal): Promise<string | null> {
  const words = ['rev-parse', '--git-common-dir', '--is-shallow-repository'];
  const [common = '', isShallow] = (await gitText(repository, words, { signal })).toString('utf8').trim().split('\n');
  if (isShallow === 'true')
    return 'the clone is shallow, so its history is cut (fetch all of it: git fetch --unshallow; in CI: fetch-depth: 0)';
  const objects = resolve(repository.top, common);
  const borrowed = ['alternates', 'http-alternates'].some(
    (name) => lstatSync(join(objects, 'objects', 'info', name), { throwIfNoEntry: false }) !== undefined,
  );
  return borrowed
    ? 'some of its objects stand in another repository (objects/info/alternates), which is not read (copy them: git repack -a -d, then remove that file)'
    : null;
}

/** How many stashes there are: they are not searched. */
export async function stashesOf(repository: Repository, signal: AbortSignal): Promise<number> {
  const words = ['log', '--walk-reflogs', '--format=%H', '--max-count=1000', 'refs/stash', '--'];
  const has = await gitText(repository, ['for-each-ref', '--format=%(refname)', 'refs/stash'], { signal });
  if (has.length === 0) return 0;
  return (await gitText(repository, words, { signal }))
    .toString('latin1')
    .split('\n')
    .filter((line) => line !== '').length;
}
