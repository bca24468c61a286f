// The secrets of this very config, in the forms in which code and files hold them.
import type { Secret } from '../redaction/secret.js';

// Shorter values are words that stand in any text.
const SHORTEST = 8;

export interface Literal {
  rule: string;
  /** What is looked for. */
  text: string;
  secret: string;
}

export function literalsOf(secrets: readonly Secret[]): Literal[] {
  const known = new Map<string, Literal>();
  for (const { name, value, kind } of secrets) {
    if (kind !== 'credential' || value.length < SHORTEST) continue;
    const forms = [
      [value, ''],
      [encodeURIComponent(value), ', as in a URL'],
      [JSON.stringify(value).slice(1, -1), ', as in JSON'],
      [Buffer.from(value).toString('base64'), ', in base64'],
    ] as const;
    for (const [text, form] of forms)
      if (!known.has(text)) known.set(text, { rule: `the value of ${name}${form}`, text, secret: value });
  }
  return [...known.values()];
}
