// What can be looked at of a file that a statement rests on: that it is there, in the repository, and how old it is.
import { access, constants, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { StatementFile } from '../evidence/statements.js';
import { ageOf } from './age.js';

/** Where the config stands. */
interface Place {
  directory: string;
  file: string;
}

export async function lookAtFile(
  { evidence, since }: { evidence: string; since?: string | undefined },
  { directory, file }: Place,
): Promise<StatementFile> {
  try {
    const base = await realpath(directory);
    const repository = await rootOf(base);
    const place = await realpath(resolve(base, evidence));
    if (!isWithin(place, repository ?? base)) return { found: 'outside' };
    const facts = await stat(place);
    if (!facts.isFile()) return { found: 'no-file' };
    if (facts.size === 0) return { found: 'empty' };
    if (place === (await realpath(file).catch(() => null))) return { found: 'config' };
    await access(place, constants.R_OK);
    const changedAtMs = Math.floor(facts.mtimeMs);
    return { found: 'file', age: since === undefined ? null : await ageOf({ place, repository, changedAtMs, since }) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { found: 'nothing' };
    return { found: 'unreadable', why: code ?? message };
  }
}

/** The nearest folder upwards that git keeps; null: none. */
async function rootOf(folder: string): Promise<string | null> {
  for (let at = folder; ; at = dirname(at)) {
    const isRoot = await stat(join(at, '.git')).then(
      () => true,
      () => false,
    );
    if (isRoot) return at;
    if (dirname(at) === at) return null;
  }
}

function isWithin(place: string, folder: string): boolean {
  const way = relative(folder, place);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
