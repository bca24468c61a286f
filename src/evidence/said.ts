// What a refusing answer says in its own words, on one line.
import type { Exchange } from './exchange.js';
import { jsonOf } from './exchange.js';

export interface Said {
  exchange: string;
  text: string;
}

const LONGEST = 240;
const MOST = 3;
const WORDS = /^(message|msg|detail|details|description|error_description|reason|title|error|errors)$/i;
const IN_XML = /<(?:\w+:)?(?:message|detail|description|title)>([^<]+)</gi;

/** The words for people in an error body; null where it has none. Bodies are redacted when they are recorded. */
export function saidIn(exchange: Exchange): Said | null {
  const body = exchange.response?.body.text ?? '';
  const json = jsonOf(exchange);
  const found = json === undefined ? wordsOfText(body) : wordsIn(json);
  const text = [...new Set(found.map(oneLine))]
    .filter((one) => one !== '')
    .slice(0, MOST)
    .join('; ');
  if (text === '') return null;
  return { exchange: exchange.id, text: text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text };
}

/** Whether two refusals say the same, ids and values apart. */
export function kindOf({ text }: Said): string {
  return withoutIds(text);
}

/** Words with a digit become `#`. */
export function withoutIds(text: string): string {
  return text.replace(/[\w-]+/g, (word) => (/\d/.test(word) ? '#' : word));
}

/** Strings under the usual names, those further out first. */
function wordsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  const members = Object.entries(value) as [string, unknown][];
  const own = members.flatMap(([name, member]) => (WORDS.test(name) && typeof member === 'string' ? [member] : []));
  const lists = members.flatMap(([name, member]) =>
    WORDS.test(name) && Array.isArray(member) ? member.filter((one): one is string => typeof one === 'string') : [],
  );
  const inner = members.flatMap(([, member]) => (typeof member === 'object' ? wordsIn(withoutTexts(member)) : []));
  return [...own, ...lists, ...inner];
}

/** Bare strings of a list were read where the list stands. */
function withoutTexts(value: unknown): unknown {
  return Array.isArray(value) ? value.filter((one) => typeof one !== 'string') : value;
}

function wordsOfText(text: string): string[] {
  if (/<html|<!doctype/i.test(text)) return [...text.matchAll(/<title>([^<]+)</gi)].map(([, title = '']) => title);
  return /^\s*</.test(text) ? [...text.matchAll(IN_XML)].map(([, words = '']) => words) : [text];
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}
