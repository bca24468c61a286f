// Opens files of the repository under test, and nothing that lies outside of it or is no file.
import { closeSync, constants, fstatSync, openSync, readSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A larger file is not read: the verdict says so. */
export const LARGEST_BYTES = 32 * 1024 * 1024;
// As git tells text from binary files.
const LOOKED_AT = 8_000;
// Of a larger file the head is read first: where it is binary, the rest is not read.
const READ_AT_ONCE = 1024 * 1024;

export type Content =
  | { kind: 'text'; bytes: Buffer }
  | { kind: 'binary' | 'large' | 'missing' | 'link' | 'unreadable' };

// Links are not followed, and a pipe that nobody writes to is not waited for.
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Reads files below `root`; a folder on the way that is a link out of it is none of the repository's. */
export function createReader(root: string): (path: string) => Content {
  const real = realpathSync(root);
  const inside = new Map<string, boolean>();
  const isInside = (folder: string): boolean => {
    let known = inside.get(folder);
    if (known === undefined) {
      known = folder === '.' || isSame(join(real, folder));
      inside.set(folder, known);
    }
    return known;
  };
  return (path) => (isInside(dirname(path)) ? read(join(real, path)) : { kind: 'link' });
}

function isSame(folder: string): boolean {
  try {
    return realpathSync(folder) === folder;
  } catch {
    // The file is missing then, too.
    return true;
  }
}

function read(file: string): Content {
  let handle: number;
  try {
    handle = openSync(file, FLAGS);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing' };
    return { kind: code === 'ELOOP' || code === 'EMLINK' ? 'link' : 'unreadable' };
  }
  try {
    const stat = fstatSync(handle);
    if (!stat.isFile()) return { kind: 'link' };
    const head = filled(handle, stat.size > READ_AT_ONCE ? LOOKED_AT : stat.size, 0);
    if (isBinary(head)) return { kind: 'binary' };
    if (stat.size > LARGEST_BYTES) return { kind: 'large' };
    const rest = head.length < stat.size ? filled(handle, stat.size - head.length, head.length) : null;
    return { kind: 'text', bytes: asUtf8(rest === null ? head : Buffer.concat([head, rest])) };
  } catch {
    return { kind: 'unreadable' };
  } finally {
    closeSync(handle);
  }
}

function filled(handle: number, size: number, from: number): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  let got = 0;
  while (got < size) {
    const more = readSync(handle, bytes, got, size - got, from + got);
    if (more === 0) break;
    got += more;
  }
  return bytes.subarray(0, got);
}

/** What was read elsewhere: a version of a file in history. */
export function contentOf(bytes: Buffer): Content {
  return isBinary(bytes) ? { kind: 'binary' } : { kind: 'text', bytes: asUtf8(bytes) };
}

function isBinary(bytes: Buffer): boolean {
  return utf16Of(bytes) === null && bytes.subarray(0, LOOKED_AT).includes(0);
}

/** Byte order of UTF-16, as the mark at the beginning says; null: it is none. */
function utf16Of(head: Buffer): 'little' | 'big' | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'little';
  return head[0] === 0xfe && head[1] === 0xff ? 'big' : null;
}

function asUtf8(bytes: Buffer): Buffer {
  const order = utf16Of(bytes);
  if (order === null) return bytes;
  const even = Buffer.from(bytes.subarray(2, bytes.length - (bytes.length % 2)));
  return Buffer.from((order === 'big' ? even.swap16() : even).toString('utf16le'));
}
