// Files that a user wrote: UTF-8, or refused with the place of what is not.
import { readFile, stat } from 'node:fs/promises';
import { UserError } from '../errors.js';

/**
 * The text of a file, without the byte order mark that Windows editors put before it. An error of the file system is
 * thrown as it is.
 * @throws UserError where it is not UTF-8. `asked`: what named the file, as the message begins.
 */
export async function readText(file: string, asked = ''): Promise<string> {
  const bytes = await readFile(file);
  const text = bytes.toString('utf8');
  // What is no UTF-8 was replaced, and is three other bytes now.
  const again = Buffer.from(text);
  if (again.equals(bytes)) return text.replace(/^\uFEFF/, '');
  const at = bytes.findIndex((byte, index) => byte !== again[index]);
  const lines = bytes.subarray(0, at).toString('utf8').split('\n');
  const byte = `0x${(bytes[at] ?? 0).toString(16).padStart(2, '0').toUpperCase()}`;
  throw new UserError(
    'not-utf8',
    `${asked}${file}:${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}: found the byte ${byte}, which is not UTF-8; expected text in UTF-8: save the file in that encoding`,
  );
}

/** Larger files hold something else than what a project says of itself. */
const LARGEST = 1_048_576;

/** For hints alone; null: there is no such file, or none that can be read. */
export async function textOfSmallFile(file: string): Promise<string | null> {
  try {
    const found = await stat(file);
    return found.isFile() && found.size <= LARGEST ? await readFile(file, 'utf8') : null;
  } catch {
    return null;
  }
}
