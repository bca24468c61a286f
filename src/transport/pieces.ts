// undici keeps two Buffers for each header or trailer and parses all that has arrived before it looks at their size: many
// short ones take some 30 times their bytes. So an answer is handed over in pieces, and whoever waits for it may stop that.
import type { Socket } from 'node:net';

const PIECE_BYTES = 4 * 1024;

/** Null: it goes on as it comes. */
export type Admit = ((piece: Buffer) => boolean) | null;

/** Asks `admit()` before each read of the socket; what the function that it gives refuses is not read. */
export function readInPieces(socket: Socket, admit: () => Admit): void {
  const read = socket.read.bind(socket);
  socket.read = (size?: number) => {
    const ask = admit();
    if (ask === null || size !== undefined || socket.readableLength === 0) return read(size);
    const piece = read(Math.min(PIECE_BYTES, socket.readableLength)) as Buffer | null;
    return piece === null || ask(piece) ? piece : null;
  };
}
