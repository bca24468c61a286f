// Finds secrets, and long parts of them, in a text: one pass over it, however many secrets there are.

import { folded } from './letters.js';
import type { Secret } from './secret.js';

/** Where a secret stands, in UTF-16 units. */
export interface Match {
  from: number;
  to: number;
  secret: Secret;
  form: 'whole' | 'folded' | 'other case' | 'part' | 'piece';
  /** Of a piece: its place in the secret. */
  at: number;
}

interface Pattern {
  secret: Secret;
  value: string;
  form: 'whole' | 'folded' | 'other case';
  /** Length of what may be shown, at its beginning. */
  open: number;
  /** So long a run of the rest is a part. */
  window: number;
  /** The run that was looked at last, so that none is looked at twice. */
  alignedAt: number;
  doneTo: number;
}

interface Anchor {
  pattern: Pattern;
  /** Place of its characters in the pattern. */
  offset: number;
  next: Anchor | undefined;
}

/** By the hash of the last characters: the number of the first anchor, 0 for none. */
interface Table {
  heads: Uint16Array;
  anchors: (Anchor | undefined)[];
}

export type Search = (text: string) => Match[];

/** Characters that lead to a pattern. */
const GRAM = 4;
const SIZE = 1 << 16;
/** A shared run counts as a part only when it is long and at least half of what is not public. */
export const SHORTEST_PART = 12;
/** Shorter runs tell nothing, even beside others. */
export const SHORTEST_PIECE = 8;

const mixed = (hash: number, code: number) => ((hash << 4) ^ code) & (SIZE - 1);

export function createSearch(secrets: readonly Secret[]): Search {
  const table: Table = { heads: new Uint16Array(SIZE), anchors: [undefined] };
  const patterns = secrets.flatMap(patternsOf);
  for (const pattern of patterns) anchor(pattern, table);
  return (text) => {
    const matches: Match[] = [];
    for (const pattern of patterns) {
      pattern.alignedAt = Number.NaN;
      pattern.doneTo = 0;
    }
    let hash = 0;
    for (let at = 0; at < text.length; at += 1) {
      hash = mixed(hash, text.charCodeAt(at));
      const head = table.heads[hash];
      if (head === 0 || head === undefined) continue;
      for (let one = table.anchors[head]; one !== undefined; one = one.next) look(text, at - GRAM + 1, one, matches);
    }
    return matches;
  };
}

function patternsOf(secret: Secret): Pattern[] {
  const { value } = secret;
  const open = Math.min(secret.publicPrefix?.length ?? 0, value.length);
  const hidden = value.length - open;
  const window = Math.max(SHORTEST_PART, Math.ceil(hidden / 2));
  const common = { secret, open, window, alignedAt: Number.NaN, doneTo: 0 };
  const plain = folded(value);
  return [
    { ...common, value, form: 'whole' },
    ...(plain === value || plain.length < SHORTEST_PIECE ? [] : [{ ...common, value: plain, form: 'folded' as const }]),
    ...otherCases(value).map((other) => ({ ...common, value: other, form: 'other case' as const })),
  ];
}

/** As a whole in capitals or without any. A short value in another case is a word. */
function otherCases(value: string): string[] {
  if (value.length < SHORTEST_PART) return [];
  return [value.toUpperCase(), value.toLowerCase()].filter((one) => one !== value && one.length === value.length);
}

/** Its beginning leads to it; of the secret itself also what any run of it holds that may tell. */
function anchor(pattern: Pattern, { heads, anchors }: Table): void {
  const { value, open } = pattern;
  const known = new Set<string>();
  const step = SHORTEST_PIECE - GRAM + 1;
  const last = pattern.form === 'whole' ? value.length - GRAM : 0;
  const offsets = [
    0,
    ...Array.from({ length: Math.max(0, Math.floor((last - open) / step) + 1) }, (_, at) => open + at * step),
  ];
  for (const offset of offsets) {
    const gram = value.slice(offset, offset + GRAM);
    if (known.has(gram) || gram.length < GRAM) continue;
    known.add(gram);
    let hash = 0;
    for (let at = 0; at < GRAM; at += 1) hash = mixed(hash, gram.charCodeAt(at));
    anchors.push({ pattern, offset, next: anchors[heads[hash] ?? 0] });
    heads[hash] = anchors.length - 1;
  }
}

/** How much of the pattern stands around that place. */
function look(text: string, place: number, { pattern, offset }: Anchor, matches: Match[]): void {
  const { value, secret } = pattern;
  const begin = place - offset;
  if (pattern.alignedAt === begin && place < pattern.doneTo) return;
  let left = offset;
  let right = offset;
  while (right < value.length && text.charCodeAt(begin + right) === value.charCodeAt(right)) right += 1;
  if (right < offset + GRAM) return;
  while (left > 0 && text.charCodeAt(begin + left - 1) === value.charCodeAt(left - 1)) left -= 1;
  pattern.alignedAt = begin;
  pattern.doneTo = begin + right;
  const found = { secret, from: begin + left, to: begin + right, at: left };
  if (right - left === value.length) {
    matches.push({ ...found, form: pattern.form });
    return;
  }
  const length = right - Math.max(left, pattern.open);
  if (pattern.form === 'whole' && length >= SHORTEST_PIECE)
    matches.push({ ...found, form: length >= pattern.window ? 'part' : 'piece' });
}
