// What may stand between the letters of a secret unseen, and letters that are ASCII in another form.
import { CONTROLS, INVISIBLE } from './unseen.js';

/** Full-width, mathematical, ligatures, with marks. */
const STYLED =
  '\\u00a0-\\u024f\\u1e00-\\u1eff\\u2000-\\u2bff\\u3000-\\u33ff\\ufb00-\\ufb06\\ufe50-\\ufe6f\\uff00-\\uffef\\u{1d400}-\\u{1d7ff}\\u{1f100}-\\u{1f1ff}';
/** The first group is what is unseen. */
export const UNSEEN_OR_STYLED = new RegExp(`((?![\\t\\n\\r\\x1b])[${CONTROLS}${INVISIBLE}\\p{M}])|[${STYLED}]`, 'gu');

/** As plain as a terminal without Unicode may show it. */
export function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '');
}

const foldedKnown = new Map<string, string>();

/** Of one character; there are no more than a few thousand. */
export function foldedOne(character: string): string {
  const known = foldedKnown.get(character);
  if (known !== undefined) return known;
  const plain = folded(character);
  foldedKnown.set(character, plain);
  return plain;
}

let table: Uint8Array | null = null;

/** By UTF-16 unit, 1: it may stand in a secret of ASCII, in any usual encoding. */
export function tellingUnits(): Uint8Array {
  if (table !== null) return table;
  table = new Uint8Array(1 << 16);
  for (let code = 0; code < table.length; code += 1) {
    // Of the bytes beyond ASCII, random ones would be most of all.
    const isByte = code < 0xa0 || code === 0xad;
    const isSurrogate = code >= 0xd800 && code < 0xe000;
    table[code] = Number(
      isByte || isSurrogate || (code > 0xff && String.fromCharCode(code).search(UNSEEN_OR_STYLED) >= 0),
    );
  }
  return table;
}
