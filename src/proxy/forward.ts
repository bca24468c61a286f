// Byte-transparent forwarding: raw headers in their order, case and number, framing as it came, streaming both ways.
import http, { type ClientRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import type { HeaderPairs } from '../evidence/exchange.js';
import { grow, grown, startGrowing } from '../transport/growing.js';
import { type Answer, flatOf, pairsOf } from './answers.js';
import { announcedLength, forwardable, goesAsList, grouped, originForm, withoutHopByHop } from './heads.js';
import { jsonBody } from './json.js';
import type { OpenCall } from './source.js';
import { effectOfAnswer, type Source, UpstreamError } from './source.js';
import { failUpstream, writeHead } from './wire.js';

export interface UpstreamOptions {
  /** Scheme, host and port; a path in it is left out: the client's own path is forwarded. */
  origin: string;
  /** Certificate authority of the endpoint, PEM. */
  ca?: string | undefined;
  /** Asked before each request leaves; words mean no. */
  refuse?: ((method: string, url: string) => string | null) | undefined;
}

// Servers close idle connections after 5 s and more: a request must not meet one that is just being closed.
const SWEEP_MS = 2_000;

// An answer that is not streamed is read up to this size.
const WHOLE_BYTES = 4 * 1024 * 1024;
const INTERIM_ANSWERS = 20;

const NODE_ADDS = ['Connection', 'Content-Length', 'Transfer-Encoding'];

export function createUpstream(options: UpstreamOptions): Source {
  const origin = new URL(options.origin);
  const secure = origin.protocol === 'https:';
  const settings = { keepAlive: true, maxFreeSockets: 256 };
  const agent = secure ? new https.Agent({ ...settings, ca: options.ca }) : new http.Agent(settings);
  const host = origin.hostname.replace(/^\[|\]$/g, '');
  const port = origin.port === '' ? (secure ? 443 : 80) : Number(origin.port);
  const request = secure ? https.request : http.request;

  const written = new WeakMap<Socket, number>();
  const sweeping = setInterval(sweep, SWEEP_MS).unref();

  /** Closes connections that carried nothing since the last look: not per request, which must stay cheap. */
  function sweep(): void {
    for (const socket of Object.values(agent.freeSockets).flatMap((free) => free ?? [])) {
      if (written.get(socket) === socket.bytesWritten) socket.destroy();
      else written.set(socket, socket.bytesWritten);
    }
  }

  function open(method: string, url: string, rawHeaders: readonly string[]): ClientRequest {
    const refused = options.refuse?.(method, url) ?? null;
    if (refused !== null) throw new UpstreamError('REFUSED', refused);
    const headers = forwardable(rawHeaders, origin.host);
    const path = url.startsWith('/') || url === '*' ? url : originForm(url);
    if (goesAsList(method, headers)) {
      return request({ agent, host, port, setHost: false, method, path, headers: headers.flat });
    }
    const outgoing = request({ agent, host, port, setHost: false, method, path });
    // Tells Node not to add its own.
    for (const name of NODE_ADDS) outgoing.removeHeader(name);
    for (const [name, values] of grouped(headers.flat)) outgoing.setHeader(name, values);
    return outgoing;
  }

  return {
    pass(call) {
      let outgoing: ClientRequest;
      try {
        outgoing = open(call.request.method ?? 'GET', call.request.url ?? '/', call.request.rawHeaders);
      } catch (error) {
        failUpstream(call, upstreamError(error));
        return;
      }
      call.entry.answeredBy = 'upstream';
      streamRequest(call, outgoing);
      streamAnswer(call, outgoing);
    },
    async perform(whole) {
      const outgoing = open(whole.method, whole.url, flatOf(framed(whole.headers, whole.body)));
      const answer = await wholeAnswer(outgoing, whole.body, whole.trailers);
      const json = jsonBody(answer.body, answer.headers);
      return {
        answer,
        effect: effectOfAnswer(whole.matched, answer.status, json, whole.idempotencyKey),
        by: 'upstream',
      };
    },
    close() {
      clearInterval(sweeping);
      agent.destroy();
    },
  };
}

function streamRequest(call: OpenCall, outgoing: ClientRequest): void {
  const { request, entry } = call;
  const { recorder } = call.lane;
  const announced = announcedLength(request.rawHeaders);
  if (announced === 0) {
    entry.requestCompleteAt = performance.now();
    outgoing.end();
    return;
  }
  let started = false;
  let ended = false;
  request.on('data', (chunk: Buffer) => {
    started = true;
    recorder.requestChunk(entry, chunk);
    if (chunk.length === announced) {
      // The whole body at once: head and body leave in one write.
      ended = true;
      outgoing.end(chunk);
    } else if (!outgoing.write(chunk)) {
      request.pause();
      outgoing.once('drain', () => request.resume());
    }
  });
  request.on('end', () => {
    entry.requestCompleteAt = performance.now();
    if (ended) return;
    if (request.rawTrailers.length > 0) outgoing.addTrailers(pairsOf(request.rawTrailers));
    outgoing.end();
  });
  // A head whose body is slow must not wait for it. Data that is already here flows in the tick before.
  process.nextTick(() => {
    if (!started && !outgoing.destroyed) outgoing.flushHeaders();
  });
}

function streamAnswer(call: OpenCall, outgoing: ClientRequest): void {
  const { response, entry } = call;
  const { recorder } = call.lane;
  outgoing.on('information', (info) => {
    entry.interim ??= [];
    entry.interim.push({ status: info.statusCode, headers: info.rawHeaders });
    if (entry.interim.length > INTERIM_ANSWERS)
      return void outgoing.destroy(new UpstreamError('TOO_MANY_INTERIM', 'endless 1xx answers'));
    if (info.statusCode === 100 && call.awaitsContinue) response.writeContinue();
    else writeInterim(response, info.statusCode, info.statusMessage, info.rawHeaders);
  });
  outgoing.on('response', (incoming) => {
    const announced = announcedLength(incoming.rawHeaders);
    const { statusCode = 502, statusMessage = '' } = incoming;
    writeHead(call, statusCode, statusMessage, withoutHopByHop(incoming.rawHeaders));
    let started = false;
    incoming.on('data', (chunk: Buffer) => {
      started = true;
      recorder.answerChunk(entry, chunk);
      if (chunk.length === announced) response.end(chunk);
      else if (!response.write(chunk)) {
        incoming.pause();
        response.once('drain', () => incoming.resume());
      }
    });
    incoming.on('end', () => {
      if (entry.answerFirstByteAt === 0) entry.answerFirstByteAt = performance.now();
      if (incoming.rawTrailers.length > 0) {
        entry.answerTrailers = incoming.rawTrailers;
        response.addTrailers(pairsOf(incoming.rawTrailers));
      }
      if (!response.writableEnded) response.end();
    });
    incoming.on('error', (error) => failUpstream(call, upstreamError(error)));
    process.nextTick(() => {
      if (started || incoming.complete || response.destroyed) return;
      entry.answerFirstByteAt = performance.now();
      response.flushHeaders();
    });
  });
  outgoing.on('error', (error) => failUpstream(call, upstreamError(error)));
  response.on('close', () => {
    if (!response.writableFinished) outgoing.destroy();
  });
}

function wholeAnswer(outgoing: ClientRequest, body: Buffer, trailers: HeaderPairs): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => reject(upstreamError(error));
    outgoing.on('error', fail);
    outgoing.on('response', (incoming: IncomingMessage) => {
      const body = startGrowing();
      incoming.on('error', fail);
      incoming.on('data', (chunk: Buffer) => {
        grow(body, chunk);
        if (body.bytes > WHOLE_BYTES)
          incoming.destroy(new UpstreamError('TOO_LARGE', `the answer went past ${WHOLE_BYTES} bytes`));
      });
      incoming.on('end', () => {
        resolve({
          status: incoming.statusCode ?? 502,
          statusText: incoming.statusMessage ?? '',
          headers: pairsOf(withoutHopByHop(incoming.rawHeaders)),
          body: grown(body),
          trailers: pairsOf(incoming.rawTrailers),
        });
      });
    });
    if (trailers.length > 0) outgoing.addTrailers(trailers.map(([name, value]): [string, string] => [name, value]));
    outgoing.end(body);
  });
}

/** A held body is sent without waiting for leave. */
function framed(headers: HeaderPairs, body: Buffer): HeaderPairs {
  return body.length === 0 ? headers : headers.filter(([name]) => name.toLowerCase() !== 'expect');
}

function upstreamError(error: unknown): UpstreamError {
  if (error instanceof UpstreamError) return error;
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'UPSTREAM';
  return new UpstreamError(code, error instanceof Error ? error.message : String(error));
}

function writeInterim(response: ServerResponse, status: number, words: string, headers: readonly string[]): void {
  const lines = pairsOf(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  response.socket?.write(`HTTP/1.1 ${status} ${words}\r\n${lines.join('')}\r\n`, 'latin1');
}
