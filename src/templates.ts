// {{…}} in a config: what it may say, and the value that stands in its place.
import { createHash } from 'node:crypto';
import { isPlain } from './config/merge.js';

/** How a unique value looks, where it is not the usual text. */
export interface UniqueForm {
  /** In JSON it stands as a number, where nothing else stands beside it. */
  isNumber: boolean;
  characters: string;
  length: number;
}

/** What stands between the braces: a name, and of `unique` a form. */
export interface Slot {
  name: string;
  form: UniqueForm | null;
}

const SLOT = /\\?\{\{([^{}]*)\}\}/g;
const NAME = /^[\w-]+$/;
const FORM = /^unique:(?:(number)(?::(\d+))?|(\d+)(?::([^:{}]+))?)$/;
const USUAL_CHARACTERS = '0-9a-z';
const DIGITS = '0123456789';
// As many digits as a signed 32-bit number has room for.
const USUAL_DIGITS = 9;
// Beyond these digits a JSON number loses its last ones.
const MOST_DIGITS = 15;
const LONGEST = 64;
// Values of several runs must not meet.
const FEWEST_VALUES = 1_000_000;

/** What a slot says, or what is wrong with it. */
export function readSlot(inner: string): Slot | string {
  if (NAME.test(inner)) return { name: inner, form: null };
  const [whole, number, digits, length, written = USUAL_CHARACTERS] = FORM.exec(inner) ?? [];
  if (whole === undefined) return 'unknown';
  if (number !== undefined) {
    const count = digits === undefined ? USUAL_DIGITS : Number(digits);
    if (count < 6 || count > MOST_DIGITS) return `6 to ${MOST_DIGITS} digits`;
    return { name: 'unique', form: { isNumber: true, characters: DIGITS, length: count } };
  }
  const characters = charactersIn(written);
  const count = Number(length);
  if (count > LONGEST) return `at most ${LONGEST} characters`;
  if (characters === null || characters.length ** count < FEWEST_VALUES)
    return 'at least a million different values: more characters, or another alphabet such as 0-9A-Z';
  return { name: 'unique', form: { isNumber: false, characters, length: count } };
}

/** "0-9A-F" -> each of its characters once; null where a range runs backwards. */
function charactersIn(written: string): string | null {
  const found = new Set<string>();
  for (const [, from = '', to = from] of written.matchAll(/(.)(?:-(.))?/gsu)) {
    const [first, last] = [from.codePointAt(0) ?? 0, to.codePointAt(0) ?? 0];
    if (last < first) return null;
    for (let code = first; code <= last; code += 1) found.add(String.fromCodePoint(code));
  }
  return [...found].join('');
}

/** Each slot of a text by what `value` gives for it. A backslash before the braces keeps them as text. */
export function fillSlots(text: string, value: (slot: Slot, inner: string) => string): string {
  return text.replace(SLOT, (whole, inner: string) => {
    if (whole.startsWith('\\')) return whole.slice(1);
    const slot = readSlot(inner);
    return value(typeof slot === 'string' ? { name: inner, form: null } : slot, inner);
  });
}

/** For JSON that is filled as a text: numbers without quotes, and the backslash before braces as it was written. */
export function slotsOfText(json: string): string {
  return json.replace(/"(\{\{unique:number(?::\d+)?\}\})"/g, '$1').replaceAll('\\\\{{', '\\{{');
}

/** Fills the texts of a JSON value, and the names of its members. */
export function fillJson(value: unknown, fillText: (text: string) => string): unknown {
  if (typeof value === 'string') return isNumberSlot(value) ? Number(fillText(value)) : fillText(value);
  if (Array.isArray(value)) return value.map((one) => fillJson(one, fillText));
  return isPlain(value)
    ? Object.fromEntries(Object.entries(value).map(([name, one]) => [fillText(name), fillJson(one, fillText)]))
    : value;
}

/** Whether a text is one slot for a number, so that a number stands in its place. */
function isNumberSlot(text: string): boolean {
  const inner = /^\{\{([^{}]*)\}\}$/.exec(text)?.[1];
  const slot = inner === undefined ? null : readSlot(inner);
  return slot !== null && typeof slot !== 'string' && slot.form?.isNumber === true;
}

/** What stands between each pair of braces, and braces that are not closed. */
export function slotsIn(text: string): { inner: string; isClosed: boolean }[] {
  const closed = [...text.matchAll(SLOT)].filter(([whole]) => !whole.startsWith('\\'));
  const rest = text.replace(SLOT, '');
  const open = /(?<!\\)\{\{([^{}]*)/.exec(rest)?.[1];
  return [
    ...closed.map(([, inner = '']) => ({ inner, isClosed: true })),
    ...(open === undefined ? [] : [{ inner: open, isClosed: false }]),
  ];
}

/**
 * The value of a form that belongs to a usual unique value: always the same for that one, another for each other one of
 * the run. All values of a form are of one length, so none is contained in another.
 */
export function uniqueAs(unique: string, form: UniqueForm | null): string {
  if (form === null) return unique;
  const [, head = '', ordinal = ''] = /^(.*?)([0-9a-z]+)[^0-9a-z]*$/is.exec(unique) ?? [];
  const { characters, length, isNumber } = form;
  const base = BigInt(characters.length);
  // A number begins with no zero, so that it keeps its length.
  const lowest = isNumber ? base ** BigInt(length - 1) : 0n;
  const values = base ** BigInt(length) - lowest;
  const start = BigInt(`0x${createHash('sha256').update(`${head} ${characters} ${length}`).digest('hex')}`);
  let left = lowest + ((start + ordinalIn(ordinal)) % values);
  let text = '';
  for (let at = 0; at < length; at += 1) {
    text = `${characters[Number(left % base)] ?? ''}${text}`;
    left /= base;
  }
  return text;
}

function ordinalIn(text: string): bigint {
  return [...text.toLowerCase()].reduce((sum, digit) => sum * 36n + BigInt(Number.parseInt(digit, 36)), 0n);
}
