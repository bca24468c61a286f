import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import type { HeaderPairs, RecordedBody } from '../types.js';

/** What is kept of one body, in characters. */
export const KEPT_CHARACTERS = 32 * 1024;

const DECODERS: Readonly<Record<string, (bytes: Buffer, options: { maxOutputLength: number }) => Buffer>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};

/** Undoes a Content-Encoding, so that a secret cannot hide in it; bytes that do not decode stay as they came. */
export function decodeBody(bytes: Buffer, headers: HeaderPairs, maxBytes: number): Buffer {
  const coding = headers
    .find(([name]) => name.toLowerCase() === 'content-encoding')?.[1]
    .trim()
    .toLowerCase();
  const decode = coding === undefined ? undefined : DECODERS[coding];
  if (decode === undefined) return bytes;
  try {
    return decode(bytes, { maxOutputLength: maxBytes });
  } catch {
    return bytes;
  }
}

interface Recording {
  arrivedBytes: number;
  /** The body did not come to its end: it may stop in the middle of a secret. */
  cut: boolean;
  redact: (text: string) => string;
  longestSecret: number;
  /** Told the clean text before it is cut. */
  read?: ((text: string) => void) | undefined;
}

/** Redacts, then cuts. */
export function recordBody(bytes: Buffer, recording: Recording): RecordedBody {
  const text = utf8(bytes);
  if (text === null) {
    // Redaction works on text: Latin-1 maps each byte to one character, so values are still found.
    const clean = Buffer.from(withoutTail(recording.redact(bytes.toString('latin1')), recording), 'latin1').toString(
      'base64',
    );
    return {
      text: clean.slice(0, KEPT_CHARACTERS),
      bytes: recording.arrivedBytes,
      truncated: clean.length > KEPT_CHARACTERS,
      encoding: 'base64',
    };
  }
  const clean = withoutTail(recording.redact(text), recording);
  recording.read?.(clean);
  return {
    text: clean.slice(0, KEPT_CHARACTERS),
    bytes: recording.arrivedBytes,
    truncated: recording.cut || clean.length > KEPT_CHARACTERS,
    encoding: 'utf8',
  };
}

function withoutTail(text: string, recording: Recording): string {
  return recording.cut ? text.slice(0, Math.max(0, text.length - recording.longestSecret)) : text;
}

function utf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
