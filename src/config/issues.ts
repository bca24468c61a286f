// Turns zod's issues into lines for people: place, what was found, what was expected, the nearest valid choice.
import { closest, distance } from 'fastest-levenshtein';
import type * as z from 'zod/mini';
import type { Path } from './env.js';
import { secrecyAt, supportedKeysOf } from './marks.js';
import { isPlain, own } from './merge.js';
import { quoted, shownValue } from './shown.js';
import { alongPath } from './walk.js';

type Issue = z.core.$ZodIssue;

export interface Complaint {
  path: Path;
  text: string;
}

/** `raw` is the config as written: values are shown before references were filled in. */
export function explainIssues(issues: readonly Issue[], raw: unknown, schema: z.core.$ZodType): Complaint[] {
  return issues.flatMap((issue) => explain(issue, raw, schema));
}

function explain(issue: Issue, raw: unknown, schema: z.core.$ZodType): Complaint[] {
  const path = issue.path as Path;
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, path);
    return issue.keys.map((key) => ({
      path: [...path, key],
      text: `found the unknown key ${quoted(key)}; expected one of ${known.toSorted().join(', ')}${didYouMean(key, known)}`,
    }));
  }
  const meant = issue.code === 'invalid_union' ? branchMeant(issue, at(raw, path)) : null;
  if (meant !== null)
    return explainIssues(
      meant.map((one) => ({ ...one, path: [...issue.path, ...one.path] })),
      raw,
      schema,
    );
  const found =
    issue.code === 'invalid_key' ? `found the key ${quoted(String(path.at(-1)))}` : show(at(raw, path), path, schema);
  return [{ path, text: `${found}; expected ${expectation(issue, raw)}` }];
}

/** Of several forms, the only one that is a map where a map was written: its own complaints say more. */
function branchMeant(issue: z.core.$ZodIssueInvalidUnion, written: unknown): readonly Issue[] | null {
  if (!isPlain(written)) return null;
  const maps = issue.errors.filter((issues) => !issues.some((one) => one.path.length === 0 && isOtherForm(one)));
  const [only, ...others] = maps;
  return only === undefined || only.length === 0 || others.length > 0 ? null : only;
}

function isOtherForm({ code }: Issue): boolean {
  return code === 'invalid_type' || code === 'invalid_value' || code === 'invalid_union';
}

function expectation(issue: Issue, raw: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.message.startsWith('Invalid input') ? article(issue.expected) : issue.message;
    case 'invalid_value': {
      const choices = issue.values.map(String);
      const written = at(raw, issue.path as Path);
      return `${choices.length === 1 ? '' : 'one of '}${choices.join(', ')}${typeof written === 'string' ? didYouMean(written, choices) : ''}`;
    }
    case 'too_small':
      if (issue.inclusive === false) return `a number above ${issue.minimum}`;
      return `${issue.origin === 'string' || issue.origin === 'array' ? 'at least' : 'a number of at least'} ${issue.minimum}${unit(issue.origin, Number(issue.minimum))}`;
    case 'too_big':
      return `at most ${issue.maximum}${unit(issue.origin, Number(issue.maximum))}`;
    case 'invalid_union':
      // A form with a message of its own says more.
      if (issue.message === 'Invalid input') return forms(issue) ?? issue.message;
      return issue.message.replace(/^Invalid discriminator value\. Expected /, '');
    case 'invalid_key':
      return issue.issues[0]?.message ?? issue.message;
    default:
      return issue.message;
  }
}

/** "a string or null": of a union of simple forms; null: it is none. */
function forms({ errors, path }: z.core.$ZodIssueInvalidUnion): string | null {
  const simple = errors.flatMap(([only, ...others]) =>
    only === undefined || others.length > 0 || only.path.length > 0 ? [] : [expectation({ ...only, path }, undefined)],
  );
  return simple.length === 0 || simple.length < errors.length ? null : [...new Set(simple)].join(' or ');
}

function unit(origin: string, amount: number): string {
  if (origin === 'string') return amount === 1 ? ' character' : ' characters';
  if (origin === 'array') return amount === 1 ? ' entry' : ' entries';
  return '';
}

function article(type: string): string {
  return (
    { int: 'a whole number', record: 'a map', array: 'a list', object: 'a map', null: 'null' }[type] ??
    (type === 'undefined' ? 'nothing' : `a ${type}`)
  );
}

export function didYouMean(word: string, known: readonly string[]): string {
  const best = nearest(word, known);
  return best === null ? '' : `; did you mean "${best}"?`;
}

/** The valid word nearest to a wrong one, where one is near enough to be meant. */
export function nearest(word: string, known: readonly string[]): string | null {
  const plain = known.map((one) => one.toLowerCase());
  const best = plain.length === 0 ? null : closest(word.toLowerCase(), plain);
  if (best === null || distance(word.toLowerCase(), best) > Math.max(2, Math.floor(word.length / 2))) return null;
  return known[plain.indexOf(best)] ?? null;
}

function show(value: unknown, path: Path, schema: z.core.$ZodType): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'string' && secrecyAt(schema, path) === 'credential') return 'found a string';
  return `found ${shownValue(value)}`;
}

export function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => {
    if (Array.isArray(inner)) return inner[Number(key)];
    return isPlain(inner) ? own(inner, String(key)) : undefined;
  }, value);
}

/** The keys that a config may have at a path. */
export function keysAt(schema: z.core.$ZodType, path: Path): string[] {
  const forms = alongPath(schema, path)[path.length] ?? [];
  return [...new Set(forms.flatMap(supportedKeysOf))];
}
