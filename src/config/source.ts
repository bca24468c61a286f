// Where a config comes from: found by cosmiconfig or named, parsed by its form, with lines to point at in errors.
import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { UserError } from '../errors.js';
import type { Path } from './env.js';

export interface Source {
  raw: unknown;
  file: string;
  /** Line of the value at `path` (or of its nearest parent), where the form has lines. */
  lineOf(path: Path): Promise<number | null>;
}

const NAME = 'golive-check';
const CODE = ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs'];
export const SEARCH_PLACES: readonly string[] = [
  ...['ts', 'mts', 'js', 'mjs', 'cjs', 'json', 'yaml', 'yml'].map((form) => `${NAME}.config.${form}`),
  ...['yaml', 'yml', 'json'].map((form) => `${NAME}.${form}`),
  ...['', '.json', '.yaml', '.yml', '.ts', '.js', '.mjs', '.cjs'].map((form) => `.${NAME}rc${form}`),
  'package.json',
];

/** @throws UserError when there is no config, or it cannot be read or parsed. */
export async function loadSource(explicit: string | undefined, cwd: string): Promise<Source> {
  if (explicit !== undefined) return readSource(resolve(cwd, explicit));
  const { cosmiconfig } = await import('cosmiconfig');
  const remembered = new Map<string, Source>();
  const load = async (file: string, text: string) => {
    const source = CODE.includes(extname(file)) ? await readCode(file) : await parseText(file, text);
    remembered.set(file, source);
    return source.raw;
  };
  const loaders = Object.fromEntries(
    ['noExt', '.yaml', '.yml', '.json', ...CODE].map((extension) => [extension, load]),
  );
  const found = await cosmiconfig(NAME, {
    searchPlaces: [...SEARCH_PLACES],
    searchStrategy: 'project',
    packageProp: NAME,
    loaders,
  }).search(cwd);
  if (found === null || found.isEmpty === true) {
    throw new UserError(
      'no-config',
      `no config found in ${cwd} (looked for ${NAME}.yaml, ${NAME}.config.ts, .${NAME}rc, the "${NAME}" key of package.json, …)`,
      `write one with: ${NAME} init    or look at a full run first: ${NAME} demo`,
    );
  }
  const source = remembered.get(found.filepath);
  if (source === undefined) throw new UserError('no-config', `${found.filepath} could not be read`);
  return found.filepath.endsWith('package.json')
    ? { raw: found.config as unknown, file: source.file, lineOf: (path) => source.lineOf([NAME, ...path]) }
    : source;
}

/** Reads one named file of any supported form. */
export async function readSource(file: string): Promise<Source> {
  if (CODE.includes(extname(file))) return readCode(file);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new UserError(
      'unreadable-config',
      `${file}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`,
    );
  }
  return parseText(file, text);
}

async function parseText(file: string, text: string): Promise<Source> {
  if (extname(file) === '.json') {
    try {
      const raw: unknown = JSON.parse(text);
      // JSON is YAML as far as positions go; parsed again only when an error needs a line.
      return { raw, file, lineOf: (path) => lineIn(text, path) };
    } catch (error) {
      const { parseDocument } = await import('yaml');
      const line = parseDocument(text).errors[0]?.linePos?.[0].line;
      throw new UserError(
        'unparsable-config',
        `${file}${line === undefined ? '' : `:${line}`}: not valid JSON: ${(error as Error).message}`,
      );
    }
  }
  const { parseDocument } = await import('yaml');
  const document = parseDocument(text, { prettyErrors: true, uniqueKeys: true });
  const problem = document.errors[0];
  if (problem !== undefined) {
    throw new UserError(
      'unparsable-config',
      `${file}:${problem.linePos?.[0].line ?? 1}: not valid YAML: ${firstLine(problem.message)}`,
    );
  }
  let raw: unknown;
  try {
    raw = document.toJS({ maxAliasCount: 50 });
  } catch (error) {
    throw new UserError('unparsable-config', `${file}: ${firstLine((error as Error).message)}`);
  }
  return { raw, file, lineOf: (path) => lineIn(text, path) };
}

async function lineIn(text: string, path: Path): Promise<number | null> {
  const { LineCounter, parseDocument, isNode, isPair, isMap } = await import('yaml');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  for (let depth = path.length; depth > 0; depth -= 1) {
    const parent: unknown = document.getIn(path.slice(0, depth - 1), true);
    const last = path[depth - 1];
    const pair = isMap(parent)
      ? parent.items.find((item) => isPair(item) && String(item.key) === String(last))
      : undefined;
    const node: unknown = pair?.key ?? document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range != null) return lines.linePos(node.range[0]).line;
  }
  return text.trim() === '' ? null : 1;
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}

async function readCode(file: string): Promise<Source> {
  const { createJiti } = await import('jiti');
  // A config may import golive-check although it is not installed beside it: npx runs it from elsewhere.
  const own = new URL('./index.js', import.meta.url).pathname;
  const jiti = createJiti(import.meta.url, { interopDefault: true, moduleCache: false, alias: { [NAME]: own } });
  let raw: unknown;
  try {
    const loaded: unknown = await jiti.import(file, { default: true });
    raw = typeof loaded === 'function' ? await (loaded as () => unknown)() : loaded;
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code;
    throw new UserError(
      'unparsable-config',
      `${file}: ${missing === 'ENOENT' ? 'cannot be read (ENOENT)' : firstLine((error as Error).message)}`,
    );
  }
  return { raw, file, lineOf: async () => null };
}
