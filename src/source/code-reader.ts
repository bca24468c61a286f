// Finds patterns of code, line by line: only lines that hold a word of a pattern are read.
import type { CodePlace, CodeTopic } from '../evidence/source.js';
import { createAutomaton } from './automaton.js';
import { partOf } from './parts.js';
import type { CodePattern, Language } from './patterns/define.js';

/** A text that must not stand in code: a host, the beginning of a key. */
export interface Wanted {
  topic: CodeTopic;
  rule: string;
  text: string;
  /** What may stand behind it. */
  fits(rest: string): boolean;
}

export type Met = CodePlace & { topic: CodeTopic; isTest: boolean };

export interface CodeReader {
  read(path: string, language: Language, bytes: Buffer): Met[];
}

const LONGEST_LINE = 2_000;
const NEWLINE = 10;

export function createCodeReader(patterns: readonly CodePattern[], wanted: readonly Wanted[]): CodeReader {
  const owners = patterns.flatMap((pattern) => pattern.words.map((word) => ({ word, pattern })));
  const automaton = createAutomaton([...owners.map(({ word }) => word), ...wanted.map(({ text }) => text)]);
  return {
    read(path, language, bytes) {
      const beside = new Map<CodePattern, boolean>();
      const isBeside = (pattern: CodePattern) => {
        const known = beside.get(pattern) ?? pattern.beside?.some((word) => bytes.includes(word)) ?? true;
        beside.set(pattern, known);
        return known;
      };
      const lines = new Map<number, { patterns: Set<CodePattern>; wanted: Set<Wanted> }>();
      automaton.search(bytes, (word, end) => {
        const start = bytes.lastIndexOf(NEWLINE, end - 1) + 1;
        const line = lines.get(start) ?? { patterns: new Set(), wanted: new Set() };
        const pattern = owners[word]?.pattern;
        const other = wanted[word - owners.length];
        if (pattern?.languages.includes(language) === true && isBeside(pattern)) line.patterns.add(pattern);
        if (other !== undefined) line.wanted.add(other);
        if (line.patterns.size + line.wanted.size > 0) lines.set(start, line);
      });
      const met: Met[] = [];
      let at = 0;
      let number = 1;
      for (const [start, line] of [...lines].toSorted(([a], [b]) => a - b)) {
        for (; at < start; at = bytes.indexOf(NEWLINE, at) + 1) number += 1;
        const end = bytes.indexOf(NEWLINE, start);
        const text = bytes.toString('utf8', start, Math.min(end === -1 ? bytes.length : end, start + LONGEST_LINE));
        const found = [
          ...[...line.patterns].flatMap((one) => matchesOf(one, text)),
          ...[...line.wanted].flatMap((one) => placesOf(one, text)),
        ];
        for (const { topic, rule, column } of found) {
          const part = partOf(path, text.slice(0, column - 1));
          // Whether a line is a comment is asked even where its file is a test.
          if (part === 'comment' || partOf('', text.slice(0, column - 1)) === 'comment') continue;
          met.push({ topic, rule, path, line: number, column, isTest: part === 'test' });
        }
      }
      return met;
    },
  };
}

interface Place {
  topic: CodeTopic;
  rule: string;
  column: number;
}

function matchesOf({ topic, rule, pattern, only, except }: CodePattern, text: string): Place[] {
  return [...text.matchAll(pattern)]
    .filter(([match]) => (only?.test(match) ?? true) && !(except?.test(match) ?? false))
    .map(({ index }) => ({ topic, rule, column: index + 1 }));
}

function placesOf({ topic, rule, text: wanted, fits }: Wanted, text: string): Place[] {
  const found: Place[] = [];
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + 1))
    if (!/\w/.test(text[at - 1] ?? ' ') && fits(text.slice(at + wanted.length)))
      found.push({ topic, rule, column: at + 1 });
  return found;
}
