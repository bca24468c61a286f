// The usual encodings, undone one at a time: each reads a text once and writes what it decodes, with its places.

import { decodeEntity } from './entities.js';
import { foldedOne, UNSEEN_OR_STYLED } from './letters.js';
import { ESCAPES } from './unseen.js';
import { type Sink, unitsOf } from './view.js';

export interface Decoder {
  name: string;
  /** Whether there may be anything to undo; cheap. */
  mayApply(text: string): boolean;
  decode(text: string, sink: Sink): void;
  /** Secrets that it may hide; without it, all. */
  isFor?(secret: string): boolean;
  /** Undone twice it tells nothing more. */
  isOnce?: true;
}

const ZERO = 48;
const BACKSLASH = 92;
const PERCENT = 37;
const EQUALS = 61;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const lower = code | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

/** The number of `digits` hexadecimal digits at that place, or -1. */
function hexAt(text: string, at: number, digits: number): number {
  let value = 0;
  for (let index = at; index < at + digits; index += 1) {
    const digit = hexDigit(text.charCodeAt(index));
    if (!(digit >= 0)) return -1;
    value = value * 16 + digit;
  }
  return value;
}

function point(sink: Sink, value: number, from: number, to: number): void {
  for (const unit of unitsOf(value)) sink.char(unit, from, to);
}

/**
 * Goes from one sign to the next: `read` writes what begins there and returns where it ends, or returns the place itself
 * where nothing does.
 */
function fromSigns(sign: number, read: (text: string, at: number, sink: Sink) => number) {
  const character = String.fromCharCode(sign);
  return (text: string, sink: Sink) => {
    let done = 0;
    for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at)) {
      if (at > done) sink.keep(done, at);
      const end = read(text, at, sink);
      if (end === at) sink.char(sign, at, at + 1);
      done = Math.max(end, at + 1);
      at = done;
    }
    sink.keep(done, text.length);
  };
}

function percent(text: string, at: number, sink: Sink): number {
  const value = hexAt(text, at + 1, 2);
  if (value < 0) return at;
  sink.byte(value, at, at + 3);
  return at + 3;
}

/** "%25252541" in one step. */
function repeatedPercent(text: string, at: number, sink: Sink): number {
  let end = at + 1;
  while (text.startsWith('25', end) && hexAt(text, end + 2, 2) >= 0) end += 2;
  const value = hexAt(text, end, 2);
  if (value < 0) return at;
  sink.byte(value, at, end + 2);
  return end + 2;
}

const NAMED_ESCAPES: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, b: 8, f: 12, v: 11, a: 7, e: 27 };

const MOST_DIGITS = 8;

/** What follows a backslash at that place, of JSON, JavaScript, C and shells; returns where it ends. */
function escapeAt(text: string, at: number, from: number, sink: Sink): number {
  const code = text.charCodeAt(at);
  const letter = text[at] ?? '';
  if (letter === 'u' || letter === 'U') {
    if (text[at + 1] === '{') {
      const digits = text.slice(at + 2, at + 2 + MOST_DIGITS + 1).indexOf('}');
      const value = digits >= 1 ? hexAt(text, at + 2, digits) : -1;
      if (value >= 0) {
        point(sink, value, from, at + digits + 3);
        return at + digits + 3;
      }
    }
    const digits = letter === 'U' && hexAt(text, at + 1, 8) >= 0 ? 8 : 4;
    const value = hexAt(text, at + 1, digits);
    if (value >= 0) {
      point(sink, value, from, at + 1 + digits);
      return at + 1 + digits;
    }
  }
  if (letter === 'x' || letter === 'X') {
    const value = hexAt(text, at + 1, 2);
    if (value >= 0) {
      sink.byte(value, from, at + 3);
      return at + 3;
    }
  }
  let end = at;
  let octal = 0;
  while (end < at + 3 && text.charCodeAt(end) >= ZERO && text.charCodeAt(end) < ZERO + 8) {
    octal = octal * 8 + text.charCodeAt(end) - ZERO;
    end += 1;
  }
  if (end > at) {
    sink.byte(octal & 0xff, from, end);
    return end;
  }
  sink.char(NAMED_ESCAPES[letter] ?? code, from, at + 1);
  return at + 1;
}

/** As a parser reads it: two backslashes are one. */
function backslash(text: string, at: number, sink: Sink): number {
  if (at + 1 >= text.length) return at;
  return escapeAt(text, at + 1, at, sink);
}

/** Text that was escaped over and over: all backslashes of a run are one. */
function backslashes(text: string, at: number, sink: Sink): number {
  let end = at;
  while (text.charCodeAt(end) === BACKSLASH) end += 1;
  if (end >= text.length) return end;
  return escapeAt(text, end, at, sink);
}

/** CSS: one to six hexadecimal digits and a space, or any other character. */
function cssEscape(text: string, at: number, sink: Sink): number {
  let end = at + 1;
  let value = 0;
  while (end < at + 7 && hexDigit(text.charCodeAt(end)) >= 0) {
    value = value * 16 + hexDigit(text.charCodeAt(end));
    end += 1;
  }
  if (end === at + 1) {
    if (end >= text.length) return at;
    sink.char(text.charCodeAt(end), at, end + 1);
    return end + 1;
  }
  if (/\s/.test(text[end] ?? '')) end += 1;
  point(sink, value, at, end);
  return end;
}

/** RFC 2045, 6.7. */
function quotedPrintable(text: string, at: number, sink: Sink): number {
  const value = hexAt(text, at + 1, 2);
  if (value >= 0) {
    sink.byte(value, at, at + 3);
    return at + 3;
  }
  let end = at + 1;
  while (text[end] === ' ' || text[end] === '\t') end += 1;
  if (text[end] === '\r') end += 1;
  if (text[end] !== '\n') return at;
  return end + 1;
}

function entity(text: string, at: number, sink: Sink): number {
  const found = decodeEntity(text, at);
  if (found === null) return at;
  point(sink, found.code, at, found.end);
  return found.end;
}

/** Digits of an alphabet in one run; line breaks inside are passed over, as they are or escaped. */
interface Alphabet {
  /** By UTF-16 unit below 128; 255: none. */
  values: Uint8Array;
  bits: number;
  /** Digits after which the bytes begin anew. */
  group: number;
}

function alphabet(bits: number, group: number, ...digits: readonly string[]): Alphabet {
  const values = new Uint8Array(128).fill(255);
  for (const text of digits) for (const [at, digit] of [...text].entries()) values[digit.charCodeAt(0)] = at;
  return { values, bits, group };
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const BASE64 = alphabet(
  6,
  4,
  `${LETTERS}${LETTERS.toLowerCase()}0123456789+/`,
  `${LETTERS}${LETTERS.toLowerCase()}0123456789-_`,
);
const BASE32 = alphabet(5, 8, `${LETTERS}234567`, `${LETTERS.toLowerCase()}234567`);
const HEX = alphabet(4, 2, '0123456789ABCDEF', '0123456789abcdef');

const isBreak = (code: number) => code === LINE_FEED || code === CARRIAGE_RETURN;
/** Between two bytes of a dump. */
const isBetween = (code: number) =>
  isBreak(code) || (code >= 32 && code <= 47) || code === 58 || code === 9 || code === 124;
const MOST_BETWEEN = 3;

const MOST_BREAKS = 4;

/** Length of line breaks at that place, as they are or as JSON escapes them; of the backslash before a slash, too. */
function breaksAt(text: string, at: number): number {
  let end = at;
  for (let count = 0; count < MOST_BREAKS; count += 1) {
    if (isBreak(text.charCodeAt(end))) end += 1;
    else if (text.startsWith('\\n', end) || text.startsWith('\\r', end)) end += 2;
    else break;
  }
  return end === at && text.startsWith('\\/', at) ? 1 : end - at;
}

/** More digits than this in a row are a text by themselves: only a line break parts them. */
const LONGEST_GROUP = 16;
const DIGITS_OF_BYTE = 2;

/** Between two bytes of a dump: quotes stand around each, or what they part are different texts. */
function separatorAt(text: string, at: number, group: number, first: string | null): number {
  let length = 0;
  while (length < MOST_BETWEEN && isBetween(text.charCodeAt(at + length))) length += 1;
  const separator = text.slice(at, at + length);
  if (/[\r\n]/.test(separator)) return length;
  const isQuoted = /["']/.test(separator);
  const isAlike = first === null || /["']/.test(first) === isQuoted;
  return group <= (isQuoted ? DIGITS_OF_BYTE : LONGEST_GROUP) && isAlike ? length : 0;
}

/** Finds runs of digits and decodes each from every place at which its first byte may begin. */
function inRuns(
  of: Alphabet,
  /** Length of what parts digits at that place; `group`: digits since the last, `first`: what parted digits before. */
  skipAt: (text: string, at: number, group: number, first: string | null) => number,
) {
  let places = new Uint32Array(256);
  let digits = new Uint8Array(256);
  return (text: string, sink: Sink) => {
    const fewest = Math.ceil((sink.shortest * 8) / of.bits);
    let at = 0;
    while (at < text.length) {
      let count = 0;
      let end = at;
      let group = 0;
      let first: string | null = null;
      for (;;) {
        const code = text.charCodeAt(end);
        const value = code < 128 ? (of.values[code] ?? 255) : 255;
        if (value === 255) {
          const skipped = count === 0 ? 0 : skipAt(text, end, group, first);
          const beyond = text.charCodeAt(end + skipped);
          if (skipped === 0 || !(beyond < 128) || of.values[beyond] === 255) break;
          first ??= text.slice(end, end + skipped);
          group = 0;
          end += skipped;
          continue;
        }
        group += 1;
        if (count === places.length) {
          const [more, wider] = [new Uint32Array(count * 2), new Uint8Array(count * 2)];
          more.set(places);
          wider.set(digits);
          [places, digits] = [more, wider];
        }
        places[count] = end;
        digits[count] = value;
        count += 1;
        end += 1;
      }
      if (count >= fewest) for (let first = 0; first < of.group; first += 1) decodeFrom(first, count, sink);
      // What parts the last digits from those before may be of another kind than what follows them.
      at = first !== null && group <= LONGEST_GROUP ? end - group : Math.max(end, at + 1);
    }
  };

  function decodeFrom(first: number, count: number, sink: Sink): void {
    let bits = 0;
    let value = 0;
    let from = first;
    for (let at = first; at < count; at += 1) {
      value = ((value << of.bits) | (digits[at] ?? 0)) & 0xffff;
      bits += of.bits;
      if (bits < 8) continue;
      bits -= 8;
      sink.byte((value >> bits) & 0xff, places[from] ?? 0, (places[at] ?? 0) + 1);
      // The digit that ends a byte may begin the next.
      from = bits > 0 ? at : at + 1;
    }
    sink.endRun();
  }
}

const NUMBER = /(0x[\da-f]{1,2}|0o[0-7]{1,3}|0b[01]{1,8}|\d{1,3})([\s,;]{1,4}|$)/giy;

/** "115, 107, 95" or "0x73 0x6b": bytes as numbers. Without a sign, digits below 8 may be octal. */
function numbers(text: string, sink: Sink): void {
  let at = 0;
  while (at < text.length) {
    const run: { word: string; from: number; to: number }[] = [];
    let end = at;
    NUMBER.lastIndex = end;
    for (let match = NUMBER.exec(text); match !== null; match = NUMBER.exec(text)) {
      const word = match[1] ?? '';
      run.push({ word, from: end, to: end + word.length });
      end = NUMBER.lastIndex;
      if (end === text.length) break;
    }
    // The last may be followed by what closes the list.
    const last = /^(?:0x[\da-f]{1,2}|0o[0-7]{1,3}|0b[01]{1,8}|\d{1,3})(?![\w.])/i.exec(text.slice(end, end + 12));
    if (last !== null && run.length > 0) {
      run.push({ word: last[0], from: end, to: end + last[0].length });
      end += last[0].length;
    }
    if (run.length >= sink.shortest) {
      const isOctal = run.every(({ word }) => /^[0-7]+$/.test(word));
      for (const octal of isOctal ? [false, true] : [false]) {
        for (const { word, from, to } of run) {
          const value = octal || /^0[0-7]/.test(word) ? Number.parseInt(word, 8) : Number(word);
          if (value < 256) sink.byte(value, from, to);
          else sink.gap();
        }
        sink.endRun();
      }
    }
    // On to where the next number may begin: not inside this one.
    at = Math.max(end, at + 1);
    while (at < text.length && !isDigit(text.charCodeAt(at))) at += 1;
    while (at < text.length && at > 0 && isDigit(text.charCodeAt(at - 1)) && isDigit(text.charCodeAt(at))) at += 1;
  }
}

const isDigit = (code: number) => code >= ZERO && code < ZERO + 10;

/** What is left without what nobody sees; other letters as plain as they may be shown. */
function invisibles(text: string, sink: Sink): void {
  let done = 0;
  for (const match of text.matchAll(UNSEEN_OR_STYLED)) {
    const [found, hidden] = match;
    if (match.index > done) sink.keep(done, match.index);
    done = match.index + found.length;
    const plain = hidden === undefined ? foldedOne(found) : '';
    for (let at = 0; at < plain.length; at += 1) sink.char(plain.charCodeAt(at), match.index, done);
  }
  sink.keep(done, text.length);
}

function terminalEscapes(text: string, sink: Sink): void {
  let done = 0;
  for (const { index, 0: found } of text.matchAll(ESCAPES)) {
    if (index > done) sink.keep(done, index);
    done = index + found.length;
  }
  sink.keep(done, text.length);
}

/** Any white space as one space; a plus is one in a form. */
function spaces(text: string, sink: Sink): void {
  let done = 0;
  for (const match of text.matchAll(/[\s\u0085+]+/g)) {
    if (match.index > done) sink.keep(done, match.index);
    done = match.index + match[0].length;
    sink.char(SPACE, match.index, done);
  }
  sink.keep(done, text.length);
}

/** UTF-16 that was read byte by byte: both orders of bytes, from both places at which it may begin. */
function utf16(text: string, sink: Sink): void {
  for (const first of [0, 1])
    for (const high of [0, 1]) {
      for (let at = first; at + 1 < text.length; at += 2)
        sink.char((text.charCodeAt(at + high) << 8) | (text.charCodeAt(at + 1 - high) & 0xff), at, at + 2);
      sink.endRun();
    }
}

/** UTF-8 that was read as Latin-1. */
function latin1(text: string, sink: Sink): void {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 256) sink.byte(code, at, at + 1);
    else sink.char(code, at, at + 1);
  }
  sink.endRun();
}

const has = (sign: string) => (text: string) => text.includes(sign);

export const DECODERS: readonly Decoder[] = [
  { name: 'percent-encoding', mayApply: has('%'), decode: fromSigns(PERCENT, percent) },
  {
    name: 'repeated percent-encoding',
    mayApply: has('%25'),
    decode: fromSigns(PERCENT, repeatedPercent),
    isOnce: true,
  },
  { name: 'escapes', mayApply: has('\\'), decode: fromSigns(BACKSLASH, backslash) },
  { name: 'repeated escapes', mayApply: has('\\\\'), decode: fromSigns(BACKSLASH, backslashes), isOnce: true },
  { name: 'CSS escapes', mayApply: (text) => /\\[\da-f]/i.test(text), decode: fromSigns(BACKSLASH, cssEscape) },
  { name: 'HTML entities', mayApply: has('&'), decode: fromSigns(38, entity) },
  {
    name: 'quoted-printable',
    mayApply: (text) => /=(?:[\da-f]{2}|[ \t]{0,8}\r?\n)/i.test(text),
    decode: fromSigns(EQUALS, quotedPrintable),
  },
  {
    name: 'hex',
    mayApply: (text) => /[\da-f]{2}[\s:,.|-]{0,3}[\da-f]{2}/i.test(text),
    decode: inRuns(HEX, separatorAt),
  },
  { name: 'numbers', mayApply: (text) => /\d[\s,;]{1,4}(?:0[xob])?\d/i.test(text), decode: numbers },
  { name: 'base64', mayApply: (text) => /[\w+/-]{6}/.test(text), decode: inRuns(BASE64, breaksAt) },
  { name: 'base32', mayApply: (text) => /[A-Z2-7]{7}|[a-z2-7]{7}/.test(text), decode: inRuns(BASE32, breaksAt) },
  { name: 'UTF-16', mayApply: (text) => /[\0\xff]/.test(text), decode: utf16, isOnce: true },
  { name: 'bytes', mayApply: (text) => /[\x80-\xff]{2}/.test(text), decode: latin1, isOnce: true },
  { name: 'invisible characters', mayApply: (text) => /[^\t\n\r\x1b\x20-\x7e]/.test(text), decode: invisibles },
  { name: 'terminal escapes', mayApply: (text) => /[\x1b\x90-\x9f]/.test(text), decode: terminalEscapes },
  {
    name: 'spaces',
    isFor: (secret) => /\s/.test(secret),
    mayApply: (text) => /[^\S ]| {2}|\+/.test(text),
    decode: spaces,
    isOnce: true,
  },
];
