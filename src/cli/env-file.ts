import { parseEnv } from 'node:util';
import { readText } from '../config/text.js';
import { UserError } from '../errors.js';

/** The process environment, with the variables of a .env file below it: what is already set, and not empty, wins. */
export async function environmentWith(file: string | undefined): Promise<NodeJS.ProcessEnv> {
  if (file === undefined) return process.env;
  const text = await readText(file, '--env-file: ').catch((error: unknown) => {
    if (error instanceof UserError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new UserError(
      'unreadable-env-file',
      `--env-file: ${file} cannot be read (${code}); expected a file with lines such as API_KEY=…`,
    );
  });
  const fromFile = parseEnv(text);
  const set = Object.entries(process.env).filter(([name, value]) => value !== '' || !Object.hasOwn(fromFile, name));
  return { ...fromFile, ...Object.fromEntries(set) };
}
