// The one door through which requests of ours leave: counted against the budget, bounded, recorded, redacted.
// Nothing is retried, and no redirect is followed: each answer is evidence as it came.
import { setMaxListeners } from 'node:events';
import { performance } from 'node:perf_hooks';
import type { Dispatcher } from 'undici';
import type { Ending, Exchange, HeaderPairs, RecordedBody, Refusal } from '../evidence/exchange.js';
import { withoutTrailing } from '../evidence/trailing.js';
import { recordBody } from '../redaction/bodies.js';
import { type Redactor, redactAll } from '../redaction/redact.js';
import { type Unpacked, unpack } from '../redaction/unpack.js';
import { type Budget, NoEvidence } from './budget.js';
import type { Connection, Connections } from './connections.js';
import { type Growing, grow, grown, startGrowing } from './growing.js';
import { watchLateness } from './lateness.js';
import type { Outgoing } from './outgoing.js';
import { createWays, refuseExposure, type WaysOptions } from './ways.js';

export const LIMITS = {
  headerBytes: 64 * 1024,
  // As many as Node's own HTTP reads.
  headerLines: 2000,
  bodyBytes: 1024 * 1024,
  interimAnswers: 20,
} as const;

export interface Transport {
  /**
   * Sends one request when its turn comes; however the exchange ends, that is the result. Throws NoEvidence where the
   * request may not leave: the budget is spent, the run was interrupted, a secret would leave unprotected.
   */
  send(request: Outgoing): Promise<Exchange>;
  /** Opens idle connections ahead of a race; sends nothing. */
  open(count: number): Promise<void>;
  /** All so far, in the order of their ends. */
  readonly exchanges: readonly Exchange[];
  /** By exchange: how late this process itself was while it was out, ms. */
  readonly lateMs: ReadonlyMap<string, number>;
  /** Closes every connection. */
  close(): Promise<void>;
}

export interface TransportOptions extends Omit<WaysOptions, 'egress'>, Partial<Pick<WaysOptions, 'egress'>> {
  redactor: Redactor;
  budget: Budget;
  timeoutMs: number;
  /** At most so many requests out at once. */
  concurrency: number;
  /** Told before each request leaves, for progress. */
  onSend?: (request: Outgoing) => void;
  /** Whether a 2xx answer refuses the call: noted when it is recorded, so that every reader sees it. */
  refusalIn?: (exchange: Exchange) => Refusal | undefined;
}

export function createTransport(options: TransportOptions): Transport {
  const ways = createWays({ ...options, egress: options.egress ?? {} }, LIMITS.headerBytes);
  // Each request in flight listens for the interruption.
  setMaxListeners(options.concurrency + 10, options.signal);
  const begunAtMs = performance.now();
  const exchanges: Exchange[] = [];
  const lateness = watchLateness();
  const lateMs = new Map<string, number>();
  const gate = createGate(options.concurrency);
  async function send(request: Outgoing): Promise<Exchange> {
    await gate.enter();
    try {
      if (options.signal.aborted) throw new NoEvidence('interrupted', 'the run was interrupted');
      refuseExposure(request, options.redactor);
      options.budget.take(request.write);
      options.onSend?.(request);
      const before = lateness.totalMs();
      const exchange = await perform(request, ways.by(request.way), begunAtMs, options);
      lateMs.set(exchange.id, Math.round(lateness.totalMs() - before));
      exchanges.push(exchange);
      return exchange;
    } finally {
      gate.leave();
    }
  }

  return {
    send,
    // Why it could not be done, the requests themselves will tell.
    open: (count) =>
      ways
        .by(undefined)
        .open(count)
        .catch(() => undefined),
    exchanges,
    lateMs,
    close() {
      lateness.stop();
      return ways.close();
    },
  };
}

interface Course {
  interim: { status: number; headers: HeaderPairs }[];
  status: number | null;
  statusText: string;
  headers: HeaderPairs;
  body: Growing;
  ended: Ending;
  error: Error | null;
  sentAtMs: number | null;
  firstByteAtMs: number | null;
}

async function perform(
  request: Outgoing,
  connections: Connections,
  begunAtMs: number,
  options: TransportOptions,
): Promise<Exchange> {
  const now = () => performance.now() - begunAtMs;
  // A cut must not hit a connection that others wait for, so it gets one of its own; so does what makes servers close.
  const isOwn = request.cut !== null || request.provokes !== undefined;
  const connection = connections.acquire(isOwn);
  const startedAtMs = now();
  const startedAtEpochMs = Date.now();
  const course: Course = {
    interim: [],
    status: null,
    statusText: '',
    headers: [],
    body: startGrowing(),
    ended: 'complete',
    error: null,
    sentAtMs: null,
    firstByteAtMs: null,
  };
  const timeoutMs = Math.max(1, Math.min(options.timeoutMs, options.budget.remainingMs()));
  await follow(request, connection, course, now, timeoutMs, options.signal);
  const endedAtMs = now();
  connection.broken = isOwn || course.ended !== 'complete';
  connections.release(connection);
  const exchange = record(request, course, connection, { startedAtMs, startedAtEpochMs, endedAtMs }, options.redactor);
  const refusal = options.refusalIn?.(exchange);
  return refusal === undefined ? exchange : { ...exchange, refusal };
}

/** One dispatch under way. */
interface Dispatched {
  request: Outgoing;
  connection: Connection;
  course: Course;
  /** ms since the transport began. */
  now(): number;
  isOver(): boolean;
  /** Ends it, whatever undici does then; the first end counts. */
  finish(ended: Ending, error: Error | null): void;
  /** Lines of the head that has arrived or, since the last byte of the body, of trailers. */
  lines: number;
  controller: Dispatcher.DispatchController | null;
}

/** Runs one dispatch to its end, whatever that end is; never rejects. */
function follow(
  request: Outgoing,
  connection: Connection,
  course: Course,
  now: () => number,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    let over = false;

    function finish(ended: Ending, error: Error | null): void {
      if (over) return;
      over = true;
      connection.admit = null;
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      course.ended = ended;
      course.error = error;
      if (ended !== 'complete') {
        connection.broken = true;
        dispatched.controller?.abort(error ?? new Error(ended));
        connection.socket?.destroy();
        void connection.client.destroy();
      }
      resolve();
    }
    const dispatched: Dispatched = {
      request,
      connection,
      course,
      now,
      isOver: () => over,
      finish,
      lines: 0,
      controller: null,
    };
    const onAbort = () => finish('aborted', new Error('interrupted'));
    const timer = setTimeout(() => finish(...expiry(course, connection, timeoutMs)), timeoutMs);
    signal.addEventListener('abort', onAbort, { once: true });
    connection.admit = (piece) => {
      if (dispatched.lines > LIMITS.headerLines)
        finish('too-large', coded('TOO_MANY_HEADERS', `headers or trailers went past ${LIMITS.headerLines} lines`));
      else dispatched.lines += linesIn(piece);
      return !over;
    };
    try {
      connection.client.dispatch(
        {
          method: request.method as Dispatcher.HttpMethod,
          path: request.path,
          headers: request.headers.flat(),
          body: request.body,
          headersTimeout: 0, // the timer above bounds the whole exchange
          bodyTimeout: 0,
        },
        handlerOf(dispatched),
      );
    } catch (error) {
      finish('malformed', error instanceof Error ? error : new Error(String(error)));
    }
  });
}

/** How it ends when its time is up. */
function expiry({ status }: Course, { socket }: Connection, timeoutMs: number): [Ending, Error] {
  const phase = status !== null ? 'the answer did not end' : socket === null ? 'no connection' : 'no answer';
  return [
    socket === null ? 'unreachable' : 'timeout',
    coded('ETIMEDOUT', `${phase} within ${Math.round(timeoutMs)} ms`),
  ];
}

/** Notes what arrives, within the limits. */
function handlerOf(dispatched: Dispatched): Dispatcher.DispatchHandler {
  const { request, connection, course, now, isOver, finish } = dispatched;
  return {
    onRequestStart(given) {
      dispatched.controller = given;
      if (isOver()) return given.abort(new Error('over'));
      void whenSent(connection, isOver).then(() => {
        if (isOver()) return;
        course.sentAtMs = now();
        if (request.cut === 'after-sending') finish('cut-by-us', null);
      });
    },
    onResponseStarted() {
      course.firstByteAtMs ??= now();
      course.sentAtMs ??= course.firstByteAtMs;
    },
    onResponseStart(given, status, _headers, statusText) {
      if (isOver()) return;
      const headers = pairs(given.rawHeaders);
      if (status < 200) {
        course.interim.push({ status, headers });
        if (course.interim.length > LIMITS.interimAnswers)
          finish('malformed', coded('TOO_MANY_INTERIM', 'endless 1xx answers'));
        return;
      }
      course.status = status;
      course.statusText = statusText ?? '';
      course.headers = headers;
      // The status line is kept: only a success says that the work was done.
      if (request.cut === 'at-first-byte') finish('cut-by-us', null);
    },
    onResponseData(_given, chunk) {
      if (isOver()) return;
      dispatched.lines = 0;
      grow(course.body, chunk);
      if (course.body.bytes > LIMITS.bodyBytes) {
        finish('too-large', coded('BODY_TOO_LARGE', `the body went past ${LIMITS.bodyBytes} bytes`));
      }
    },
    onResponseEnd() {
      finish('complete', null);
    },
    onResponseError(_given, error) {
      const unasked = UNASKED[error.message];
      if (unasked === undefined) finish(endingOf(error, course), error);
      else finish('malformed', coded('UNASKED_INTERIM', unasked));
    },
  };
}

/** Resolves when the kernel has taken all bytes of the request. */
async function whenSent(connection: Connection, isOver: () => boolean): Promise<void> {
  await new Promise(setImmediate);
  for (let turns = 0; turns < 10_000 && !isOver(); turns += 1) {
    if (connection.socket !== null && connection.socket.bytesWritten > 0 && connection.socket.writableLength === 0)
      return;
    await new Promise(setImmediate);
  }
}

function pairs(raw: Dispatcher.DispatchController['rawHeaders']): HeaderPairs {
  if (!Array.isArray(raw)) return [];
  // undici leaves the space after a value, which is no part of it (RFC 9110, 5.5).
  const flat = raw.map((part) => withoutTrailing(typeof part === 'string' ? part : part.toString('latin1'), ' \t'));
  return Array.from(
    { length: Math.floor(flat.length / 2) },
    (_, at) => [flat[2 * at] ?? '', flat[2 * at + 1] ?? ''] as const,
  );
}

function linesIn(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) lines += 1;
  return lines;
}

function coded(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

/** Answers on which undici gives up, by its words; it says of them that the other side closed. */
const UNASKED: Readonly<Record<string, string>> = {
  'bad response': 'a 100 Continue that no call of ours had asked for',
  'bad upgrade': 'a 101 Switching Protocols that no call of ours had asked for',
};

const ENDING_BY_CODE: Readonly<Record<string, Ending>> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  ETIMEDOUT: 'unreachable',
  UND_ERR_CONNECT_TIMEOUT: 'unreachable',
  ERR_VANTAGE: 'vantage',
  ECONNRESET: 'closed',
  EPIPE: 'closed',
  UND_ERR_SOCKET: 'closed',
  UND_ERR_HEADERS_OVERFLOW: 'too-large',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'malformed',
};

function endingOf(error: Error & { code?: unknown; cause?: unknown }, course: Course): Ending {
  const code = String(error.code ?? '');
  if (code in ENDING_BY_CODE) return ENDING_BY_CODE[code] ?? 'closed';
  if (error.name === 'HTTPParserError') return code.includes('OVERFLOW') ? 'too-large' : 'malformed';
  if (code.startsWith('ERR_TLS') || code.startsWith('ERR_SSL') || TLS_CODE.test(code)) return 'tls';
  if (error.cause instanceof Error) return endingOf(error.cause, course);
  return course.status === null ? 'closed' : 'malformed';
}
const TLS_CODE = /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|EPROTO/;

function record(
  request: Outgoing,
  course: Course,
  connection: Connection,
  times: { startedAtMs: number; startedAtEpochMs: number; endedAtMs: number },
  redactor: Redactor,
): Exchange {
  const arrived = grown(course.body);
  const answer = unpack(arrived, course.headers, LIMITS.bodyBytes);
  request.reveals?.(answer.bytes.toString('utf8'), course.headers);
  const isRevealing = request.reveals !== undefined && course.status !== null && course.status < 300;
  const leaks = new Map<string, Exchange['leaks'][number]>();
  const noting = (where: Exchange['leaks'][number]['where']) => (text: string) => {
    const { text: clean, found } = redactor.redact(text);
    for (const finding of found) leaks.set(`${where} ${finding.secret} ${finding.encoding}`, { ...finding, where });
    return clean;
  };
  const silently = (text: string) => redactor.redact(text).text;
  const response =
    course.status === null
      ? null
      : {
          status: course.status,
          statusText: noting('status line')(course.statusText),
          headers: clean(course.headers, noting('header')),
          body: recordBody(isRevealing ? NOT_KEPT : answer, {
            arrived,
            arrivedBytes: course.body.bytes,
            cut: course.ended !== 'complete',
            redact: noting('body'),
            longestSecret: redactor.longest,
            read: request.read,
          }),
        };
  return {
    id: request.id,
    ...(request.probe === undefined ? {} : { probe: request.probe }),
    request: {
      method: request.method,
      url: silently(new URL(beginningOf(request, request.path), connection.origin).href),
      headers: clean(request.headers, silently),
      body: request.body === null ? null : storedText(beginningOf(request, request.body), request.body, silently),
      credential: request.credential,
      write: request.write,
      operation: request.operation,
      expected: request.expected,
      idempotencyKey: request.idempotencyKey,
      version: request.version,
      ...(request.way === undefined ? {} : { way: request.way }),
      ...(request.role === undefined ? {} : { role: request.role }),
      ...(request.provokes === undefined ? {} : { provokes: request.provokes }),
      ...(request.testCase === undefined ? {} : { testCase: request.testCase }),
      ...(request.unique === undefined ? {} : { unique: request.unique }),
      ...(request.vector === undefined ? {} : { vector: request.vector }),
    },
    interim: course.interim.map((one) => ({ status: one.status, headers: clean(one.headers, noting('header')) })),
    response,
    ended: course.ended,
    error:
      course.error === null
        ? null
        : {
            code: String((course.error as NodeJS.ErrnoException).code ?? course.ended),
            message: silently(course.error.message),
          },
    startedAtMs: round(times.startedAtMs),
    sentAtMs: course.sentAtMs === null ? null : round(course.sentAtMs),
    firstByteAtMs: course.firstByteAtMs === null ? null : round(course.firstByteAtMs),
    endedAtMs: round(times.endedAtMs),
    startedAtEpochMs: times.startedAtEpochMs,
    remoteAddress: connection.remoteAddress,
    // Names in a certificate are the peer's to choose.
    tls: redactAll(connection.tls, redactor),
    repeats: request.repeats,
    ...(request.resent === undefined ? {} : { resent: request.resent }),
    leaks: [...leaks.values()],
  };
}

const NOT_KEPT = asItIs('(an answer with secrets, of which nothing is kept)');

function asItIs(text: string): Unpacked {
  return { bytes: Buffer.from(text), isWhole: true, coding: null };
}

function clean(headers: HeaderPairs, redact: (text: string) => string): HeaderPairs {
  return headers.map(([name, value]) => [redact(name), redact(value)] as const);
}

/** Of what is filled up, little is kept of the filling. */
function beginningOf({ provokes }: Outgoing, text: string): string {
  if (provokes === undefined) return text;
  const kept = withoutTrailing(text, 'x');
  return text.length - kept.length < 40 ? text : `${kept}xxx`;
}

function storedText(kept: string, sent: string, redact: (text: string) => string): RecordedBody {
  const body = recordBody(asItIs(kept), {
    arrived: Buffer.from(sent),
    arrivedBytes: Buffer.byteLength(sent),
    cut: false,
    redact,
    longestSecret: 0,
  });
  return kept === sent ? body : { ...body, truncated: true };
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}

function createGate(places: number) {
  let free = places;
  const queue: (() => void)[] = [];
  return {
    async enter(): Promise<void> {
      if (free > 0) {
        free -= 1;
        return;
      }
      await new Promise<void>((resolve) => queue.push(resolve));
    },
    leave(): void {
      const next = queue.shift();
      if (next === undefined) free += 1;
      else next();
    },
  };
}
