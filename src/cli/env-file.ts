import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { UserError } from '../errors.js';

/** The process environment, with the variables of a .env file below it: what is already set wins. */
export async function environmentWith(file: string | undefined): Promise<NodeJS.ProcessEnv> {
  if (file === undefined) return process.env;
  try {
    return { ...parseEnv(await readFile(file, 'utf8')), ...process.env };
  } catch (error) {
    throw new UserError(
      'unreadable-env-file',
      `--env-file: ${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? (error as Error).message})`,
    );
  }
}
