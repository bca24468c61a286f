// Every regular expression of src takes time in proportion to what it reads: proven by recheck from its automaton or, where
// that is large or the expression is in unproven.ts, attacked with runs of its own characters.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parse } from 'acorn';
import { transformSync } from 'esbuild';
import { expect, it } from 'vitest';
import { pumped, steepStep } from '../helpers/linear.js';
import { OF_OURS, WITH_LOOK_AHEAD } from './unproven.js';

// Compiled to JavaScript, it is loaded into this process: no binary, no clock.
process.env.RECHECK_BACKEND = 'pure';
const { checkSync } = createRequire(import.meta.url)('recheck') as typeof import('recheck');

const SRC = new URL('../../src/', import.meta.url).pathname;
// Not published, and under rebuilding.
const LEFT_OUT = /^(dev|redact)\/|^evidence\/redact\.ts$/;
const ATTACK_CHARACTERS = 32 * 1024;
const USUAL = ['a', '0', ' ', '\n', '-', '.', ':', '/', '<', '"', '(', '=', 'a.'];

const expressions = new Map(
  readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts') && !LEFT_OUT.test(file))
    .flatMap((file) => literalsIn(readFileSync(join(SRC, file), 'utf8')))
    .map((one) => [`/${one.source}/${one.flags}`, one]),
);
const named = [...expressions];

function literalsIn(text: string): RegExp[] {
  const { code } = transformSync(text, { loader: 'ts', format: 'esm', target: 'esnext' });
  const found: RegExp[] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null || node instanceof RegExp) return;
    const { regex } = node as { regex?: { pattern: string; flags: string } };
    if (regex !== undefined) found.push(new RegExp(regex.pattern, regex.flags));
    for (const inner of Object.values(node)) walk(inner);
  };
  walk(parse(code, { ecmaVersion: 'latest', sourceType: 'module' }));
  return found;
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

const textOf = ({ source, flags }: RegExp) => `/${source}/${flags}`;
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
