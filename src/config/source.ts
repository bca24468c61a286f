// Where a config comes from: found by cosmiconfig or named, parsed by its form, with places to point at in errors.
import { access, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, extname, resolve } from 'node:path';
import { UserError } from '../errors.js';
import type { Path } from './env.js';
import { withoutKeys } from './key-shapes.js';
import { isPlain } from './merge.js';
import type { Source } from './parsed.js';
import { quoted, shownPath, shownPlace } from './shown.js';
import { readText } from './text.js';

const NAME = 'golive-check';
const CODE = /\.[cm]?[jt]s$/;
// Far beyond every config that somebody wrote; what walks through one needs no bounds of its own.
const DEEPEST = 100;
const MOST_VALUES = 100_000;

/** @throws UserError when there is no config, or it cannot be read or parsed. */
export async function loadSource(explicit: string | undefined, cwd: string): Promise<Source> {
  if (explicit !== undefined) return readSource(resolve(cwd, explicit));
  const { searchConfig } = await import('./search.js');
  const remembered = new Map<string, Source>();
  const found = await searchConfig(cwd, async (file) => {
    const source = await readSource(file);
    remembered.set(file, source);
    return source.raw ?? undefined;
  }).catch(async (error: Error) => {
    // cosmiconfig also reads package.json for itself; our own reading of it says where it is broken.
    if (error.name === 'JSONError') await readSource(resolve(cwd, 'package.json'));
    throw error;
  });
  if (found === null) {
    throw new UserError(
      'no-config',
      `${cwd}: found no config; expected ${NAME}.yaml, ${NAME}.config.ts, .${NAME}rc, the "${NAME}" key of package.json, …`,
      `write one with: ${NAME} init    or look at a full run first: ${NAME} demo`,
    );
  }
  // cosmiconfig hands an empty file to nobody.
  const source = remembered.get(found.file) ?? (await readSource(found.file));
  return found.file.endsWith('package.json')
    ? { raw: found.config, file: source.file, placeOf: (path) => source.placeOf([NAME, ...path]) }
    : source;
}

export function isCode(file: string): boolean {
  return CODE.test(file);
}

/** Reads one named file of any supported form. */
export async function readSource(file: string): Promise<Source> {
  if (isCode(file)) return readCode(file);
  const text = await readText(file).catch((error: unknown) => refuseUnreadable(file, error));
  return parseText(file, text);
}

/** What is not there is most often a name mistyped. */
async function refuseUnreadable(file: string, error: unknown): Promise<never> {
  if (error instanceof UserError) throw error;
  const { didYouMean } = await import('./issues.js');
  const { code } = error as NodeJS.ErrnoException;
  const beside = await readdir(dirname(file)).catch((): string[] => []);
  throw new UserError(
    'unreadable-config',
    `${file}: found nothing that can be read (${code ?? 'unknown error'}); expected a config${didYouMean(
      basename(file),
      beside.filter((name) => name !== basename(file)),
    )}`,
  );
}

/** @throws UserError with the place where `text`, in the form that the file's name tells, cannot be parsed. */
export async function parseText(file: string, text: string): Promise<Source> {
  const parse =
    extname(file) === '.json'
      ? (await import('./json-source.js')).parseJson
      : (await import('./yaml-source.js')).parseYaml;
  let source: Source;
  try {
    source = parse(file, text);
  } catch (error) {
    // Parsers call themselves for each level.
    if (error instanceof RangeError) return refuseDepth(file);
    throw error;
  }
  await refuseUnbounded(source);
  return source;
}

/** A circle, and what is too deep or too much to walk through. */
async function refuseUnbounded({ raw, file, placeOf }: Source): Promise<void> {
  const open: { value: unknown; path: Path }[] = [{ value: raw, path: [] }];
  let values = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, path } = next;
    values += 1;
    if (values > MOST_VALUES)
      throw new UserError(
        'invalid-config',
        `${file}: config: found more than ${MOST_VALUES} values; expected a config as somebody writes one`,
      );
    if (path.length > DEEPEST) {
      const place = await placeOf(path.slice(0, 3)).catch(() => null);
      refuseDepth(shownPlace(file, place), `${shownPath(path.slice(0, 3))}…`);
    }
    if (Array.isArray(value)) value.forEach((one: unknown, at) => void open.push({ value: one, path: [...path, at] }));
    else if (isPlain(value))
      for (const [name, one] of Object.entries(value)) open.push({ value: one, path: [...path, name] });
  }
}

function refuseDepth(place: string, path = 'config'): never {
  throw new UserError(
    'invalid-config',
    `${place}: ${path}: found maps or lists more than ${DEEPEST} levels deep, or in a circle; expected at most ${DEEPEST} levels`,
  );
}

async function readCode(file: string): Promise<Source> {
  await access(file).catch((error: unknown) => refuseUnreadable(file, error));
  await readText(file);
  const { createJiti } = await import('jiti');
  // A config may import golive-check although it is not installed beside it: npx runs it from elsewhere.
  const own = createRequire(import.meta.url).resolve(NAME);
  const jiti = createJiti(import.meta.url, { interopDefault: true, moduleCache: false, alias: { [NAME]: own } });
  let raw: unknown;
  try {
    const loaded: unknown = await jiti.import(file, { default: true });
    raw = typeof loaded === 'function' ? await (loaded as () => unknown)() : loaded;
  } catch (error) {
    throw new UserError('unparsable-config', whyNotLoaded(file, error));
  }
  const source = { raw, file, placeOf: async () => null };
  await refuseUnbounded(source);
  return source;
}

function whyNotLoaded(file: string, error: unknown): string {
  const { message, stack } = error instanceof Error ? error : { message: String(error), stack: '' };
  const said = withoutKeys(message.split('\n')[0] ?? '');
  const expected = 'expected code that exports a config: export default { … }';
  if (said.startsWith('ParseError')) {
    const [, line, column] = /:(\d+):(\d+)\s*$/.exec(message) ?? [];
    const place = line === undefined ? null : { line: Number(line), column: Number(column) + 1 };
    return `${shownPlace(file, place)}: found code that cannot be parsed (${said.trim()}); ${expected}`;
  }
  // jiti keeps the lines of what it compiles, not the columns.
  const line = (stack ?? '').split(`${file}:`)[1]?.match(/^\d+/)?.[0];
  return `${file}${line === undefined ? '' : `:${line}`}: found code that failed with ${quoted(said)}; ${expected}`;
}
