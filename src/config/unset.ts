// What is said of a variable that a config refers to and that nobody sets.
import { join, relative } from 'node:path';
import { parseEnv } from 'node:util';
import { didYouMean } from './issues.js';
import { own } from './merge.js';
import { quoted, shownPath } from './shown.js';
import { textOfSmallFile } from './text.js';

/** Files of variables that many tools load by themselves; this one does so only when it is asked to. */
const USUAL_FILES = ['.env', '.env.local'];
export interface Places {
  environment: NodeJS.ProcessEnv;
  cwd: string;
  /** Where the config stands; the same as `cwd` where there is none. */
  directory: string;
}

/** The rest of a sentence that has named the place. Never says what a file sets the variable to. */
export async function notSet(variable: string, places: Places): Promise<string> {
  const file = await fileThatSets(variable, places);
  const expected =
    file === null
      ? `it to be set, or --env-file with a file that sets it${didYouMean(variable, Object.keys(places.environment))}`
      : `--env-file ${file}, which sets it`;
  return `the environment variable ${shownPath([variable])} is not set (or empty); expected ${expected}`;
}

/** As one would type it from `cwd`; null: none of the usual ones does. */
export async function fileThatSets(variable: string, { cwd, directory }: Places): Promise<string | null> {
  for (const folder of new Set([directory, cwd]))
    for (const name of USUAL_FILES) {
      const file = join(folder, name);
      // Only a hint rests on it: a file that cannot be read sets nothing.
      const set = parseEnv((await textOfSmallFile(file)) ?? '');
      if ((own(set, variable) ?? '') === '') continue;
      const shown = relative(cwd, file);
      return /\s/.test(shown) ? quoted(shown) : shown;
    }
  return null;
}
