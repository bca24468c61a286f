// Words of a shell command: nothing in them is obeyed, whoever wrote it.
import { HIDDEN } from './text/sanitize.js';

const PLACEHOLDER = /\[secret:([\w. -]{1,64})\]/;
const PLACEHOLDERS = new RegExp(PLACEHOLDER.source, 'g');
/** Between parts that are quoted in one way each. */
const PARTS = new RegExp(`(${PLACEHOLDER.source.replace('(', '(?:')}|'|${HIDDEN.source})`, 'u');
// The first character stands for nothing in any shell: no home, no option, no path of a command.
const PLAIN = /^[\w./][\w./:@%+,-]*$|^--?[a-z][a-z-]*$/;

/** One word: literal within single quotes, placeholders as "$NAME", what a terminal would obey as escapes. */
export function quoted(text: string): string {
  if (/^[A-Z]+$/.test(text)) return text;
  const word = text
    .split(PARTS)
    .map((part) => {
      const secret = PLACEHOLDER.exec(part)?.[1];
      if (secret !== undefined) return variable(secret);
      if (part === "'") return "\\'";
      if (part === '') return '';
      return part.replace(HIDDEN, '') === '' ? bytesOf(part) : `'${part}'`;
    })
    .join('');
  return word === '' ? "''" : word;
}

/** The same, without quotes where no shell needs them. */
export function wordOf(text: string): string {
  return PLAIN.test(text) ? text : quoted(text);
}

export function variable(secret: string): string {
  return `"$${nameOf(secret)}"`;
}

export function nameOf(secret: string): string {
  if (/^[A-Za-z_]\w*$/.test(secret)) return secret;
  return secret
    .replace(/\W+/g, '_')
    .replace(/^(?=\d)/, '_')
    .toUpperCase();
}

/** What a text leaves to variables, by name. */
export function secretsIn(text: string): string[] {
  return [...text.matchAll(PLACEHOLDERS)].map(([, name = '']) => name);
}

export function withoutSecrets(text: string): string {
  return text.replace(PLACEHOLDERS, '');
}

/** $'\x1b': bash, zsh and ksh read it the same in every locale. An argument cannot hold NUL. */
export function bytesOf(text: string): string {
  const hex = Buffer.from(text.replaceAll('\0', '')).toString('hex');
  return hex === '' ? '' : `$'${hex.replace(/../g, '\\x$&')}'`;
}
