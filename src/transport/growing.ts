// Bytes that arrive in pieces. They are kept in one buffer: a peer that sends single bytes would make each a Buffer of
// its own, which takes a hundred times as much memory.

export interface Growing {
  buffer: Buffer;
  /** How much of the buffer is filled. */
  bytes: number;
}

const EMPTY = Buffer.alloc(0);

export function startGrowing(): Growing {
  return { buffer: EMPTY, bytes: 0 };
}

/** The first piece is taken as it is, and must not change afterwards. */
export function grow(growing: Growing, piece: Buffer): void {
  const bytes = growing.bytes + piece.length;
  if (growing.bytes === 0) growing.buffer = piece;
  else {
    if (bytes > growing.buffer.length) {
      const larger = Buffer.allocUnsafeSlow(2 * bytes);
      growing.buffer.copy(larger, 0, 0, growing.bytes);
      growing.buffer = larger;
    }
    piece.copy(growing.buffer, growing.bytes);
  }
  growing.bytes = bytes;
}

export function grown({ buffer, bytes }: Growing): Buffer {
  return buffer.length === bytes ? buffer : buffer.subarray(0, bytes);
}
