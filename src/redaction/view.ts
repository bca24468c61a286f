import { tellingUnits } from './letters.js';

/** A text, and where each of its characters stands in the text that is searched: UTF-16 units, `from` inclusive, `to` exclusive. */
export interface View {
  text: string;
  /** null: the searched text itself. */
  from: Uint32Array | null;
  to: Uint32Array | null;
  /** What was decoded, the outermost first. */
  by: readonly string[];
}

export function plainView(text: string): View {
  return { text, from: null, to: null, by: [] };
}

/** Stands between two pieces that are not neighbours: no secret holds it. */
const GAP = 0x1f;

/** What a decoder writes to. Positions are those of the text that it reads. */
export interface Sink {
  /** A character for `[from, to)`. */
  char(code: number, from: number, to: number): void;
  /** A byte for `[from, to)`; bytes in a row are read as UTF-8. */
  byte(value: number, from: number, to: number): void;
  /** Text that stays as it is; of a long piece no more is kept than a secret across its ends needs. */
  keep(from: number, to: number): void;
  /** What follows is no neighbour of what came before. */
  gap(): void;
  /** The same after bytes of a run that may be anything: of them only what reads like text is kept. */
  endRun(): void;
  /** Characters of the shortest run that may tell something. */
  readonly shortest: number;
}

const FIRST_SIZE = 4096;
/** Units that are kept room for between two texts. */
const MOST_KEPT = 1 << 20;

/** What is written: a unit of UTF-16 each, and where it stands. */
interface Units {
  codes: Uint16Array;
  starts: Uint32Array;
  ends: Uint32Array;
}

function unitsFor(size: number): Units {
  return { codes: new Uint16Array(size), starts: new Uint32Array(size), ends: new Uint32Array(size) };
}

/** What sinks write to, one after the other. */
let scratch = unitsFor(FIRST_SIZE);

/** The same with twice the room; kept for the next sink unless that is too much. */
function grown({ codes, starts, ends }: Units): Units {
  const larger = unitsFor(codes.length * 2);
  larger.codes.set(codes);
  larger.starts.set(starts);
  larger.ends.set(ends);
  if (larger.codes.length <= MOST_KEPT) scratch = larger;
  return larger;
}

/** A code point as UTF-16. */
export function unitsOf(point: number): number[] {
  if (point > 0x10ffff) return [0xfffd];
  return point < 0x10000 ? [point] : [0xd800 + ((point - 0x10000) >> 10), 0xdc00 + ((point - 0x10000) & 0x3ff)];
}

/** Bytes of a character of UTF-8 that begins so. */
function sizeOf(first: number): number {
  if (first < 0xc2 || first > 0xf4) return 1;
  return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

/** Of the secrets that are looked for. */
export interface Sizes {
  /** Characters of the shortest run that may tell something. */
  shortest: number;
  /** So much of a long text that stays is kept at each of its ends. */
  nearby: number;
  isAscii: boolean;
}

/** One at a time: its view is to be taken before the next is made. The view is null where it is too short to tell. */
export function createSink(
  source: View,
  { shortest, nearby, isAscii }: Sizes,
): Sink & { view(by: string): View | null } {
  let { codes, starts, ends } = scratch;
  let length = 0;
  // A character of UTF-8 that is not whole yet.
  const [bytes, froms, tos] = [new Uint8Array(4), new Uint32Array(4), new Uint32Array(4)];
  let held = 0;
  let begun = 0;
  const telling = isAscii ? tellingUnits() : null;

  function write(code: number, from: number, to: number): void {
    if (length === codes.length) ({ codes, starts, ends } = grown({ codes, starts, ends }));
    codes[length] = code;
    starts[length] = source.from === null ? from : (source.from[from] ?? 0);
    ends[length] = source.to === null ? to : (source.to[to - 1] ?? 0);
    length += 1;
  }

  /** Bytes that turn out to be no UTF-8 are taken one by one. */
  function flush(): void {
    for (let at = 0; at < held; at += 1) write(bytes[at] ?? 0, froms[at] ?? 0, tos[at] ?? 0);
    held = 0;
  }

  function hold(value: number, from: number, to: number): void {
    bytes[held] = value;
    froms[held] = from;
    tos[held] = to;
    held += 1;
  }

  function joined(): void {
    let point = (bytes[0] ?? 0) & (0xff >> (held + 1));
    for (let at = 1; at < held; at += 1) point = (point << 6) | ((bytes[at] ?? 0) & 0x3f);
    const [from, to] = [froms[0] ?? 0, tos[held - 1] ?? 0];
    held = 0;
    for (const unit of unitsOf(point)) write(unit, from, to);
  }

  function keepAll(from: number, to: number): void {
    for (let at = from; at < to; at += 1) write(source.text.charCodeAt(at), at, at + 1);
  }

  const sink = {
    char(code: number, from: number, to: number) {
      if (held > 0) flush();
      write(code, from, to);
    },
    byte(value: number, from: number, to: number) {
      if (held > 0) {
        if ((value & 0xc0) === 0x80) {
          hold(value, from, to);
          if (held === sizeOf(bytes[0] ?? 0)) joined();
          return;
        }
        flush();
      }
      if (sizeOf(value) === 1) write(value, from, to);
      else hold(value, from, to);
    },
    keep(from: number, to: number) {
      if (held > 0) flush();
      if (to - from <= 2 * nearby) keepAll(from, to);
      else {
        keepAll(from, from + nearby);
        sink.gap();
        keepAll(to - nearby, to);
      }
    },
    gap() {
      if (held > 0) flush();
      if (length > 0) write(GAP, 0, 1);
    },
    endRun() {
      if (held > 0) flush();
      length = moveTextTogether({ codes, starts, ends }, begun, length, { shortest, nearby, telling });
      if (length > begun) write(GAP, 0, 1);
      begun = length;
    },
    shortest,
    view(by: string): View | null {
      if (held > 0) flush();
      if (length < shortest) return null;
      const text = Buffer.from(codes.buffer, 0, length * 2).toString('utf16le');
      return { text, from: starts.slice(0, length), to: ends.slice(0, length), by: [...source.by, by] };
    },
  };
  return sink;
}

/**
 * Of the units in `[first, length)`, moves together what reads like text, piece by piece; returns where it ends.
 * `telling`: 1 for each unit that a secret may hold; null: any may.
 */
function moveTextTogether(
  { codes, starts, ends }: Units,
  first: number,
  length: number,
  { shortest, nearby, telling }: Pick<Sizes, 'shortest' | 'nearby'> & { telling: Uint8Array | null },
): number {
  const isText = (code: number) => code !== GAP && (telling === null || telling[code] === 1);
  let end = first;
  for (let at = first; at < length; ) {
    let after = at;
    let repeated = 0;
    let isVaried = false;
    while (after < length && repeated < nearby && isText(codes[after] ?? 0)) {
      repeated = after > at && codes[after] === codes[after - 1] ? repeated + 1 : 0;
      isVaried ||= codes[after] !== codes[at];
      after += 1;
    }
    // One character over and over tells nothing, and is in no secret.
    if (isVaried && after - at >= shortest) {
      codes.copyWithin(end, at, after);
      starts.copyWithin(end, at, after);
      ends.copyWithin(end, at, after);
      end += after - at;
      // What follows here is something else, or the end.
      if (after < length) {
        codes[end] = GAP;
        end += 1;
      }
    }
    at = after + 1;
    while (repeated > 0 && at < length && codes[at] === codes[after - 1]) at += 1;
  }
  return end;
}
