// What a user installs beside this package, told from the lock file: no network.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

interface Locked {
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  peerDependenciesMeta?: Record<string, { optional?: boolean }>;
}

export const MOST_PACKAGES = 60;
export const MOST_BYTES = 40_000_000;

/** Folders of the packages that an installation brings, below `root`. */
export function productionFolders(root: string): string[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Locked>;
  };
  const found = new Set<string>();
  const visit = (folder: string): void => {
    const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = packages[folder] ?? {};
    const peers = Object.keys(peerDependencies ?? {}).filter((name) => peerDependenciesMeta?.[name]?.optional !== true);
    for (const name of [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers]) {
      const at = resolve(folder, name, packages);
      if (at === null || found.has(at)) continue;
      found.add(at);
      visit(at);
    }
  };
  visit('');
  return [...found].toSorted();
}

/** As Node looks for it: in the folder's own node_modules, then in those around it. */
function resolve(from: string, name: string, packages: Readonly<Record<string, Locked>>): string | null {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    const at = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (Object.hasOwn(packages, at)) return at;
    if (folder === '') return null;
  }
}

/** Bytes of the files in a folder; of the packages within it only where `withInner`. */
export function bytesIn(folder: string, withInner = true): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return !withInner && entry.name === 'node_modules' ? sum : sum + bytesIn(path, withInner);
    return entry.isFile() ? sum + statSync(path).size : sum;
  }, 0);
}
