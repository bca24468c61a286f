// Every regular expression of src takes time in proportion to what it reads: proven by recheck from its automaton or, where
// that is large or the expression is in unproven.ts, attacked with runs of its own characters. Those made by new RegExp()
// as a module loads are taken from there.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parse } from 'acorn';
import { transformSync } from 'esbuild';
import { expect, it, vi } from 'vitest';
import { pumped, steepStep } from '../helpers/linear.js';
import { MADE_AT_RUN_TIME, OF_OURS, WITH_LOOK_AHEAD } from './unproven.js';

// Compiled to JavaScript, it is loaded into this process: no binary, no clock.
process.env.RECHECK_BACKEND = 'pure';
const { checkSync } = createRequire(import.meta.url)('recheck') as typeof import('recheck');

const SRC = new URL('../../src/', import.meta.url).pathname;
// Not published.
const LEFT_OUT = /^dev\//;
const ATTACK_CHARACTERS = 32 * 1024;
const USUAL = ['a', '0', ' ', '\n', '-', '.', ':', '/', '<', '"', '(', '=', 'a.'];

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts') && !LEFT_OUT.test(file))
  .map((file) => ({ file, ...foundIn(readFileSync(join(SRC, file), 'utf8')) }));
const loaded = await madeWhileLoading(files.filter(({ made }) => made.length > 0).map(({ file }) => file));
const textOf = ({ source, flags }: RegExp) => `/${source}/${flags}`;
const expressions = new Map(
  [...files.flatMap(({ literals }) => literals), ...loaded.values()].flat().map((one) => [textOf(one), one]),
);
const named = [...expressions];

interface Found {
  literals: RegExp[];
  /** Calls of new RegExp() outside of functions. */
  made: string[];
  /** The same inside of functions. */
  madeLater: string[];
}

function foundIn(text: string): Found {
  const { code } = transformSync(text, { loader: 'ts', format: 'esm', target: 'esnext' });
  const found: Found = { literals: [], made: [], madeLater: [] };
  const walk = (node: unknown, isLater: boolean): void => {
    if (typeof node !== 'object' || node === null || node instanceof RegExp) return;
    const { regex, type, callee, start, end } = node as Partial<Written>;
    if (regex !== undefined) found.literals.push(new RegExp(regex.pattern, regex.flags));
    if (callee?.name === 'RegExp') found[isLater ? 'madeLater' : 'made'].push(code.slice(start, end));
    const isFunction = /Function/.test(type ?? '');
    for (const inner of Object.values(node)) walk(inner, isLater || isFunction);
  };
  walk(parse(code, { ecmaVersion: 'latest', sourceType: 'module' }), false);
  return found;
}

interface Written {
  type: string;
  start: number;
  end: number;
  regex: { pattern: string; flags: string };
  callee: { name?: string };
}

/** By file, what its module makes of new RegExp() as it loads. */
async function madeWhileLoading(names: readonly string[]): Promise<Map<string, RegExp[]>> {
  const made = new Map<string, RegExp[]>(names.map((name) => [name, []]));
  const Native = globalThis.RegExp;
  globalThis.RegExp = new Proxy(Native, {
    construct(target, given: [string, string?], newTarget) {
      const one = Reflect.construct(target, given, newTarget) as RegExp;
      const caller = new Error().stack?.split('\n')[2] ?? '';
      const name = names.find((file) => caller.includes(join(SRC, file)));
      if (name !== undefined) made.get(name)?.push(one);
      return one;
    },
  });
  try {
    vi.resetModules();
    for (const name of names) await import(join(SRC, name));
  } finally {
    globalThis.RegExp = Native;
  }
  return made;
}

/** What repeats nothing without end reads each start a bounded time; a look-behind in front only leaves starts out. */
function provable({ source, flags }: RegExp): string | null {
  const repeating = source.replace(/^\(\?<[!=](?:\[(?:[^\]\\]|\\.)*\]|[^()\\]|\\.)*\)/, '');
  if (!/(?<!\\)[*+]|\{\d+,\}/.test(repeating)) return null;
  return flags.includes('y') ? `^(?:${repeating})` : repeating;
}

/** For which the automaton is built within a second. */
function isSmall({ source, flags }: RegExp): boolean {
  return source.length <= 24 && !flags.includes('i') && !source.includes('\\b') && !source.includes('{');
}

const ofOurs = new Set(OF_OURS.map(textOf));
const unproven = new Set([...ofOurs, ...WITH_LOOK_AHEAD.map(textOf)]);
const attacked = named
  .filter(([name, one]) => provable(one) !== null && (unproven.has(name) || !isSmall(one)))
  .filter(([name]) => !ofOurs.has(name));

it('each is proven, or listed', () => {
  expect(named.length).toBeGreaterThan(300);
  const open = named.flatMap(([name, expression]) => {
    const source = provable(expression);
    if (source === null || !isSmall(expression) || unproven.has(name)) return [];
    const { status } = checkSync(source, expression.flags.replace(/[dgy]/g, ''), {
      checker: 'automaton',
      timeout: null,
    });
    return status === 'safe' ? [] : [name];
  });
  expect(open).toEqual([]);
});

it('each that is made as a module loads is among them', () => {
  expect(files.flatMap(({ made }) => made).length).toBeGreaterThan(10);
  for (const { file, made } of files) expect(loaded.get(file)?.length ?? 0, file).toBeGreaterThanOrEqual(made.length);
});

it('each that is made later is listed with a reason', () => {
  const later = files.flatMap(({ file, madeLater }) => madeLater.map((text) => `${file}: ${text}`));
  expect(later.toSorted()).toEqual(Object.keys(MADE_AT_RUN_TIME).toSorted());
});

it('what is listed is there', () => {
  expect([...unproven].filter((name) => !expressions.has(name))).toEqual([]);
});

it.each(attacked)('%s withstands', async (_name, { source, flags }) => {
  const expression = new RegExp(source, flags.includes('g') ? flags : `${flags}g`);
  const words = [...new Set(source.match(/[A-Za-z]{3,}|-{3,}/g))].slice(0, 6);
  const units = [...USUAL, ...words.flatMap((word) => [word, `${word} `])];
  const starts = ['', ...words.slice(0, 1)];
  for (const start of starts)
    for (const unit of units) {
      const steep = await steepStep(
        (text) => text.replace(expression, ''),
        pumped(unit, start, '\0'),
        ATTACK_CHARACTERS,
      );
      expect(steep, JSON.stringify([start, unit])).toBeNull();
    }
});
