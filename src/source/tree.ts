// Which files a repository consists of: what git tracks; where there is none, all below a folder.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gitText, pathspec, type Repository } from './git.js';

export interface TreeFile {
  /** Relative to the root, with slashes. */
  path: string;
  /** The version that git tracks; null: it is not asked. */
  blob: string | null;
}

export interface Tree {
  from: 'git' | 'walk';
  files: readonly TreeFile[];
  links: number;
  submodules: number;
  /** Bounds that were met. */
  bounds: readonly string[];
}

const ENTRY = /^(\d{6}) ([0-9a-f]+) \d\t/;
const LINK = '120000';
const SUBMODULE = '160000';

/** `scope`: the folder of the repository that is looked at, '' for all of it. */
export async function trackedTree(repository: Repository, scope: string, signal: AbortSignal): Promise<Tree> {
  const words = ['ls-files', '--stage', '-z', '--full-name', '--', ...pathspec(scope)];
  const printed = await gitText(repository, words, { signal });
  const files = new Map<string, TreeFile>();
  let links = 0;
  let submodules = 0;
  for (const entry of printed.toString('utf8').split('\0')) {
    const [head, mode, blob = ''] = ENTRY.exec(entry) ?? [];
    if (head === undefined) continue;
    const path = below(entry.slice(head.length), scope);
    if (mode === LINK) links += 1;
    else if (mode === SUBMODULE) submodules += 1;
    // A conflict has several versions under one path.
    else files.set(path, { path, blob });
  }
  return { from: 'git', files: [...files.values()], links, submodules, bounds: [] };
}

export function below(path: string, scope: string): string {
  return scope !== '' && path.startsWith(`${scope}/`) ? path.slice(scope.length + 1) : path;
}

const MOST_FILES = 200_000;
const DEEPEST = 64;
/** What others wrote, and what version control keeps for itself. */
const FOREIGN = new Set(['node_modules', '.git', '.hg', '.svn', '.venv', '__pycache__']);

/** All files below a folder. */
export function walkTree(root: string, isForeign: (name: string) => boolean = (name) => FOREIGN.has(name)): Tree {
  const files: TreeFile[] = [];
  const bounds = new Set<string>();
  let links = 0;
  const open: { folder: string; depth: number }[] = [{ folder: '', depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { folder, depth } = next;
    for (const entry of entriesOf(join(root, folder))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (files.length >= MOST_FILES) {
        bounds.add(`${MOST_FILES} files`);
        return { from: 'walk', files, links, submodules: 0, bounds: [...bounds] };
      }
      if (entry.isFile()) files.push({ path, blob: null });
      else if (!entry.isDirectory()) links += 1;
      else if (isForeign(entry.name)) continue;
      else if (depth >= DEEPEST) bounds.add(`${DEEPEST} folders in one another`);
      else open.push({ folder: path, depth: depth + 1 });
    }
  }
  return {
    from: 'walk',
    files: files.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    links,
    submodules: 0,
    bounds: [...bounds],
  };
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
