// Log files of the user's client: what a run added to them counts as its output.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import { inLane, LANE_PLACE } from './directory.js';
import type { LanesOptions } from './options.js';

export interface LogReader {
  /** What was added since the last look (or since the reader was made), at most 1 MiB of each file. */
  added(): string;
}

const KEPT_BYTES = 1024 * 1024;

export function readLogs({ client, target }: Pick<LanesOptions, 'client' | 'target'>, directory: string): LogReader {
  const from = resolve(target.directory, client.cwd ?? '.');
  const files = client.logs.map((path) => ({ path: resolve(from, inLane(path, directory)), seen: 0 }));
  for (const file of files) file.seen = sizeOf(file.path);
  return {
    added() {
      return files
        .map((file) => {
          const size = sizeOf(file.path);
          // A file that shrank was rotated: all of it is new.
          const start = size < file.seen ? 0 : file.seen;
          file.seen = size;
          return tailOf(file.path, Math.max(start, size - KEPT_BYTES), size);
        })
        .join('');
    },
  };
}

/** Whether several runs at once write to the same file, so that a line cannot be told to be of one of them. */
export function sharesLogs({ client }: Pick<LanesOptions, 'client'>): boolean {
  return client.service === undefined && client.logs.some((path) => !path.includes(LANE_PLACE));
}

function sizeOf(path: string): number {
  return withFile(path, (file) => fstatSync(file).size) ?? 0;
}

function tailOf(path: string, start: number, end: number): string {
  const bytes = Buffer.alloc(Math.max(0, end - start));
  const read = withFile(path, (file) => readSync(file, bytes, 0, bytes.length, start)) ?? 0;
  return bytes.toString('utf8', 0, read);
}

/** null: the file is not there (yet), or cannot be read. */
function withFile<T>(path: string, use: (file: number) => T): T | null {
  try {
    const file = openSync(path, 'r');
    try {
      return use(file);
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
}
