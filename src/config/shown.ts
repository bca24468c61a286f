// What a user wrote, as messages may show it: on one line, short, and without keys.
import type { Path } from './env.js';
import { withoutKeys } from './key-shapes.js';

const LONGEST = 60;

/** In double quotes. */
export function quoted(text: string): string {
  return JSON.stringify(shortened(withoutKeys(text)));
}

/** A value as JSON, users and passwords of URLs left out. */
export function shownValue(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  return shortened(withoutKeys(text).replace(/(\/\/)[^/@"]*@/g, '$1…@'));
}

/** Members with dots between them; those that hold line breaks and the like, in quotes. */
export function shownPath(path: Path): string {
  if (path.length === 0) return 'config';
  return path
    .map((name) => {
      const text = withoutKeys(String(name));
      return /\p{C}/u.test(text) ? JSON.stringify(text) : text;
    })
    .join('.');
}

/** "file:3:14" where the place within is known. */
export function shownPlace(file: string, position: { line: number; column: number } | null): string {
  return position === null ? file : `${file}:${position.line}:${position.column}`;
}

/** One character alone: what stands around it may be a secret. */
export function characterAt(text: string, offset: number): string {
  const [character] = text.slice(offset, offset + 2);
  if (character === undefined) return 'the end of the file';
  return character === '\n' || character === '\r' ? 'the end of the line' : JSON.stringify(character);
}

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 3)}…` : text;
}
