// Undoes the content codings of a body (RFC 9110, 8.4), bounded, so that a secret cannot hide in them.
import {
  type BrotliOptions,
  brotliDecompressSync,
  constants,
  gunzipSync,
  inflateRawSync,
  inflateSync,
  type ZlibOptions,
} from 'node:zlib';
import { Decompress } from 'fzstd';
import type { HeaderPairs } from '../evidence/exchange.js';

export interface Unpacked {
  /** What came out: all of it, or as much as did not fail and is not too long. */
  bytes: Buffer;
  /** What the headers name is undone to the end. A coding that they do not name is undone only to search. */
  isWhole: boolean;
  /** As the headers name it, or as the bytes begin; null: none. */
  coding: string | null;
}

type Undo = (bytes: Buffer, mostBytes: number) => { bytes: Buffer; isWhole: boolean };

const UNDO: Readonly<Record<string, Undo>> = {
  gzip: byZlib(gunzipSync, constants.Z_SYNC_FLUSH),
  'x-gzip': byZlib(gunzipSync, constants.Z_SYNC_FLUSH),
  deflate: inflated,
  br: byZlib(brotliDecompressSync, constants.BROTLI_OPERATION_FLUSH),
  zstd: unZstd,
};

/** More codings on one another than any server applies. */
const MOST_CODINGS = 4;

/** Undoes what Content-Encoding names, the last coding first; `mostBytes` bounds what each step gives. */
export function unpack(bytes: Buffer, headers: HeaderPairs, mostBytes: number): Unpacked {
  const named = codingsOf(headers);
  const coding = named.length > 0 ? named.join(', ') : codingOf(bytes);
  if (coding === null || bytes.length === 0) return { bytes, isWhole: true, coding };
  const codings = named.length > 0 ? named : [coding];
  if (codings.length > MOST_CODINGS) return { bytes, isWhole: false, coding };
  let unpacked = { bytes, isWhole: named.length > 0 };
  for (const one of codings.toReversed()) {
    const undo = UNDO[one];
    if (undo === undefined) return { ...unpacked, isWhole: false, coding };
    const next = undo(unpacked.bytes, mostBytes);
    unpacked = { bytes: next.bytes, isWhole: unpacked.isWhole && next.isWhole };
  }
  return { ...unpacked, coding };
}

function codingsOf(headers: HeaderPairs): string[] {
  return headers
    .filter(([name]) => name.toLowerCase() === 'content-encoding')
    .flatMap(([, value]) => value.split(','))
    .map((one) => one.trim().toLowerCase())
    .filter((one) => one !== '' && one !== 'identity');
}

const MAGIC: readonly (readonly [string, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b, 8]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['deflate', [0x78, 0x01]],
  ['deflate', [0x78, 0x9c]],
  ['deflate', [0x78, 0xda]],
];

/** What a body that names no coding was packed with. */
function codingOf(bytes: Buffer): string | null {
  return MAGIC.find(([, first]) => first.every((byte, at) => bytes[at] === byte))?.[0] ?? null;
}

/** Zlib's format, which the standard asks for, or without its frame, as some servers send it. */
function inflated(bytes: Buffer, mostBytes: number): ReturnType<Undo> {
  const framed = byZlib(inflateSync, constants.Z_SYNC_FLUSH)(bytes, mostBytes);
  if (framed.isWhole) return framed;
  const bare = byZlib(inflateRawSync, constants.Z_SYNC_FLUSH)(bytes, mostBytes);
  return bare.isWhole || bare.bytes.length > framed.bytes.length ? bare : framed;
}

function byZlib(decode: (bytes: Buffer, options: ZlibOptions & BrotliOptions) => Buffer, finishFlush: number): Undo {
  return (bytes, mostBytes) => {
    const tried = (length: number, options: ZlibOptions = {}) => {
      try {
        return decode(bytes.subarray(0, length), { ...options, maxOutputLength: mostBytes });
      } catch {
        return null;
      }
    };
    const whole = tried(bytes.length);
    if (whole !== null) return { bytes: whole, isWhole: true };
    // Its beginning may decode: the longest one that does, about.
    let best = tried(bytes.length, { finishFlush });
    let [low, high] = [0, best === null ? bytes.length : 0];
    while (high - low > Math.max(1, low >> NEARNESS)) {
      const middle = (low + high) >> 1;
      const part = tried(middle, { finishFlush });
      if (part === null) high = middle;
      else [low, best] = [middle, part];
    }
    return { bytes: best ?? Buffer.alloc(0), isWhole: false };
  };
}

/** To 1/64 of the length. */
const NEARNESS = 6;

class Enough extends Error {}

function unZstd(bytes: Buffer, mostBytes: number): ReturnType<Undo> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let isWhole = false;
  const decompress = new Decompress((chunk, isLast) => {
    // The buffer of a chunk is used again.
    chunks.push(chunk.slice(0, mostBytes - length));
    length += chunk.length;
    if (length > mostBytes) throw new Enough();
    isWhole = isLast === true;
  });
  try {
    for (let at = 0; at < bytes.length; at += PORTION)
      decompress.push(bytes.subarray(at, at + PORTION), at + PORTION >= bytes.length);
  } catch {
    isWhole = false;
  }
  return { bytes: Buffer.concat(chunks), isWhole };
}

const PORTION = 4096;
