// Tells which files below some folders change. One watch per folder: what Node watches recursively on Linux cannot leave out
// node_modules, and holds a watch for each file.
import { type FSWatcher, lstatSync, readdirSync, watch } from 'node:fs';
import { basename, join } from 'node:path';

export interface FolderWatch {
  /** Whether more folders were found than are watched. */
  isPartial(): boolean;
  close(): void;
}

// Of one user, Linux allows some ten thousands.
const MOST_FOLDERS = 4_000;
const LEFT_OUT = new Set(['node_modules', '.git']);

export function watchFolders(roots: readonly string[], onChange: (path: string) => void): FolderWatch {
  const watchers = new Map<string, FSWatcher>();
  let isPartial = false;

  function add(folder: string): void {
    if (watchers.has(folder) || LEFT_OUT.has(basename(folder))) return;
    if (watchers.size >= MOST_FOLDERS) {
      isPartial = true;
      return;
    }
    try {
      const watcher = watch(folder, (_, name) => {
        if (name === null || LEFT_OUT.has(name)) return;
        const path = join(folder, name);
        if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true) add(path);
        else remove(path);
        onChange(path);
      });
      watcher.on('error', () => remove(folder));
      watchers.set(folder, watcher);
      for (const entry of readdirSync(folder, { withFileTypes: true }))
        if (entry.isDirectory()) add(join(folder, entry.name));
    } catch {
      // No folder, or gone, or not ours to read.
      remove(folder);
    }
  }

  function remove(folder: string): void {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  }

  for (const root of roots) add(root);
  return {
    isPartial: () => isPartial,
    close() {
      for (const watcher of watchers.values()) watcher.close();
    },
  };
}
