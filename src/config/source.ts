// Where a config comes from: found by cosmiconfig or named, parsed by its form, with lines to point at in errors.
import { access, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
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
const CODE = /\.[cm]?[jt]s$/;

/** @throws UserError when there is no config, or it cannot be read or parsed. */
export async function loadSource(explicit: string | undefined, cwd: string): Promise<Source> {
  if (explicit !== undefined) return readSource(resolve(cwd, explicit));
  const { searchConfig } = await import('./search.js');
  const remembered = new Map<string, Source>();
  const found = await searchConfig(cwd, async (file, text) => {
    const source = CODE.test(file) ? await readCode(file) : await parseText(file, text);
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
      `no config found in ${cwd} (looked for ${NAME}.yaml, ${NAME}.config.ts, .${NAME}rc, the "${NAME}" key of package.json, …)`,
      `write one with: ${NAME} init    or look at a full run first: ${NAME} demo`,
    );
  }
  const source = remembered.get(found.file);
  if (source === undefined || found.isEmpty)
    throw new UserError('invalid-config', `${found.file}: found an empty file; expected a map of sections`);
  return found.file.endsWith('package.json')
    ? { raw: found.config, file: source.file, lineOf: (path) => source.lineOf([NAME, ...path]) }
    : source;
}

/** Reads one named file of any supported form. */
export async function readSource(file: string): Promise<Source> {
  if (CODE.test(file)) return readCode(file);
  return parseText(file, await readFile(file, 'utf8').catch((error: unknown) => refuseUnreadable(file, error)));
}

function refuseUnreadable(file: string, error: unknown): never {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
  throw new UserError('unreadable-config', `${file}: cannot be read (${code})`);
}

/** @throws UserError with the line where `text`, in the form that the file's name tells, cannot be parsed. */
export async function parseText(file: string, written: string): Promise<Source> {
  // Windows editors put a byte order mark before JSON, too.
  const text = written.replace(/^\uFEFF/, '');
  if (extname(file) === '.json') {
    try {
      const raw: unknown = JSON.parse(text);
      // JSON is YAML as far as positions go; parsed again only when an error needs a line.
      return { raw, file, lineOf: async (path) => (await parseYaml(text)).lineOf(path) };
    } catch (error) {
      const { message } = error as Error;
      const position = /position (\d+)/.exec(message)?.[1];
      const line = position === undefined ? '' : `:${text.slice(0, Number(position)).split('\n').length}`;
      throw new UserError('unparsable-config', `${file}${line}: not valid JSON: ${message}`);
    }
  }
  const { problem, lineOf, toJS } = await parseYaml(text);
  if (problem !== null) {
    throw new UserError('unparsable-config', `${file}:${problem.line}: not valid YAML: ${problem.message}`);
  }
  try {
    const raw = toJS();
    refuseCircle(raw, file);
    return { raw, file, lineOf: async (path) => lineOf(path) };
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError('unparsable-config', `${file}: ${firstLine((error as Error).message)}`);
  }
}

/** An alias inside its own anchor has no end. */
function refuseCircle(value: unknown, file: string, around: readonly unknown[] = []): void {
  if (typeof value !== 'object' || value === null) return;
  if (around.includes(value))
    throw new UserError(
      'unparsable-config',
      `${file}: found an alias (*) inside its own anchor (&); expected no circle`,
    );
  for (const inner of Object.values(value)) refuseCircle(inner, file, [...around, value]);
}

async function parseYaml(text: string) {
  const { isMap, isNode, isPair, LineCounter, parseDocument } = await import('./yaml.js');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: true, uniqueKeys: true });
  const error = document.errors[0];
  return {
    problem: error === undefined ? null : { line: error.linePos?.[0].line ?? 1, message: withoutPlace(error.message) },
    // Bounded, so that aliases cannot blow a small file up.
    toJS: (): unknown => document.toJS({ maxAliasCount: 50 }),
    lineOf(path: Path): number | null {
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
    },
  };
}

/** The line stands before the message already. */
function withoutPlace(text: string): string {
  return firstLine(text).replace(/ at line \d+, column \d+:?$/, '');
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}

async function readCode(file: string): Promise<Source> {
  await access(file).catch((error: unknown) => refuseUnreadable(file, error));
  const { createJiti } = await import('jiti');
  // A config may import golive-check although it is not installed beside it: npx runs it from elsewhere.
  const own = createRequire(import.meta.url).resolve(NAME);
  const jiti = createJiti(import.meta.url, { interopDefault: true, moduleCache: false, alias: { [NAME]: own } });
  let raw: unknown;
  try {
    const loaded: unknown = await jiti.import(file, { default: true });
    raw = typeof loaded === 'function' ? await (loaded as () => unknown)() : loaded;
  } catch (error) {
    const { message } = error as Error;
    const line = message.startsWith('ParseError') ? /:\d+(?=:\d+\s*$)/.exec(message)?.[0] : undefined;
    throw new UserError('unparsable-config', `${file}${line ?? ''}: ${firstLine(message).trim()}`);
  }
  return { raw, file, lineOf: async () => null };
}
