// Byte-transparent forwarding: raw headers in their order, case and number, framing as it came, streaming both ways.
import http, { type ClientRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { HeaderPairs } from '../types.js';
import { type Answer, flatOf, pairsOf } from './answers.js';
import { jsonBody } from './json.js';
import { effectOfAnswer, type OpenCall, type Source, UpstreamError } from './source.js';

export interface UpstreamOptions {
  /** Scheme, host and port; a path in it is left out: the client's own path is forwarded. */
  origin: string;
  /** Certificate authority of the endpoint, PEM. */
  ca?: string | undefined;
  /** Asked before each request leaves; words mean no. */
  refuse?: ((method: string, url: string) => string | null) | undefined;
}

// Servers close idle connections after 5 s and more: a request must not meet one that is just being closed.
const IDLE_MS = 4_000;

// Node gives these methods no body unless the headers announce one.
const BODILESS = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE']);

export function createUpstream(options: UpstreamOptions): Source {
  const origin = new URL(options.origin);
  const secure = origin.protocol === 'https:';
  const settings = { keepAlive: true, maxFreeSockets: 256 };
  const agent = secure ? new https.Agent({ ...settings, ca: options.ca }) : new http.Agent(settings);
  const target = {
    agent,
    host: origin.hostname.replace(/^\[|\]$/g, ''),
    port: origin.port === '' ? (secure ? 443 : 80) : Number(origin.port),
    setHost: false,
  };
  const request = secure ? https.request : http.request;

  function open(method: string, url: string, rawHeaders: readonly string[]): ClientRequest {
    const refused = options.refuse?.(method, url) ?? null;
    if (refused !== null) throw new UpstreamError('REFUSED', refused);
    const headers = forwardable(rawHeaders, origin.host);
    const path = url.startsWith('/') || url === '*' ? url : originForm(url);
    if (needsNoDefaults(method, headers)) return request({ ...target, method, path, headers: headers.flat });
    const outgoing = request({ ...target, method, path });
    // Tells Node not to add its own.
    for (const name of ['Connection', 'Content-Length', 'Transfer-Encoding']) outgoing.removeHeader(name);
    for (const [name, values] of grouped(headers.flat)) outgoing.setHeader(name, values);
    return outgoing;
  }

  return {
    pass(call) {
      let outgoing: ClientRequest;
      try {
        outgoing = open(call.request.method ?? 'GET', call.request.url ?? '/', call.request.rawHeaders);
      } catch (error) {
        call.fail(upstreamError(error));
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
    close: () => agent.destroy(),
  };
}

function streamRequest(call: OpenCall, outgoing: ClientRequest): void {
  const { request, entry, recorder } = call;
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
  const { response, entry, recorder } = call;
  outgoing.on('information', (info) => {
    entry.interim = [...(entry.interim ?? []), { status: info.statusCode, headers: info.rawHeaders }];
    if (info.statusCode === 100 && call.awaitsContinue) response.writeContinue();
    else writeInterim(response, info.statusCode, info.statusMessage, info.rawHeaders);
  });
  outgoing.on('response', (incoming) => {
    const announced = announcedLength(incoming.rawHeaders);
    call.head(incoming.statusCode ?? 502, incoming.statusMessage ?? '', withoutHopByHop(incoming.rawHeaders));
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
    incoming.on('error', (error) => call.fail(upstreamError(error)));
    process.nextTick(() => {
      if (started || incoming.complete || response.destroyed) return;
      entry.answerFirstByteAt = performance.now();
      response.flushHeaders();
    });
  });
  outgoing.on('error', (error) => call.fail(upstreamError(error)));
  response.on('close', () => {
    if (!response.writableFinished) outgoing.destroy();
  });
}

function wholeAnswer(outgoing: ClientRequest, body: Buffer, trailers: HeaderPairs): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => reject(upstreamError(error));
    outgoing.on('error', fail);
    outgoing.on('response', (incoming: IncomingMessage) => {
      const chunks: Buffer[] = [];
      incoming.on('error', fail);
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        resolve({
          status: incoming.statusCode ?? 502,
          statusText: incoming.statusMessage ?? '',
          headers: pairsOf(withoutHopByHop(incoming.rawHeaders)),
          body: Buffer.concat(chunks),
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

/** Bytes of the body: 0 where none is announced, NaN where it is chunked or lasts until the connection ends. */
function announcedLength(raw: readonly string[]): number {
  let length = 0;
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at] ?? '';
    if (name.length === 14 && name.toLowerCase() === 'content-length') length = Number(raw[at + 1]);
    else if (name.length === 17 && name.toLowerCase() === 'transfer-encoding') return Number.NaN;
  }
  return length;
}

interface Forwardable {
  flat: string[];
  hasConnection: boolean;
  hasFraming: boolean;
}

// The hop between the client and us (RFC 9110, 7.6.1); an upgrade is not offered on: we could not follow it.
const CLIENT_HOP = new Set(['proxy-connection', 'proxy-authorization', 'keep-alive', 'upgrade', 'http2-settings']);

function forwardable(raw: readonly string[], host: string): Forwardable {
  const named = namedByConnection(raw);
  const flat: string[] = [];
  let hasConnection = false;
  let hasFraming = false;
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at] ?? '';
    const value = raw[at + 1] ?? '';
    switch (name.toLowerCase()) {
      case 'host':
        flat.push(name, host);
        continue;
      case 'connection':
        if (named === null) {
          flat.push(name, value);
          hasConnection = true;
        }
        continue;
      case 'content-length':
      case 'transfer-encoding':
        hasFraming = true;
        break;
      default:
        if (CLIENT_HOP.has(name.toLowerCase()) || named?.has(name.toLowerCase()) === true) continue;
    }
    flat.push(name, value);
  }
  return { flat, hasConnection, hasFraming };
}

function withoutHopByHop(raw: string[]): string[] {
  const named = namedByConnection(raw);
  if (named === null) return raw;
  return flatOf(pairsOf(raw).filter(([name]) => name.toLowerCase() !== 'connection' && !named.has(name.toLowerCase())));
}

/** The headers that Connection names as meant for one hop; null: none. */
function namedByConnection(raw: readonly string[]): Set<string> | null {
  let named: Set<string> | null = null;
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at] ?? '';
    if (name.length !== 10 || name.toLowerCase() !== 'connection') continue;
    const value = (raw[at + 1] ?? '').toLowerCase();
    if (value === 'keep-alive' || value === 'close') continue;
    // Trailers are passed on, so the word about them is true of the next hop too.
    const tokens = value.split(',').map((token) => token.trim());
    named = new Set([
      ...(named ?? []),
      ...tokens.filter((token) => !['', 'te', 'close', 'keep-alive'].includes(token)),
    ]);
  }
  return named;
}

/** Node adds Connection and framing to a list of headers that lacks them, but keeps the list's order. */
function needsNoDefaults(method: string, { flat, hasConnection, hasFraming }: Forwardable): boolean {
  if (!hasFraming && !BODILESS.has(method)) return false;
  return hasConnection || grouped(flat).size * 2 !== flat.length;
}

function grouped(flat: readonly string[]): Map<string, string | string[]> {
  const byName = new Map<string, { name: string; values: string[] }>();
  for (const [name, value] of pairsOf(flat)) {
    const known = byName.get(name.toLowerCase());
    if (known === undefined) byName.set(name.toLowerCase(), { name, values: [value] });
    else known.values.push(value);
  }
  return new Map(
    [...byName.values()].map(({ name, values }) => [name, values.length === 1 ? (values[0] ?? '') : values]),
  );
}

function originForm(url: string): string {
  const parsed = new URL(url);
  return `${parsed.pathname}${parsed.search}`;
}
