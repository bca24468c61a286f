// A private folder that goes with this process, however that ends.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atEnd } from '../at-end.js';
import { WriteError } from '../errors.js';

export interface TemporaryFolder {
  path: string;
  remove(): void;
}

/** Readable for this user alone. @throws WriteError where none can be made. */
export function makeTemporaryFolder(name: string): TemporaryFolder {
  // In one go with the promise to remove it: no signal comes in between.
  const path = make(join(tmpdir(), `${name}-`));
  // A client that is being killed may still write.
  const clean = () => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  const forget = atEnd(clean);
  return {
    path,
    remove() {
      clean();
      forget();
    },
  };
}

function make(prefix: string): string {
  try {
    return mkdtempSync(prefix);
  } catch (error) {
    throw new WriteError(`${prefix}…`, error as NodeJS.ErrnoException);
  }
}
