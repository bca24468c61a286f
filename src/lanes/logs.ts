// Log files of the user's client: what a run added to them counts as its output. However long, sparse or endless they
// are, little of them is read, and nothing is waited for.
import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import type { ProcessFacts } from '../evidence/run.js';
import type { Redactor } from '../redaction/redact.js';
import { inLane, LANE_PLACE } from './directory.js';
import { keepText } from './kept.js';
import type { LanesOptions } from './options.js';
import type { Printed } from './process.js';

export interface LogReader {
  /** What was added since the last look (or since the reader was made). */
  added(): Printed;
  /** Why a file was not read, as "app.log is a folder". */
  unread(): string[];
}

// Of what was added to one file, from its beginning and from its end.
const READ_BYTES = 1024 * 1024;

export function readLogs({ client, target }: Pick<LanesOptions, 'client' | 'target'>, directory: string): LogReader {
  const from = resolve(target.directory, client.cwd ?? '.');
  const files = client.logs.map((name) => ({ name, path: resolve(from, inLane(name, directory)), seen: 0 }));
  for (const file of files) file.seen = sizeOf(file.path);
  return {
    added() {
      const kept = keepText();
      let bytes = 0;
      let isCut = false;
      for (const file of files) {
        const size = sizeOf(file.path);
        // A file that shrank was rotated: all of it is new.
        const start = size < file.seen ? 0 : file.seen;
        // What is added from now on is the next look's.
        const length = size - start;
        if (length > 0) readBothEnds(kept.add, file.path, start, size);
        if (length > 2 * READ_BYTES) isCut = true;
        bytes += length;
        file.seen = size;
      }
      return { text: kept.text(), bytes, isCut: isCut || kept.isCut() };
    },
    unread: () =>
      files.flatMap(({ name, path }) => {
        const stats = statsOf(path);
        return stats === null || stats.isFile() ? [] : [`${name} is ${kindOf(stats)}`];
      }),
  };
}

/** Whether several runs at once write to the same file, so that a line cannot be told to be of one of them. */
export function sharesLogs({ client }: Pick<LanesOptions, 'client'>): boolean {
  return client.service === undefined && client.logs.some((path) => !path.includes(LANE_PLACE));
}

/** For a run's facts. */
export function unreadIn(logs: LogReader, redactor: Redactor): Pick<ProcessFacts, 'unreadLogs'> {
  const unread = logs.unread().map((one) => redactor.redact(one).text);
  return unread.length === 0 ? {} : { unreadLogs: unread };
}

/** 0 where there is no file (yet): what is none has no end, and may keep whoever opens it waiting. */
function sizeOf(path: string): number {
  const stats = statsOf(path);
  return stats?.isFile() === true ? stats.size : 0;
}

function statsOf(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a folder';
  if (stats.isFIFO()) return 'a pipe';
  return stats.isSocket() ? 'a socket' : 'a device';
}

/** Of what stands from `start` to `end`. A file that cannot be read has nothing. */
function readBothEnds(add: (text: string) => void, path: string, start: number, end: number): void {
  withFile(path, (file) => {
    if (end - start <= 2 * READ_BYTES) {
      add(read(file, start, end));
      return;
    }
    add(read(file, start, start + READ_BYTES));
    add('\n');
    add(read(file, end - READ_BYTES, end));
  });
}

/** Without the parts of characters at both ends. */
function read(file: number, start: number, end: number): string {
  const bytes = Buffer.alloc(end - start);
  let length = 0;
  for (let got = 1; got > 0 && length < bytes.length; length += got)
    got = readSync(file, bytes, length, bytes.length - length, start + length);
  let first = 0;
  while (first < LONGEST_REST && isContinuation(bytes[first])) first += 1;
  return new StringDecoder('utf8').write(bytes.subarray(first, length));
}

// Of a character in UTF-8 (RFC 3629), behind its first byte.
const LONGEST_REST = 3;

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && byte >> 6 === 0b10;
}

function withFile(path: string, use: (file: number) => void): void {
  try {
    // It may have become a pipe since it was looked at.
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      if (fstatSync(file).isFile()) use(file);
    } finally {
      closeSync(file);
    }
  } catch {
    // It was removed, or is another user's.
  }
}
