// Finds secrets in bytes. An automaton picks the few places where a secret may stand; the rules read only around those.
import type { Contract } from '../config/schema.js';
import type { SecretFinding } from '../evidence/source.js';
import type { Secret } from '../redaction/secret.js';
import { createAutomaton } from './automaton.js';
import { isExample } from './examples.js';
import { fingerprintOf } from './fingerprint.js';
import { literalsOf } from './literals.js';
import { partOf } from './parts.js';
import { type Match, ownRules } from './rules.js';
import { type Lint, loadSecretlint } from './secretlint.js';
import { BEFORE, TRIGGERS, WINDOW } from './triggers.js';

/** What is scanned: the path decides which rules apply. */
export interface Scanned {
  path: string;
  bytes: Buffer;
}

export interface Scanner {
  /** Where a secret may stand; none for most files. */
  regionsOf(bytes: Buffer): Region[];
  read(file: Scanned, regions: readonly Region[]): Promise<Found[]>;
}

export interface Region {
  from: number;
  to: number;
}

/** What stands in the file, before it is known whether it is an example or allowed. */
export type Found = Omit<SecretFinding, 'path' | 'commit' | 'inMessage'> & { isExample: boolean };

// A rule reads a region of this size in some milliseconds, whatever stands in it. Regions overlap, so that a secret at the
// end of one is whole in the next.
const LARGEST_REGION = 65_536;
const OVERLAP = 14_336;
// A Google account is known by its whole file.
const GOOGLE = 'private_key_id';
const LARGEST_JSON = 262_144;

export function createScanner(contract: Contract, secrets: readonly Secret[]): Scanner {
  const own = ownRules(contract);
  const literals = literalsOf(secrets);
  const words = [...TRIGGERS.map(({ word }) => word), ...own.words, ...literals.map(({ text }) => text)];
  const automaton = createAutomaton(words);
  let lint: Promise<Lint> | null = null;

  function regionsOf(bytes: Buffer): Region[] {
    const regions: Region[] = [];
    automaton.search(bytes, (word, end) => {
      const trigger = TRIGGERS[word];
      if (trigger !== undefined && !trigger.fits(bytes, end)) return;
      const from = Math.max(0, end - BEFORE);
      const to = Math.min(bytes.length, end + (trigger?.reach ?? WINDOW));
      const last = regions.at(-1);
      if (last === undefined || from > last.to) regions.push({ from, to });
      else last.to = Math.max(last.to, to);
    });
    return regions;
  }

  async function read({ path, bytes }: Scanned, regions: readonly Region[]): Promise<Found[]> {
    lint ??= loadSecretlint();
    const rules = await lint;
    const found = new Map<string, Found>();
    let start: Start = { at: 0, line: 1 };
    for (const region of whole(path, bytes, regions).flatMap(pieces)) {
      start = startOf(bytes, region.from, start);
      const text = bytes.toString('utf8', region.from, region.to);
      const linted = await rules(text, path);
      const matches = [
        ...literals.flatMap((one) => occurrences(text, one.text).map((at) => ({ ...one, at, isOwn: true }))),
        ...own.matches(text),
        // That a whole file is a secret says less than which part of it is.
        ...linted.toSorted((a, b) => a.secret.length - b.secret.length),
      ];
      for (const one of withoutInner(matches)) {
        const place = placeOf(bytes, start, text, one.at);
        const key = `${place.line}:${place.column}`;
        if (!found.has(key)) found.set(key, foundAt(path, one, place));
      }
    }
    return [...found.values()].toSorted((a, b) => a.line - b.line || a.column - b.column);
  }

  return { regionsOf, read };
}

function whole(path: string, bytes: Buffer, regions: readonly Region[]): readonly Region[] {
  const isGoogle = path.endsWith('.json') && bytes.length <= LARGEST_JSON && bytes.includes(GOOGLE);
  return isGoogle ? [{ from: 0, to: bytes.length }] : regions;
}

function pieces({ from, to }: Region): Region[] {
  if (to - from <= LARGEST_REGION) return [{ from, to }];
  const step = LARGEST_REGION - OVERLAP;
  const count = Math.ceil((to - from - OVERLAP) / step);
  return Array.from({ length: count }, (_, at) => ({
    from: from + at * step,
    to: Math.min(to, from + at * step + LARGEST_REGION),
  }));
}

function occurrences(text: string, literal: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(literal); at !== -1; at = text.indexOf(literal, at + literal.length)) found.push(at);
  return found;
}

/** One secret is one finding: the config's own first, and of two that overlap the first. */
function withoutInner(matches: readonly Match[]): Match[] {
  const kept: Match[] = [];
  for (const match of matches) {
    const end = match.at + match.secret.length;
    if (!kept.some(({ at, secret }) => match.at < at + secret.length && at < end)) kept.push(match);
  }
  return kept;
}

interface Place {
  line: number;
  column: number;
  /** The line up to there. */
  before: string;
}

const NEWLINE = 10;

/** Where a region begins. */
interface Start {
  at: number;
  line: number;
}

function startOf(bytes: Buffer, at: number, last: Start): Start {
  let line = last.line;
  for (let next = bytes.indexOf(NEWLINE, last.at); next !== -1 && next < at; next = bytes.indexOf(NEWLINE, next + 1))
    line += 1;
  return { at, line };
}

function placeOf(bytes: Buffer, start: Start, text: string, at: number): Place {
  let { line } = start;
  let begin = 0;
  for (let next = text.indexOf('\n'); next !== -1 && next < at; next = text.indexOf('\n', next + 1)) {
    line += 1;
    begin = next + 1;
  }
  if (begin > 0) return { line, column: at - begin + 1, before: text.slice(begin, at) };
  const lead = start.at === 0 ? '' : bytes.toString('utf8', bytes.lastIndexOf(NEWLINE, start.at - 1) + 1, start.at);
  return { line, column: lead.length + at + 1, before: lead.slice(-BEFORE) + text.slice(0, at) };
}

function foundAt(path: string, { rule, secret, isOwn = false }: Match, { line, column, before }: Place): Found {
  const fingerprint = fingerprintOf(secret);
  const part = partOf(path, before);
  return {
    line,
    column,
    rule,
    fingerprint,
    starts: secret.slice(0, 2),
    part,
    isExample: !isOwn && isExample(secret, fingerprint),
  };
}
