import { createHash } from 'node:crypto';
import type { RecordedBody } from '../evidence/exchange.js';
import type { Unpacked } from './unpack.js';

/** What is kept of one body, in characters. */
export const KEPT_CHARACTERS = 32 * 1024;

interface Recording {
  /** As they came: of what is not kept, their digest is. */
  arrived: Buffer;
  arrivedBytes: number;
  /** The body did not come to its end: it may stop in the middle of a secret. */
  cut: boolean;
  redact: (text: string) => string;
  longestSecret: number;
  /** Told the clean text before it is cut. */
  read?: ((text: string) => void) | undefined;
}

/** Redacts, then cuts. What does not unpack as a whole, and what is no text, is searched but not kept. */
export function recordBody({ bytes, isWhole, coding }: Unpacked, recording: Recording): RecordedBody {
  const text = utf8(bytes, recording.cut);
  // Redaction works on text: Latin-1 maps each byte to one character, so values are still found.
  const clean = recording.redact(text ?? bytes.toString('latin1'));
  if (!isWhole || (text === null && !isText(bytes))) {
    if (!isWhole) recording.redact(recording.arrived.toString('latin1'));
    const sha256 = createHash('sha256').update(recording.arrived).digest('hex');
    return {
      text: '',
      bytes: recording.arrivedBytes,
      truncated: true,
      encoding: 'base64',
      notKept: { coding, sha256 },
    };
  }
  const certain = withoutTail(clean, recording);
  if (text !== null) recording.read?.(certain);
  const stored = text === null ? Buffer.from(certain, 'latin1').toString('base64') : certain;
  return {
    text: stored.slice(0, KEPT_CHARACTERS),
    bytes: recording.arrivedBytes,
    truncated: recording.cut || stored.length > KEPT_CHARACTERS,
    encoding: text === null ? 'base64' : 'utf8',
  };
}

function withoutTail(text: string, recording: Recording): string {
  return recording.cut ? text.slice(0, Math.max(0, text.length - recording.longestSecret)) : text;
}

/** Of a cut body, the last character may be incomplete. */
function utf8(bytes: Buffer, cut: boolean): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: cut });
  } catch {
    return null;
  }
}

/** In an encoding older than UTF-8, most of which write ASCII alike. Packed bytes have control characters, and fewer letters. */
function isText(bytes: Buffer): boolean {
  let ascii = 0;
  for (const byte of bytes) {
    if (byte < 0x20 && !SPACING.has(byte)) return false;
    if (byte < 0x7f) ascii += 1;
  }
  return ascii >= bytes.length * LEAST_ASCII;
}

const SPACING: ReadonlySet<number> = new Set([9, 10, 12, 13, 27]);
const LEAST_ASCII = 0.6;
