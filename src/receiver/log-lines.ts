// Lines of a log that differ in ids, times and figures alone are alike.
import { type Exchange, statusOf } from '../evidence/exchange.js';

// A shorter value may be a word of the message.
const SHORTEST_VALUE = 6;

/** What a receiver may print of a delivery and that is another for each: texts of its body, values of its headers. */
export function valuesIn({ request: { headers, body } }: Exchange): string[] {
  const texts = (body?.text.match(/"[^"\\]*"/g) ?? []).map((text) => text.slice(1, -1));
  const values = [...texts, ...headers.map(([, value]) => value)];
  return values.filter((value) => value.length >= SHORTEST_VALUE).toSorted((a, b) => b.length - a.length);
}

/** The line without those values, and without each word that holds a digit: but for the status of the answer. */
export function shapeOf(line: string, answer: Exchange, values: readonly string[]): string {
  const status = String(statusOf(answer));
  const without = values.reduce((rest, value) => rest.replaceAll(value, '#'), line);
  return without.replace(/[\w-]+/g, (word) => (/\d/.test(word) && word !== status ? '#' : word));
}
