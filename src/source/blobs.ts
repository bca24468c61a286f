// Reads objects of a repository: what `git cat-file --batch` prints, one object after the other.
import { gitStream, gitText, type Repository } from './git.js';

export interface Blob {
  id: string;
  /** null: it is missing, or no blob. */
  bytes: Buffer | null;
}

const NEWLINE = 10;
const HEADER = /^([0-9a-f]+) (\w+) (\d+)$/;

export async function* readBlobs(
  repository: Repository,
  ids: Iterable<string>,
  signal: AbortSignal,
): AsyncGenerator<Blob> {
  let held: Buffer = Buffer.alloc(0);
  /** The object whose bytes are being read. */
  let open: { id: string; type: string; size: number } | null = null;
  let parts: Buffer[] = [];
  let got = 0;
  for await (const chunk of gitStream(repository, ['cat-file', '--batch', '--buffer'], { signal, input: ids })) {
    let rest: Buffer = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    held = Buffer.alloc(0);
    while (rest.length > 0) {
      if (open === null) {
        const end = rest.indexOf(NEWLINE);
        if (end === -1) {
          held = rest;
          break;
        }
        const header = rest.toString('latin1', 0, end);
        const [, id, type, size] = HEADER.exec(header) ?? [];
        rest = rest.subarray(end + 1);
        if (id === undefined || type === undefined) yield { id: header.split(' ')[0] ?? '', bytes: null };
        else open = { id, type, size: Number(size) };
        parts = [];
        got = 0;
        continue;
      }
      // A newline follows the bytes.
      const part: Buffer = rest.subarray(0, open.size + 1 - got);
      rest = rest.subarray(part.length);
      parts.push(part);
      got += part.length;
      if (got <= open.size) continue;
      const bytes = (parts.length === 1 ? part : Buffer.concat(parts)).subarray(0, open.size);
      yield { id: open.id, bytes: open.type === 'blob' ? bytes : null };
      open = null;
    }
  }
}

export interface ObjectSize {
  id: string;
  /** null: the object is missing, or no blob. */
  size: number | null;
}

export async function sizesOf(
  repository: Repository,
  ids: Iterable<string>,
  signal: AbortSignal,
): Promise<ObjectSize[]> {
  const printed = await gitText(repository, ['cat-file', '--batch-check', '--buffer'], { signal, input: ids });
  return printed
    .toString('latin1')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [, id = line.split(' ')[0] ?? '', type, size] = HEADER.exec(line) ?? [];
      return { id, size: type === 'blob' ? Number(size) : null };
    });
}
