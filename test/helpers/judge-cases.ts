// The case table of a judge. Each case is judged on frozen plain JSON, twice; the table must name every verdict code
// that the check's file, or the shared judge that it calls, can give.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { judgeWith } from '../../src/checks/define.js';
import type { Check, Verdict } from '../../src/checks/verdict.js';
import { type Contract, type ContractInput, contractSchema } from '../../src/config/schema.js';
import type { Evidence, EvidenceKey, GatheredMap } from '../../src/evidence/map.js';
import { namedAttempts } from '../../src/report/attempts.js';
import { EXAMPLES, type Example } from '../../src/views/examples.js';

export interface JudgeCase<N extends EvidenceKey> {
  outcome: Verdict['outcome'];
  evidence: Readonly<Pick<Evidence, N>>;
  /** Laid over an empty contract. */
  contract?: ContractInput;
  /** What `because` must say. */
  says?: RegExp;
  /** What its figures must be. */
  figures?: Pick<Verdict, 'expected' | 'measured'>;
  /** What the case is about, where the code does not say it. */
  name?: string;
}

export type JudgeCases<N extends EvidenceKey> = Readonly<Record<string, readonly JudgeCase<N>[]>>;

export interface JudgeOptions {
  /** Source of the check, where it is not src/checks/<kind>/<id>.ts. */
  source?: string;
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
// Where `npm run examples` collects them.
const EXAMPLES_TO = process.env.GOLIVE_EXAMPLES;
const SHARED = 'src/checks/shared';
const CODE_SHAPE = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f-\u009f]/;
const FIGURE = /^(?!.*(?:undefined|NaN|\[object |Infinity)).*\S/s;
const UNFILLED = /\bundefined\b|\bNaN\b|\[object |\bInfinity\b/;

export function judgeCases<const N extends EvidenceKey>(
  check: Check<N>,
  cases: JudgeCases<N>,
  options: JudgeOptions = {},
): void {
  describe(check.id, () => {
    for (const [code, members] of Object.entries(cases)) {
      for (const [at, one] of members.entries()) it(titleOf(code, one, at), () => judgeCase(check, code, one));
    }
    it('gives `explain` its examples', () => {
      const made = exampleOf(check, cases);
      if (EXAMPLES_TO === undefined) expect(EXAMPLES[check.id]).toEqual(made);
      else writeFileSync(`${EXAMPLES_TO}/${check.id}.json`, JSON.stringify(made));
    });
    it('has a complete and consistent case table', () => {
      const source = options.source ?? readSource(`src/checks/${check.kind}/${check.id}.ts`);
      expect(faultsOfTable(cases, source)).toEqual([]);
    });
  });
}

/** What the first case of each outcome makes a report say. */
function exampleOf<N extends EvidenceKey>(check: Check<N>, cases: JudgeCases<N>): Example {
  const all = Object.values(cases).flat();
  const said = (outcome: 'pass' | 'fail') => {
    const some = all
      .filter((each) => each.outcome === outcome)
      .map(({ evidence, contract = {} }) => judgeWith(check, evidence, contractSchema.parse(contract)));
    // What a statement rests on where it was put to the test is no example of one.
    return (some.find(({ basis }) => basis === undefined) ?? some[0])?.because ?? '';
  };
  return { pass: said('pass'), fail: said('fail') };
}

function titleOf<N extends EvidenceKey>(code: string, { outcome, name }: JudgeCase<N>, at: number): string {
  return `${outcome} ${code}${name === undefined ? (at === 0 ? '' : ` (${at + 1})`) : `: ${name}`}`;
}

function judgeCase<N extends EvidenceKey>(check: Check<N>, code: string, one: JudgeCase<N>): void {
  const contract: Contract = deepFreeze(contractSchema.parse(one.contract ?? {}));
  const exchanges = exchangesIn(one.evidence);
  const evidence = deepFreeze(plain(one.evidence));
  expect(evidence, 'evidence is plain JSON').toEqual(one.evidence);

  const verdict = judgeWith(check, evidence, contract);
  expect(judgeWith(check, evidence, contract), 'judging twice gives one verdict').toEqual(verdict);
  expect({ outcome: verdict.outcome, code: verdict.code, because: verdict.because }).toEqual({
    outcome: one.outcome,
    code,
    because: verdict.because,
  });
  expect(verdict.code).toMatch(CODE_SHAPE);
  if (one.says !== undefined) expect(verdict.because).toMatch(one.says);
  expect(faultsOfText(verdict.because)).toEqual([]);
  expect(verdict).toMatchObject(one.figures ?? {});
  for (const figure of [verdict.expected, verdict.measured]) if (figure !== undefined) expect(figure).toMatch(FIGURE);

  expect(
    verdict.at.filter((id) => !exchanges.has(id)),
    'every id in `at` is an exchange or attempt of the evidence',
  ).toEqual([]);
  expect(new Set(verdict.at).size, 'no id twice in `at`').toBe(verdict.at.length);
  const attempts = verdict.at.filter((id) => 'fault' in (exchanges.get(id) as object));
  const shown = namedAttempts(gatheredOf(evidence), new Set(verdict.at));
  const ids = shown.map(({ id }) => id);
  expect(ids, 'the report shows every attempt in `at`').toEqual(expect.arrayContaining(attempts));
  expect(new Set(ids).size, 'and none twice').toBe(ids.length);
  // What was read in files, or stated, is no exchange: the words name the place.
  if (verdict.outcome === 'fail' && check.kind !== 'attestation' && check.kind !== 'source')
    expect(verdict.at, 'a failure shows what was seen').not.toEqual([]);
}

/** A sentence begins with a capital; "broken JSON: 400, …" is a list and may end as it likes. */
export function faultsOfText(because: string): string[] {
  const faults: string[] = [];
  if (because.trim() === '') faults.push('says nothing');
  if (because !== because.trim()) faults.push('has space around it');
  if (CONTROL_CHARACTERS.test(because)) faults.push('contains a control character');
  if (UNFILLED.test(because)) faults.push(`has a hole: ${because}`);
  if (/^[A-Z]/.test(because) && !because.endsWith('.')) faults.push(`ends without a full stop: ${because}`);
  return faults;
}

/** What is wrong with a table, in words; empty when it is complete. */
export function faultsOfTable(cases: Readonly<Record<string, readonly JudgeCase<never>[]>>, source: string): string[] {
  const helpers = calledBy(source, sharedFunctions());
  const written = new Set([source, ...helpers.filter(isJudge)].flatMap(codesIn));
  const borrowed = new Set(helpers.flatMap(codesIn));
  const faults: string[] = [];
  for (const code of written) if ((cases[code]?.length ?? 0) === 0) faults.push(`no case for the code "${code}"`);
  for (const code of Object.keys(cases))
    if (!written.has(code) && !borrowed.has(code)) faults.push(`the check gives no code "${code}"`);
  const all = Object.values(cases).flat();
  for (const outcome of ['pass', 'fail'] as const)
    if (!all.some((one) => one.outcome === outcome)) faults.push(`no case for "${outcome}"`);
  const seen = new Map<string, string>();
  for (const [code, members] of Object.entries(cases)) {
    for (const [at, one] of members.entries()) {
      const title = titleOf(code, one, at);
      const content = JSON.stringify([one.evidence, contractSchema.parse(one.contract ?? {})]);
      const twin = seen.get(content);
      if (twin !== undefined) faults.push(`"${title}" repeats the case "${twin}"`);
      seen.set(content, title);
    }
  }
  return faults;
}

/** Verdict codes written in a file: the first argument of each call that makes a verdict. */
export function codesIn(source: string): string[] {
  const calls = [...source.matchAll(/\b(?:pass|fail|inconclusive|notApplicable)\(/g)];
  return calls.flatMap((call) => {
    const argument = firstArgument(source.slice((call.index ?? 0) + call[0].length));
    const name = /^[A-Za-z_$][\w$]*$/.exec(argument)?.[0];
    const chosen = name === undefined ? argument : definitionOf(source, name);
    const codes = stringsChosenIn(chosen);
    if (codes.length === 0) throw new Error(`cannot tell which code ${call[0]}${argument}, …) gives`);
    return codes;
  });
}

/** Each exported function of src/checks/shared, from its name on. */
function sharedFunctions(): string[] {
  const files = readdirSync(`${ROOT}${SHARED}`).filter((file) => file.endsWith('.ts'));
  return files.flatMap((file) =>
    readSource(`${SHARED}/${file}`)
      .split(/^export function /m)
      .slice(1),
  );
}

/** Those that a text calls, and those that they call. */
function calledBy(text: string, functions: readonly string[]): string[] {
  const called = functions.filter((one) => text.includes(`${nameOf(one)}(`));
  const rest = functions.filter((one) => !called.includes(one));
  return [...called, ...(called.length === 0 ? [] : calledBy(called.join('\n'), rest))];
}

/** A shared judge decides for its checks, so their tables owe a case to each of its codes; a guard is tried elsewhere. */
function isJudge(text: string): boolean {
  return nameOf(text).startsWith('judge');
}

function nameOf(text: string): string {
  return /^\w+/.exec(text)?.[0] ?? '';
}

function readSource(path: string): string {
  return readFileSync(`${ROOT}${path}`, 'utf8');
}

function firstArgument(text: string): string {
  let depth = 0;
  let quote = '';
  for (const [at, character] of [...text].entries()) {
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (`'"\``.includes(character)) quote = character;
    else if ('([{'.includes(character)) depth += 1;
    else if (depth > 0 && ')]}'.includes(character)) depth -= 1;
    else if (depth === 0 && ',)'.includes(character)) return [...text].slice(0, at).join('').trim();
  }
  return text.trim();
}

function definitionOf(source: string, name: string): string {
  return new RegExp(`const ${name}(?::[^=]+)? =([^;]*);`).exec(source)?.[1]?.trim() ?? '';
}

/** A literal, or the branches of a ternary; the strings of its condition are no codes. */
function stringsChosenIn(expression: string): string[] {
  const literal = /^'([^']+)'$/.exec(expression)?.[1];
  if (literal !== undefined) return [literal];
  return [...expression.matchAll(/[?:]\s*'([^']+)'/g)].flatMap((match) => match[1] ?? []);
}

function gatheredOf(evidence: Readonly<Partial<Evidence>>): GatheredMap {
  return Object.fromEntries(Object.entries(evidence).map(([key, value]) => [key, { ok: true, value }]));
}

function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** Every exchange in a piece of evidence, by id; one id must not mean two different exchanges. */
function exchangesIn(evidence: unknown): Map<string, unknown> {
  const found = new Map<string, unknown>();
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('id' in value && 'request' in value && typeof value.id === 'string') {
      if (found.has(value.id)) expect(value, `one exchange behind the id ${value.id}`).toEqual(found.get(value.id));
      found.set(value.id, value);
    }
    for (const inner of Object.values(value)) walk(inner);
  };
  walk(evidence);
  return found;
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const inner of Object.values(value)) deepFreeze(inner);
  return Object.freeze(value);
}
