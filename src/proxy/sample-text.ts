// Code and words in a sample of an error, where no pointer of the contract says where they are.
import { isPlain } from '../config/merge.js';

const WORDS = /^(message|detail|details|title|description|error_description|msg)$/i;
const CODE_ELEMENT = /(<(?:\w+:)?(?:error)?code>)([^<]*)(<\/)/i;
const WORDS_ELEMENTS = /(<(?:\w+:)?(?:message|detail|title|description)>)([^<]*)(<\/)/gi;

/** The code of an XML error; null: it names none. */
export function codeInText(text: string): string | null {
  return CODE_ELEMENT.exec(text)?.[2]?.trim() || null;
}

/** An XML error with another code; null: it has no place for one. */
export function otherCode(text: string, code: string): string | null {
  if (!CODE_ELEMENT.test(text)) return null;
  return text.replace(
    CODE_ELEMENT,
    (_, open: string, _old: string, close: string) => `${open}${escaped(code)}${close}`,
  );
}

/** The same error with other words, wherever the usual names show words for people. */
export function otherWords(body: string, message: string): string;
export function otherWords(body: unknown, message: string): unknown;
export function otherWords(body: unknown, message: string): unknown {
  if (typeof body === 'string')
    return body.replace(WORDS_ELEMENTS, (_, open: string, _old: string, close: string) => {
      return `${open}${escaped(message)}${close}`;
    });
  return inMembers(body, message);
}

function inMembers(value: unknown, message: string): unknown {
  if (Array.isArray(value)) return value.map((one) => inMembers(one, message));
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      WORDS.test(name) && typeof member === 'string' ? message : inMembers(member, message),
    ]),
  );
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
