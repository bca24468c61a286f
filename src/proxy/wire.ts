// The few things that every call needs, on the path where no fault is armed too: kept free of per-call closures.
import type { Entry } from './recorder.js';
import type { Lane, OpenCall, UpstreamError } from './source.js';

/** Notes and writes the head of the answer, as it stands; it leaves with the first piece of the body. */
export function writeHead({ response, entry }: OpenCall, status: number, statusText: string, headers: string[]): void {
  entry.status = status;
  entry.statusText = statusText;
  entry.answerHeaders = headers;
  // Told so, Node adds none of its own.
  response.sendDate = false;
  response.removeHeader('Connection');
  response.removeHeader('Content-Length');
  response.removeHeader('Transfer-Encoding');
  response.writeHead(status, statusText, headers);
}

/** No whole answer will come from the API behind us. */
export function failUpstream(call: OpenCall, error: UpstreamError): void {
  const { entry, response, lane } = call;
  if (entry.endedAt !== 0 || entry.ended !== 'open') return;
  entry.ended = 'upstream-failed';
  entry.endedBy = 'upstream';
  entry.errorCode = error.code;
  entry.errorMessage = error.message;
  if (response.headersSent) {
    response.socket?.destroySoon();
    return;
  }
  entry.answeredBy = 'proxy';
  const body = Buffer.from(`golive-check: no answer from the API behind the proxy (${error.code})\n`);
  const length = String(body.length);
  writeHead(call, 502, 'Bad Gateway', ['Content-Type', 'text/plain', 'Content-Length', length, 'Connection', 'close']);
  lane.recorder.answerChunk(entry, body);
  response.end(body);
}

/** The attempt is over, if it was not before. */
export function settle(entry: Entry, finished: boolean, lane: Pick<Lane, 'settled'>): void {
  if (entry.endedAt !== 0) return;
  entry.endedAt = performance.now();
  if (entry.ended === 'open') {
    entry.ended = finished ? 'complete' : 'client-closed';
    entry.endedBy = finished ? 'us' : 'client';
  }
  lane.settled(entry);
}
