// Whatever a peer sent is only text: nothing in it may move the cursor, reorder a line or hide.

import { CONTROLS, ESCAPES, INVISIBLE } from '../../redaction/unseen.js';

const SPACES = /[\s\u0085\u2028\u2029]+/g;
const REMOVED = new RegExp(`[${CONTROLS}${INVISIBLE}]`, 'gu');
const LONE_SURROGATE = /[\ud800-\udfff]/gu;

/** What must not stand raw in anything that a terminal or an editor shows: controls, line separators, bidi and zero-width characters. */
export const HIDDEN = new RegExp(`[${CONTROLS}\\u2028\\u2029${INVISIBLE}]+`, 'gu');

/** One line of harmless text. */
export function clean(text: string): string {
  return text
    .replace(ESCAPES, '')
    .replace(SPACES, ' ')
    .replace(REMOVED, '')
    .replace(/ {2,}/g, ' ')
    .replace(LONE_SURROGATE, '\ufffd')
    .trim();
}

const ASCII: Readonly<Record<string, string>> = {
  '–': '-',
  '—': '-',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '…': '...',
  '·': '|',
  '•': '*',
  '×': 'x',
  '→': '->',
  '≥': '>=',
  '≤': '<=',
  '±': '+/-',
};

/** For terminals and logs without Unicode. */
export function toAscii(text: string): string {
  return text
    .replace(/[^\x00-\x7f]/gu, (character) => ASCII[character] ?? character)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x00-\x7f]/gu, '?');
}

// Latin, Greek and Cyrillic letters, dashes, quotes and dots: each is one grapheme of one column.
const NARROW = /^[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027]*$/;
const EMOJI = /\p{Emoji_Presentation}/u;
const MARK = /^\p{M}/u;
// The blocks that Unicode's East Asian Width table calls wide or fullwidth, rounded to whole blocks.
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]/u;

// Made where a text needs it: that takes longer than all else that a command does first.
let segmenter: Intl.Segmenter | null = null;

// The segmenter takes time quadratic in the length; a cluster that lies across a cut is shown as two.
const LONGEST_SEGMENTED = 256;
const SEGMENTED = new RegExp(`[^]{1,${LONGEST_SEGMENTED}}`, 'gu');

export function graphemes(text: string): string[] {
  if (NARROW.test(text)) return text.split('');
  const parts = text.length <= LONGEST_SEGMENTED ? [text] : (text.match(SEGMENTED) ?? []);
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  const known = segmenter;
  return parts.flatMap((part) => Array.from(known.segment(part), ({ segment }) => segment));
}

/** Terminal columns of cleaned text. */
export function widthOf(text: string): number {
  if (NARROW.test(text)) return text.length;
  return graphemes(text).reduce((sum, one) => sum + columnsOf(one), 0);
}

/** Of one grapheme. */
export function columnsOf(grapheme: string): number {
  if (NARROW.test(grapheme)) return grapheme.length;
  if (WIDE.test(grapheme) || EMOJI.test(grapheme)) return 2;
  return MARK.test(grapheme) ? 0 : 1;
}

/** JSON in which nothing is raw that a terminal would obey or that hides text; it parses to the same value. */
export function jsonText(value: unknown, indent: number): string {
  // JSON.stringify has escaped every control character within strings below U+0020.
  return `${escapeHidden(JSON.stringify(value, null, indent))}\n`;
}

/** Several lines in which everything that hides is shown as \\uXXXX. */
export function escapeHidden(text: string): string {
  return text.replace(HIDDEN, escapeUnits);
}

/** Line feeds stay: they are the layout. */
function escapeUnits(run: string): string {
  return run.replace(/[^\n]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
