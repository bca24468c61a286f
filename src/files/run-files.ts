// The files of one run are written together, and never over those that another run has written meanwhile.
import { constants, copyFile, link } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { UserError, WriteError } from '../errors.js';
import { type Lock, lock } from './lock.js';
import { filePlaceOf, statOf } from './place.js';
import { writeWhole } from './write.js';

export interface RunFiles {
  /** Writes a file. One that cannot be written is told on stderr, and remembered. */
  save(path: string, text: string): Promise<void>;
  /** Tells of a file that somebody else could not write. */
  fail(message: string): void;
  hasFailed(): boolean;
  /** No other run writes to one of these places while `act` does. */
  together<T>(act: () => Promise<T>): Promise<T>;
}

/** Looks at the places before the run begins. @throws UserError where two files go to one place. */
export async function openRunFiles(paths: readonly string[]): Promise<RunFiles> {
  const places = new Map<string, string>();
  /** Of each place, what stood there when this run last knew it. */
  const known = new Map<string, string | null>();
  for (const path of paths) {
    // A path that leads nowhere is told when it is written.
    const place = await filePlaceOf(path).catch(() => null);
    if (place === null) continue;
    if (known.has(place))
      throw new UserError('one-place', `two files go to ${path}; expected a path of its own for each of them`);
    places.set(path, place);
    known.set(place, await stampOf(place));
  }
  let failed = false;

  function fail(message: string): void {
    failed = true;
    tell(message);
  }

  /** What another run wrote since stays, under a name beside. */
  async function keepOther(path: string, place: string): Promise<void> {
    const stamp = await stampOf(place);
    if (stamp === null || stamp === known.get(place)) return;
    const kept = await setAside(place);
    tell(`another run wrote ${path}; what it wrote is in ${basename(kept)} beside it`);
  }

  return {
    fail,
    hasFailed: () => failed,
    async save(path, text) {
      try {
        const place = places.get(path);
        if (place !== undefined) await keepOther(path, place);
        await writeWhole(path, text);
        if (place !== undefined) known.set(place, await stampOf(place));
      } catch (error) {
        if (!(error instanceof WriteError)) throw error;
        fail(error.message);
      }
    },
    async together(act) {
      const locks: Lock[] = [];
      try {
        // In one order everywhere, so that no two runs wait for each other. A folder that takes no lock takes no second
        // file either.
        for (const place of [...known.keys()].toSorted()) {
          const taken = await lock(place).catch(() => null);
          if (taken !== null) locks.push(taken);
        }
        return await act();
      } finally {
        for (const one of locks) await one.release();
      }
    },
  };
}

async function stampOf(place: string): Promise<string | null> {
  const found = await statOf(place);
  return found === null ? null : [found.dev, found.ino, found.size, found.mtimeNs].join(':');
}

const MOST_KEPT = 1000;

/** "evidence.json" as "evidence.1.json", or the first number that is free. */
async function setAside(place: string): Promise<string> {
  const ending = extname(place);
  const stem = ending === '' ? place : place.slice(0, -ending.length);
  for (let number = 1; number <= MOST_KEPT; number += 1) {
    const name = `${stem}.${number}${ending}`;
    try {
      // Where the file system knows no second name of one file, a copy.
      await link(place, name).catch((error: NodeJS.ErrnoException) =>
        error.code === 'EEXIST' ? Promise.reject(error) : copyFile(place, name, constants.COPYFILE_EXCL),
      );
      return name;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
        throw new WriteError(name, error as NodeJS.ErrnoException);
    }
  }
  throw new WriteError(place, new Error(`${MOST_KEPT} files of other runs stand beside it already`));
}

function tell(message: string): void {
  process.stderr.write(`golive-check: ${message}\n`);
}
