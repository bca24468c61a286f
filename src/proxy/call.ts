// One request of the client inside the proxy: reading it, answering it, ending it.
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import { headerOf } from '../evidence/exchange.js';
import { setPointer } from '../evidence/pointer.js';
import type { HeaderPairs } from '../types.js';
import { type Answer, flatOf, isBodiless, pairsOf, withoutHeader } from './answers.js';
import { ClientGone } from './define.js';
import { idempotencyKeyOf, jsonBody, type KeyPlace } from './json.js';
import type { Entry, Recorder } from './recorder.js';
import type { AttemptEnd } from './recording.js';
import type { Samples } from './samples.js';
import type { OpenCall, Performed, Source, UpstreamError, WholeRequest } from './source.js';

/** A held body is read up to this size; what comes after is left out of what is carried out. */
const HELD_BYTES = 64 * 1024 * 1024;

export interface Call extends OpenCall {
  readonly samples: Samples;
  body(): Promise<Buffer>;
  whole(): Promise<WholeRequest>;
  perform(): Promise<Performed>;
  /** As if no fault were armed. */
  pass(): Promise<void>;
  send(answer: Answer): Promise<void>;
  /** Ends the attempt by our own will; `close` says how the connection goes down. */
  end(how: AttemptEnd, close: 'fin' | 'rst'): void;
  /** Resolves when the attempt is over. */
  readonly over: Promise<void>;
}

export interface CallContext {
  recorder: Recorder;
  source: Source;
  samples: Samples;
  key: KeyPlace;
  /** The TCP socket, which alone can be reset. */
  wire: { resetAndDestroy(): unknown };
  freshRequestId(): string;
  settled(entry: Entry): void;
}

export function createCall(
  request: IncomingMessage,
  response: ServerResponse,
  entry: Entry,
  awaitsContinue: boolean,
  context: CallContext,
): Call {
  const { recorder, source, samples } = context;
  let reading: Promise<Buffer> | null = null;
  let over: Promise<void> | null = null;
  let madeHere = true;

  response.on('close', () => settle(entry, response.writableFinished, context));

  const call: Call = {
    request,
    response,
    entry,
    recorder,
    awaitsContinue,
    samples,
    get over() {
      over ??= new Promise((resolve) => {
        if (response.closed) resolve();
        else response.once('close', () => resolve());
      });
      return over;
    },
    body() {
      reading ??= readBody(call);
      return reading;
    },
    async whole() {
      const body = await call.body();
      const headers = pairsOf(request.rawHeaders);
      return {
        method: entry.method,
        url: entry.url,
        headers,
        trailers: pairsOf(request.rawTrailers),
        body,
        matched: entry.matched,
        idempotencyKey: idempotencyKeyOf(context.key, headers, jsonBody(body, headers)),
      };
    },
    async perform() {
      const performed = await source.perform(await call.whole());
      entry.effect = performed.effect;
      entry.answeredBy ??= performed.by;
      madeHere = performed.by !== 'upstream';
      return performed;
    },
    async pass() {
      if (source.pass !== undefined && reading === null) source.pass(call);
      else await call.send((await call.perform()).answer);
    },
    async send(answer) {
      await call.body();
      if (response.destroyed) throw new ClientGone(true);
      const ready = madeHere ? signed(answer, call, context) : answer;
      const body = isBodiless(entry.method, answer.status) ? Buffer.alloc(0) : ready.body;
      if (ready.trailers.length > 0) entry.answerTrailers = flatOf(ready.trailers);
      call.head(
        ready.status,
        ready.statusText ?? STATUS_CODES[ready.status] ?? '',
        flatOf(framed(ready, entry.method)),
      );
      recorder.answerChunk(entry, body);
      if (ready.trailers.length > 0) response.addTrailers(pairsOf(entry.answerTrailers));
      response.end(body);
    },
    head(status, statusText, headers) {
      entry.status = status;
      entry.statusText = statusText;
      entry.answerHeaders = headers;
      // Told so, Node adds none of its own.
      response.sendDate = false;
      response.removeHeader('Connection');
      response.removeHeader('Content-Length');
      response.removeHeader('Transfer-Encoding');
      response.writeHead(status, statusText, headers);
    },
    fail(error: UpstreamError) {
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
      call.head(502, 'Bad Gateway', [
        'Content-Type',
        'text/plain',
        'Content-Length',
        String(body.length),
        'Connection',
        'close',
      ]);
      recorder.answerChunk(entry, body);
      response.end(body);
    },
    end(how, close) {
      if (entry.endedAt === 0) {
        entry.ended = how;
        entry.endedBy = 'us';
      }
      const { socket } = response;
      if (close === 'rst') {
        context.wire.resetAndDestroy();
        socket?.destroy();
        settle(entry, false, context);
      } else {
        // The end of the cut is when the last byte before it has left.
        socket?.destroySoon();
      }
    },
  };
  return call;
}

export function settle(entry: Entry, finished: boolean, context: Pick<CallContext, 'settled'>): void {
  if (entry.endedAt !== 0) return;
  entry.endedAt = performance.now();
  if (entry.ended === 'open') {
    entry.ended = finished ? 'complete' : 'client-closed';
    entry.endedBy = finished ? 'us' : 'client';
  }
  context.settled(entry);
}

function readBody({ request, response, entry, recorder, awaitsContinue }: Call): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let held = 0;
    if (awaitsContinue) {
      entry.interim = [{ status: 100, headers: [] }];
      response.writeContinue();
    }
    request.on('data', (chunk: Buffer) => {
      recorder.requestChunk(entry, chunk);
      if (held < HELD_BYTES) chunks.push(chunk);
      held += chunk.length;
    });
    request.on('end', () => {
      entry.requestCompleteAt = performance.now();
      entry.requestTrailers = request.rawTrailers;
      const [only] = chunks;
      resolve(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks));
    });
    request.on('error', () => undefined);
    request.on('close', () => {
      if (entry.requestCompleteAt === 0) reject(new ClientGone(false));
    });
  });
}

/** Our own answers carry what every answer of a provider carries: a date and a request id to look for in logs. */
function signed(answer: Answer, { entry, samples }: Call, context: CallContext): Answer {
  const id = context.freshRequestId();
  const { headers: names, body: pointer } = samples.requestId;
  const headers: [string, string][] = names.map((name) => [name, id]);
  if (headerOf(answer.headers, 'date') === undefined) headers.unshift(['Date', new Date().toUTCString()]);
  const replaced = names.map((name) => name.toLowerCase());
  if (names.length > 0 || pointer !== null) entry.requestId = id;
  const kept = withoutHeader(answer.headers, ...replaced);
  return {
    ...answer,
    headers: [...kept, ...headers],
    body: pointer === null ? answer.body : named(answer, pointer, id),
  };
}

function named(answer: Answer, pointer: string, id: string): Buffer {
  const json = jsonBody(answer.body, answer.headers);
  if (typeof json !== 'object' || json === null || answer.status < 400) return answer.body;
  return Buffer.from(JSON.stringify(setPointer(json, pointer, id)));
}

/** The framing of a whole body in memory. */
function framed(answer: Answer, method: string): HeaderPairs {
  if (isBodiless(method, answer.status)) return answer.headers;
  if (answer.trailers.length > 0)
    return [...withoutHeader(answer.headers, 'content-length', 'transfer-encoding'), ['Transfer-Encoding', 'chunked']];
  const length = String(answer.body.length);
  const bare = withoutHeader(answer.headers, 'transfer-encoding');
  if (headerOf(bare, 'content-length') === length) return bare;
  return [...withoutHeader(bare, 'content-length'), ['Content-Length', length]];
}
