// Stored reports, as commands read them: by path, or from standard input.
import { readFile } from 'node:fs/promises';
import { text as textOf } from 'node:stream/consumers';
import { UserError } from '../errors.js';
import { clean } from '../report/text/sanitize.js';
import { readStored, type StoredReport } from '../stored/read.js';
import { version } from '../version.js';

const STDIN = '-';

/** @throws UserError where it cannot be read, or is no report */
export async function storedReport(path: string): Promise<StoredReport> {
  const isStdin = path === STDIN;
  const name = isStdin ? 'standard input' : path;
  if (isStdin && process.stdin.isTTY)
    throw new UserError(
      'no-report',
      'standard input: found a terminal; expected a JSON report, from a file or a pipe',
      'write one with: golive-check run --format json=<path>',
    );
  let text: string;
  try {
    text = await (isStdin ? textOf(process.stdin) : readFile(path, 'utf8'));
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new UserError(
      'unreadable-report',
      clean(`${name}: found nothing that can be read (${code}); expected a JSON report`),
      'write one with: golive-check run --format json=<path>',
    );
  }
  // Some editors and shells put a mark before the text.
  return readStored(text.replace(/^\uFEFF/, ''), name, version);
}

/** What a reader of the result must know of the file. */
export function warningsOf({ name, notRead }: StoredReport): string {
  if (notRead.length === 0) return '';
  return clean(`golive-check: ${name}: not read, as this version does not know it: ${notRead.join(', ')}`).concat('\n');
}
