// Imported when no config is named: finding one is cosmiconfig's work, and it is dear to load.
import { cosmiconfig } from 'cosmiconfig';

const NAME = 'golive-check';
const CODE_EXTENSIONS: readonly string[] = ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs'];
const PLACES: readonly string[] = [
  ...['ts', 'mts', 'js', 'mjs', 'cjs', 'json', 'yaml', 'yml'].map((form) => `${NAME}.config.${form}`),
  ...['yaml', 'yml', 'json'].map((form) => `${NAME}.${form}`),
  ...['', '.json', '.yaml', '.yml', '.ts', '.js', '.mjs', '.cjs'].map((form) => `.${NAME}rc${form}`),
  'package.json',
];

/** The nearest config from `cwd` up to the project's root, or null. `load` parses each candidate. */
export async function searchConfig(
  cwd: string,
  load: (file: string, text: string) => Promise<unknown>,
): Promise<{ file: string; config: unknown; isEmpty: boolean } | null> {
  const loaders = Object.fromEntries(
    ['noExt', '.yaml', '.yml', '.json', ...CODE_EXTENSIONS].map((extension) => [extension, load]),
  );
  const explorer = cosmiconfig(NAME, {
    searchPlaces: [...PLACES],
    searchStrategy: 'project',
    packageProp: NAME,
    // Its author would look for a config that was found: an empty one is told, not passed over.
    ignoreEmptySearchPlaces: false,
    loaders,
  });
  const found = await explorer.search(cwd);
  return found === null ? null : { file: found.filepath, config: found.config, isEmpty: found.isEmpty === true };
}
