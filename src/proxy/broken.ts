// What arrives and is no whole request: garbage, half a request, a tunnel that is not offered.
import { STATUS_CODES } from 'node:http';
import type { Entry } from './recorder.js';
import type { Tracked } from './sockets.js';

export type ClientError = NodeJS.ErrnoException & { rawPacket?: Buffer };

/** A client that goes away, by RST or in the middle of a message, is no malformed one. */
export function isMalformed(error: ClientError): boolean {
  return error.code?.startsWith('HPE_') === true && error.code !== 'HPE_INVALID_EOF_STATE';
}

export function noteClientGone({ link, current }: Tracked, error: ClientError): void {
  link.closedBy ??= 'client';
  if (current !== null && current.entry.endedAt === 0) current.entry.errorCode = error.code ?? null;
}

export function noteEarlyDeath(entry: Entry, bytes: number): void {
  entry.partialHead = Buffer.alloc(0);
  entry.errorCode = 'HEAD_INCOMPLETE';
  entry.errorMessage = `${bytes} bytes of a request arrived`;
}

/** The attempt whose body the bad bytes are in. */
export function bodyUnderWay({ current }: Tracked): Entry | null {
  return current !== null && !current.request.complete && current.entry.endedAt === 0 ? current.entry : null;
}

export function answerMalformed(entry: Entry, { link, socket }: Tracked, error: ClientError): void {
  if (entry.method === '') entry.partialHead = error.rawPacket ?? Buffer.alloc(0);
  entry.malformed = true;
  entry.ended = 'malformed';
  entry.endedBy = 'us';
  entry.errorCode = error.code ?? null;
  entry.errorMessage = error.message;
  if (entry.answerFirstByteAt === 0) {
    const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : 400;
    socket.write(answerOfOurs(entry, status, ['Connection', 'close']));
  }
  link.closedBy ??= 'us';
  socket.destroySoon();
}

export function refuseConnect(entry: Entry, tracked: Tracked): void {
  tracked.handedOver = true;
  entry.requestCompleteAt = performance.now();
  tracked.socket.end(answerOfOurs(entry, 501, ['Connection', 'close', 'Content-Length', '0']));
}

/** Written past Node, which has no response object for these. */
function answerOfOurs(entry: Entry, status: number, headers: readonly string[]): string {
  entry.answeredBy = 'proxy';
  entry.status = status;
  entry.statusText = STATUS_CODES[status] ?? '';
  entry.answerHeaders = headers;
  entry.answerFirstByteAt = performance.now();
  const lines = headers.map((text, at) => (at % 2 === 0 ? `${text}: ` : `${text}\r\n`));
  return `HTTP/1.1 ${status} ${entry.statusText}\r\n${lines.join('')}\r\n`;
}
