// One request of the client inside the proxy: reading it, answering it, ending it.
import { STATUS_CODES } from 'node:http';
import type { HeaderPairs } from '../evidence/exchange.js';
import { headerOf } from '../evidence/exchange.js';
import { setPointer } from '../evidence/pointer.js';
import type { AttemptEnd } from '../evidence/recording.js';
import { grow, grown, startGrowing } from '../transport/growing.js';
import { type Answer, flatOf, isBodiless, pairsOf, withoutHeader } from './answers.js';
import { ClientGone } from './define.js';
import { idempotencyKeyOf, jsonBody } from './json.js';
import type { OpenCall, Performed, WholeRequest } from './source.js';
import { settle, writeHead } from './wire.js';

const REQUEST_ID = '{{requestId}}';
/** A held body is read up to this size; what comes after is left out of what is carried out. */
const HELD_BYTES = 64 * 1024 * 1024;

export interface Call extends OpenCall {
  body(): Promise<Buffer>;
  whole(): Promise<WholeRequest>;
  perform(): Promise<Performed>;
  /** As if no fault were armed. */
  pass(): Promise<void>;
  send(answer: Answer): Promise<void>;
  /** Ends the attempt by our own will; `close` says how the connection goes down. */
  end(how: AttemptEnd, close: 'fin' | 'rst'): void;
  /** Resolves when the attempt is over. */
  over(): Promise<void>;
}

/** What can be done with a request that is held, and not streamed through. */
export function holdCall(open: OpenCall): Call {
  const { request, response, entry, lane, wire } = open;
  const { source, recorder } = lane;
  let reading: Promise<Buffer> | null = null;
  // Once: a fault may change a signed answer, and its request id must stay.
  let isReady = false;
  const call: Call = {
    ...open,
    over() {
      if (response.closed) return Promise.resolve();
      return new Promise((resolve) => {
        response.once('close', () => resolve());
      });
    },
    body() {
      reading ??= readBody(open);
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
        idempotencyKey: idempotencyKeyOf(lane.key, headers, jsonBody(body, headers)),
      };
    },
    async perform() {
      const performed = await source.perform(await call.whole());
      entry.effect = performed.effect;
      entry.answeredBy ??= performed.by;
      isReady = true;
      return performed.by === 'upstream' ? performed : { ...performed, answer: signed(performed.answer, open) };
    },
    async pass() {
      if (source.pass !== undefined && reading === null) source.pass(open);
      else await call.send((await call.perform()).answer);
    },
    async send(answer) {
      await call.body();
      if (response.destroyed) throw new ClientGone(true);
      const ready = isReady ? answer : signed(answer, open);
      const body = isBodiless(entry.method, answer.status) ? Buffer.alloc(0) : ready.body;
      const words = ready.statusText ?? STATUS_CODES[ready.status] ?? '';
      if (ready.trailers.length > 0) entry.answerTrailers = flatOf(ready.trailers);
      writeHead(open, ready.status, words, flatOf(framed(ready, entry.method)));
      recorder.answerChunk(entry, body);
      if (ready.trailers.length > 0) response.addTrailers(pairsOf(entry.answerTrailers));
      response.end(body);
    },
    end(how, close) {
      if (entry.endedAt === 0) {
        entry.ended = how;
        entry.endedBy = 'us';
      }
      const { socket } = response;
      if (close === 'rst') {
        wire.resetAndDestroy();
        socket?.destroy();
        settle(entry, false, lane);
      } else {
        // The end of the cut is when the last byte before it has left.
        socket?.destroySoon();
      }
    },
  };
  return call;
}

function readBody({ request, response, entry, lane, awaitsContinue }: OpenCall): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const held = startGrowing();
    if (awaitsContinue) {
      entry.interim = [{ status: 100, headers: [] }];
      response.writeContinue();
    }
    request.on('data', (chunk: Buffer) => {
      lane.recorder.requestChunk(entry, chunk);
      if (held.bytes < HELD_BYTES) grow(held, chunk);
    });
    request.on('end', () => {
      entry.requestCompleteAt = performance.now();
      entry.requestTrailers = request.rawTrailers;
      resolve(grown(held));
    });
    request.on('error', () => undefined);
    request.on('close', () => {
      if (entry.requestCompleteAt === 0) reject(new ClientGone(false));
    });
  });
}

/** Our own answers carry what every answer of a provider carries: a date and a request id to look for in logs. */
function signed(answer: Answer, { entry, lane }: OpenCall): Answer {
  const id = lane.freshRequestId();
  const { headers: names, body: pointer } = lane.samples.requestId;
  const headers: [string, string][] = names.map((name) => [name, id]);
  if (headerOf(answer.headers, 'date') === undefined) headers.unshift(['Date', new Date().toUTCString()]);
  const replaced = names.map((name) => name.toLowerCase());
  const sample = withIds(answer, id);
  const kept = withoutHeader(sample.headers, ...replaced);
  const body = pointer === null ? sample.body : named(sample, pointer, id);
  // Only an id that the client was shown can be looked for in its logs.
  if (names.length > 0 || sample !== answer || body !== sample.body) entry.requestId = id;
  return { ...sample, headers: [...kept, ...headers], body };
}

/** A sample says by itself where the id stands. */
function withIds(answer: Answer, id: string): Answer {
  const filled = (text: string) => text.replaceAll(REQUEST_ID, id);
  const isInBody = answer.body.includes(REQUEST_ID);
  if (!isInBody && !answer.headers.some(([, value]) => value.includes(REQUEST_ID))) return answer;
  return {
    ...answer,
    headers: answer.headers.map(([name, value]) => [name, filled(value)]),
    body: isInBody ? Buffer.from(filled(answer.body.toString('utf8'))) : answer.body,
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
