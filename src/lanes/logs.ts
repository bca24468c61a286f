// Log files of the user's client: what a run added to them counts as its output.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { inLane, LANE_PLACE } from './directory.js';
import { keepText } from './kept.js';
import type { LanesOptions } from './options.js';
import type { Printed } from './process.js';

export interface LogReader {
  /** What was added since the last look (or since the reader was made). */
  added(): Printed;
}

const CHUNK_BYTES = 256 * 1024;

export function readLogs({ client, target }: Pick<LanesOptions, 'client' | 'target'>, directory: string): LogReader {
  const from = resolve(target.directory, client.cwd ?? '.');
  const files = client.logs.map((path) => ({ path: resolve(from, inLane(path, directory)), seen: 0 }));
  for (const file of files) file.seen = sizeOf(file.path);
  return {
    added() {
      const kept = keepText();
      let bytes = 0;
      for (const file of files) {
        const size = sizeOf(file.path);
        // A file that shrank was rotated: all of it is new.
        bytes += readInto(kept.add, file.path, size < file.seen ? 0 : file.seen, size);
        file.seen = size;
      }
      return { text: kept.text(), bytes, isCut: kept.isCut() };
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

/** Bytes read, at most from `start` to `end`. */
function readInto(add: (text: string) => void, path: string, start: number, end: number): number {
  const decoder = new StringDecoder('utf8');
  const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, Math.max(0, end - start)));
  let at = start;
  withFile(path, (file) => {
    while (at < end) {
      const read = readSync(file, chunk, 0, Math.min(chunk.length, end - at), at);
      if (read === 0) break;
      add(decoder.write(chunk.subarray(0, read)));
      at += read;
    }
  });
  add(decoder.end());
  return at - start;
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
