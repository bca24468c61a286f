// Scripts: `503x2,ok` · `429(retry-after=2)x1,503,ok` · `hang`. The last step repeats for ever.
import { closest } from 'fastest-levenshtein';
import { ZodError } from 'zod';
import { UserError } from '../errors.js';
import type { ArmedFault, Fault } from './define.js';

export interface Step {
  /** null: answered as without faults. */
  fault: ArmedFault | null;
  /** null: from here on. */
  times: number | null;
}

export interface Script {
  text: string;
  steps: readonly Step[];
}

/** The step for the n-th attempt, from 1. */
export function stepFor(script: Script, attempt: number): Step | undefined {
  let left = attempt;
  for (const step of script.steps) {
    if (step.times === null || left <= step.times) return step;
    left -= step.times;
  }
  return script.steps.at(-1);
}

type Value = string | number | boolean | null | object;

interface Reader {
  text: string;
  at: number;
}

/** Reads a script. Throws UserError with the position of the first mistake. */
export function parseScript(text: string, faults: readonly Fault[]): Script {
  const reader: Reader = { text, at: 0 };
  const steps: Step[] = [];
  do {
    steps.push(readStep(reader, faults));
  } while (skip(reader, ','));
  if (reader.at < text.length) fail(reader, reader.at, `expected a comma, found ${JSON.stringify(text[reader.at])}`);
  const early = steps.slice(0, -1).findIndex((step) => step.times === null);
  if (early >= 0) fail(reader, 0, `step ${early + 1} repeats for ever, so the steps after it never come`);
  return { text, steps };
}

function readStep(reader: Reader, faults: readonly Fault[]): Step {
  take(reader, /\s*/y);
  const start = reader.at;
  const word = take(reader, /\d{3}|[a-zA-Z]+(-[a-zA-Z]+)*/y);
  if (word === '') {
    const found = reader.text[reader.at];
    fail(reader, start, found === undefined ? 'a step is missing' : `expected a fault, found ${JSON.stringify(found)}`);
  }
  // `hangx2`: the count may follow a name directly.
  const { name, fault } = resolve(reader, start, word, faults);
  if (fault === null) {
    if (peek(reader) === '(') fail(reader, reader.at, 'ok takes no parameters');
    return { fault, times: readTimes(reader) };
  }
  const named = skip(reader, '(') ? readArguments(reader, fault) : {};
  const times = readTimes(reader);
  return {
    fault: arm(reader, start, name, fault, /^\d/.test(name) ? { status: Number(name), ...named } : named),
    times,
  };
}

function resolve(reader: Reader, start: number, word: string, faults: readonly Fault[]) {
  const known = (name: string) => name === 'ok' || faults.some((fault) => fault.id === name);
  let name = word;
  if (!known(word) && word.endsWith('x') && known(word.slice(0, -1)) && /[\d*]/.test(reader.text[reader.at] ?? '')) {
    name = word.slice(0, -1);
    reader.at--;
  }
  if (name === 'ok') return { name, fault: null };
  const id = /^\d/.test(name) ? 'status' : name;
  const fault = faults.find((one) => one.id === id);
  if (fault !== undefined) return { name, fault };
  const ids = faults.map((one) => one.id);
  return fail(
    reader,
    start,
    `unknown fault "${name}"; did you mean "${closest(name, ids)}"?`,
    `Faults: ${ids.join(', ')}, or a status such as 503; ok for none.`,
  );
}

function readArguments(reader: Reader, fault: Fault): Record<string, Value> {
  const open = reader.at - 1;
  const params: Record<string, Value> = {};
  const others: Record<string, Value> = {};
  let position = 0;
  while (!skip(reader, ')')) {
    take(reader, /\s*/y);
    if (reader.at >= reader.text.length) fail(reader, open, 'this bracket is not closed');
    const start = reader.at;
    const written = take(reader, /[A-Za-z][\w-]*(?=\s*=)/y);
    if (written !== '') skip(reader, '=');
    const name = written === '' ? fault.positional[position++] : camel(written);
    const value = readValue(reader);
    if (name === undefined) return fail(reader, start, `${fault.id} takes no further parameter without a name`);
    if (fault.names.includes(name)) params[name] = value;
    else if (fault.others !== null) others[headerCase(written)] = String(value);
    else fail(reader, start, `${fault.id} has no parameter "${written}"; ${suggestion(camel(written), fault)}`);
    if (skip(reader, ',') || peek(reader) === ')') continue;
    if (peek(reader) === '') fail(reader, open, 'this bracket is not closed');
    fail(reader, reader.at, 'expected , or )');
  }
  if (fault.others !== null && Object.keys(others).length > 0) params[fault.others] = others;
  return params;
}

function suggestion(name: string, fault: Fault): string {
  if (fault.names.length === 0) return 'it has none';
  return `did you mean "${kebab(closest(name, [...fault.names]))}"?`;
}

function readValue(reader: Reader): Value {
  take(reader, /\s*/y);
  const start = reader.at;
  const quote = peek(reader);
  if (quote === '"' || quote === "'") {
    const quoted = take(reader, quote === '"' ? /"(?:[^"\\]|\\.)*"/y : /'(?:[^'\\]|\\.)*'/y);
    if (quoted === '') fail(reader, start, 'this quote is not closed');
    return jsonOr(quoted.slice(1, -1).replace(/\\(["'\\])/g, '$1'));
  }
  const bare = take(reader, /[^,()'"]+/y).trim();
  if (bare === '') fail(reader, start, 'a value is missing');
  // Durations are milliseconds; a unit may be written.
  const duration = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(bare);
  if (duration !== null) return Number(duration[1]) * (duration[2] === 'ms' ? 1 : duration[2] === 's' ? 1_000 : 60_000);
  if (/^-?\d+(\.\d+)?$/.test(bare)) return Number(bare);
  return bare === 'true' ? true : bare === 'false' ? false : bare;
}

function jsonOr(text: string): Value {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text) as object;
  } catch {
    return text;
  }
}

function readTimes(reader: Reader): number | null {
  take(reader, /\s*/y);
  const start = reader.at;
  const written = take(reader, /[xX]\s*(\d+|\*)/y);
  take(reader, /\s*/y);
  if (written === '') {
    if (/[xX]/.test(peek(reader))) fail(reader, start, 'a number or * must follow x');
    return 1;
  }
  const count = written.slice(1).trim();
  if (count === '*') return null;
  if (Number(count) === 0) fail(reader, start, 'a step cannot happen 0 times');
  return Number(count);
}

function arm(reader: Reader, start: number, name: string, fault: Fault, params: Record<string, Value>): ArmedFault {
  try {
    return fault.arm(params);
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    const [issue] = error.issues;
    const path = kebab(issue?.path.map(String).join('.') ?? '');
    return fail(reader, start, `${name}${path === '' ? '' : ` (${path})`}: ${issue?.message ?? 'wrong parameters'}`);
  }
}

function take(reader: Reader, pattern: RegExp): string {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text)?.[0] ?? '';
  reader.at += found.length;
  return found;
}

function skip(reader: Reader, character: string): boolean {
  take(reader, /\s*/y);
  if (reader.text[reader.at] !== character) return false;
  reader.at++;
  return true;
}

function peek(reader: Reader): string {
  return reader.text[reader.at] ?? '';
}

function fail(reader: Reader, at: number, problem: string, hint?: string): never {
  throw new UserError('script', `Script, position ${at + 1}: ${problem}\n  ${reader.text}\n  ${' '.repeat(at)}^`, hint);
}

function camel(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function headerCase(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => `${dash}${letter.toUpperCase()}`);
}
