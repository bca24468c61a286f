// One lane: a listener on loopback that records every attempt and lets a script of faults at the operation aimed at.
import http, { type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Redactor } from '../evidence/redact.js';
import { jsonAnswer } from './answers.js';
import { type Call, holdCall } from './call.js';
import { type Describing, describeAttempt, describeEffects, describeLink } from './describe.js';
import { applyFault } from './exchange.js';
import { jsonBody, type KeyPlace, logicalOperation, sha256 } from './json.js';
import { startNoiseMeter } from './noise.js';
import { compilePatterns, type OperationPattern, pathOf } from './pattern.js';
import { createRandom, type RandomStreams } from './random.js';
import { createRecorder, DEFAULT_LIMITS, type Entry, type Limits, type Link, type Recorder } from './recorder.js';
import type { Attempt, Recording } from './recording.js';
import { type Samples, samplesOf } from './samples.js';
import { type Script, stepFor } from './script.js';
import { answered, headRead, type Tracked, watchSockets } from './sockets.js';
import { type Source, UpstreamError } from './source.js';
import { failUpstream, type Lane, type OpenCall, settle } from './wire.js';

/** What changes from scenario to scenario on one listener. */
export interface Scenario {
  /** Name of the lane in ids of attempts. */
  lane?: string | undefined;
  source: Source;
  script?: Script | undefined;
  /** Each logical operation runs through the script by itself; default: they share it. */
  perOperation?: boolean | undefined;
}

export interface LaneOptions extends Scenario {
  redactor: Redactor;
  /** All that the client may call; what fits none is recorded as `other`. */
  operations: readonly OperationPattern[];
  /** Name of the operation that faults aim at; unset: every call. */
  target?: string | undefined;
  /** Path of the real endpoint's URL, which the lane's URL keeps. */
  basePath?: string | undefined;
  key?: KeyPlace | undefined;
  samples?: Samples | undefined;
  seed?: number | undefined;
  port?: number | undefined;
  limits?: Partial<Limits> | undefined;
  onAttempt?: ((event: AttemptEvent) => void) | undefined;
  /** A client that takes the lane for its HTTP proxy; unset: refused. */
  onConnect?: ((request: IncomingMessage, socket: Socket, head: Buffer) => void) | undefined;
}

export interface AttemptEvent {
  what: 'arrived' | 'ended';
  attempt: Attempt;
}

export interface LaneProxy {
  url: string;
  port: number;
  random: RandomStreams;
  recording(): Recording;
  /** Forgets what was recorded and starts a scenario; attempts still open belong to the one before. */
  rearm(scenario: Scenario): void;
  /** Resolves once nothing is open and nothing has arrived for so long. */
  waitForSilence(wait: SilenceOptions): Promise<{ silent: boolean; silentForMs: number }>;
  /** Closes connections on which nothing is under way. */
  closeIdle(): void;
  /** Takes a connection that came another way, such as TLS ended by us; `wire` is its TCP socket. */
  accept(socket: Socket, facts: { scheme: 'http' | 'https'; authority: string | null; wire: Socket }): void;
  close(): Promise<void>;
}

export interface SilenceOptions {
  quietMs: number;
  withinMs: number;
  signal?: AbortSignal | undefined;
}

// Longer than any provider's; a head beyond it is answered 431.
const HEAD_BYTES = 256 * 1024;
const OTHER_HOST = 'localhost';

type ClientError = NodeJS.ErrnoException & { rawPacket?: Buffer };

interface Epoch {
  scenario: Scenario;
  recorder: Recorder;
  lane: Lane;
  counts: Map<string, number>;
}

export async function startLaneProxy(options: LaneOptions): Promise<LaneProxy> {
  const random = createRandom(options.seed ?? 1);
  const samples = options.samples ?? samplesOf({});
  const key = options.key ?? {};
  const basePath = (options.basePath ?? '').replace(/\/+$/, '');
  const match = compilePatterns(options.operations, basePath);
  const noise = startNoiseMeter();
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const sockets = watchSockets({ active: touch, diedEarly });
  const others: Server[] = [];
  let otherOrigin: Promise<string> | null = null;
  let epoch = newEpoch(options);
  let links = 0;
  let underWay = 0;
  let lastActivityAt = performance.now();
  let closing = false;

  function newEpoch(scenario: Scenario): Epoch {
    const recorder = createRecorder(limits);
    const freshRequestId = () => `req_${random.stream('request-id').hex(24)}`;
    const lane = {
      recorder,
      source: scenario.source,
      samples,
      key,
      freshRequestId,
      settled: (entry: Entry) => settled(of, entry),
    };
    const of: Epoch = { scenario, recorder, lane, counts: new Map() };
    return of;
  }

  function touch(now: number): void {
    lastActivityAt = now;
  }

  function describing(of: Epoch): Describing {
    return { lane: of.scenario.lane ?? 'lane', recorder: of.recorder, redactor: options.redactor, key };
  }

  function watch(of: Epoch, what: AttemptEvent['what'], entry: Entry): void {
    options.onAttempt?.({ what, attempt: describeAttempt(entry, describing(of)) });
  }

  function settled(of: Epoch, entry: Entry): void {
    underWay--;
    touch(entry.endedAt);
    if (closing && entry.ended === 'client-closed') entry.ended = 'lane-closed';
    if (entry.ended === 'lane-closed') entry.endedBy = 'us';
    if (entry.ended === 'we-hung') entry.endedBy = closing ? 'us' : 'client';
    if (options.onAttempt !== undefined) watch(of, 'ended', entry);
  }

  function arrive(of: Epoch, tracked: Tracked, request: IncomingMessage | null, firstByteAt: number): Entry {
    underWay++;
    return of.recorder.arrived(tracked.link, request, firstByteAt);
  }

  function onRequest(request: IncomingMessage, response: ServerResponse, awaitsContinue: boolean): void {
    const tracked = sockets.get(request.socket);
    if (tracked === undefined) {
      request.socket.destroy();
      return;
    }
    const of = epoch;
    const entry = arrive(of, tracked, request, headRead(tracked));
    tracked.current = { request, entry };
    const open: OpenCall = { request, response, entry, lane: of.lane, wire: tracked.wire, awaitsContinue };
    response.on('close', () => {
      answered(tracked);
      settle(entry, response.writableFinished, of.lane);
    });
    if (tracked.link.elsewhere) {
      entry.answeredBy = 'proxy';
      run(open, (call) => call.send(ELSEWHERE));
      return;
    }
    entry.matched = match(entry.method, pathOf(entry.url));
    entry.target = options.target === undefined || entry.matched?.name === options.target;
    if (options.onAttempt !== undefined) watch(of, 'arrived', entry);
    const { script, source } = of.scenario;
    if (entry.target && script !== undefined) run(open, (call) => meet(call, of, script));
    else if (source.pass !== undefined) source.pass(open);
    else run(open, (call) => call.pass());
  }

  async function meet(call: Call, of: Epoch, script: Script): Promise<void> {
    const { entry } = call;
    const counter = of.scenario.perOperation === true ? await identity(call) : '';
    entry.ofTarget = (of.counts.get(counter) ?? 0) + 1;
    // A service that never stops must not fill the memory with operations that are long over.
    if (of.counts.size > limits.listed) for (const oldest of of.counts.keys()) if (of.counts.delete(oldest)) break;
    of.counts.set(counter, entry.ofTarget);
    const fault = stepFor(script, entry.ofTarget)?.fault ?? null;
    if (fault === null) await call.pass();
    else await applyFault(call, fault, random.stream(fault.id), startOtherOrigin);
  }

  async function identity(call: Call): Promise<string> {
    const whole = await call.whole();
    return logicalOperation(whole.method, whole.url, jsonBody(whole.body, whole.headers), sha256(whole.body), key);
  }

  function run(open: OpenCall, work: (call: Call) => Promise<void>): void {
    const call = holdCall(open);
    work(call).catch((error: unknown) => {
      if (error instanceof UpstreamError) failUpstream(open, error);
      else if (!open.response.closed && !open.request.destroyed) {
        open.entry.errorCode = 'INTERNAL';
        open.entry.errorMessage = error instanceof Error ? error.message : String(error);
        call.end('failed', 'rst');
      }
    });
  }

  function onConnection(socket: Socket, wire: Socket, link: Link): void {
    epoch.recorder.connected(link);
    sockets.track(socket, wire, link);
  }

  function newLink(elsewhere: boolean, scheme: Link['scheme'], authority: string | null): Link {
    return {
      number: ++links,
      elsewhere,
      scheme,
      authority,
      acceptedAt: performance.now(),
      closedAt: null,
      closedBy: null,
      requests: 0,
    };
  }

  function diedEarly(tracked: Tracked, bytes: number): void {
    const entry = partial(tracked, Buffer.alloc(0));
    entry.errorCode ??= 'HEAD_INCOMPLETE';
    entry.errorMessage = `${bytes} bytes of a request arrived`;
    if (closing) entry.ended = 'lane-closed';
    settle(entry, false, epoch.lane);
  }

  function partial(tracked: Tracked, bytes: Buffer): Entry {
    const entry = arrive(epoch, tracked, null, headRead(tracked));
    entry.partialHead = bytes;
    return entry;
  }

  function onClientError(error: ClientError, socket: Socket): void {
    const tracked = sockets.get(socket);
    // A client that goes away, by RST or in the middle of a message, is no malformed one.
    const malformed = error.code?.startsWith('HPE_') === true && error.code !== 'HPE_INVALID_EOF_STATE';
    if (tracked === undefined || !malformed) {
      if (tracked !== undefined) {
        tracked.link.closedBy ??= 'client';
        const { current } = tracked;
        if (current !== null && current.entry.endedAt === 0) current.entry.errorCode = error.code ?? null;
      }
      socket.destroy();
      return;
    }
    const body = tracked.current;
    const inBody = body !== null && !body.request.complete && body.entry.endedAt === 0;
    const entry = inBody ? body.entry : partial(tracked, error.rawPacket ?? Buffer.alloc(0));
    entry.malformed = true;
    entry.ended = 'malformed';
    entry.endedBy = 'us';
    entry.errorCode = error.code ?? null;
    entry.errorMessage = error.message;
    const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : 400;
    if (entry.answerFirstByteAt === 0 && socket.writable) {
      entry.answeredBy = 'proxy';
      entry.status = status;
      entry.statusText = http.STATUS_CODES[status] ?? '';
      entry.answerHeaders = ['Connection', 'close'];
      entry.answerFirstByteAt = performance.now();
      socket.write(`HTTP/1.1 ${status} ${entry.statusText}\r\nConnection: close\r\n\r\n`);
    }
    tracked.link.closedBy ??= 'us';
    socket.destroySoon();
    settle(entry, false, epoch.lane);
  }

  function onConnect(request: IncomingMessage, socket: Socket, head: Buffer): void {
    const tracked = sockets.get(socket);
    if (options.onConnect !== undefined) {
      if (tracked !== undefined) {
        headRead(tracked);
        tracked.handedOver = true;
      }
      options.onConnect(request, socket, head);
      return;
    }
    if (tracked !== undefined) refuseConnect(tracked, request);
    socket.end('HTTP/1.1 501 Not Implemented\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  }

  function refuseConnect(tracked: Tracked, request: IncomingMessage): void {
    const entry = arrive(epoch, tracked, request, headRead(tracked));
    tracked.handedOver = true;
    entry.requestCompleteAt = performance.now();
    entry.answeredBy = 'proxy';
    entry.status = 501;
    entry.statusText = 'Not Implemented';
    entry.answerHeaders = ['Connection', 'close', 'Content-Length', '0'];
    entry.answerFirstByteAt = performance.now();
    settle(entry, true, epoch.lane);
  }

  function createListener(elsewhere: boolean): Server {
    // A connection that we closed for idleness would look to a retrying client like one more fault.
    const server = http.createServer({
      keepAliveTimeout: 0,
      requestTimeout: 0,
      headersTimeout: 0,
      maxHeaderSize: HEAD_BYTES,
    });
    server.on('connection', (socket: Socket) => {
      if (sockets.get(socket) === undefined) onConnection(socket, socket, newLink(elsewhere, 'http', null));
    });
    server.on('request', (request, response) => onRequest(request, response, false));
    server.on('checkContinue', (request, response) => onRequest(request, response, true));
    server.on('clientError', (error, socket) => onClientError(error, socket as Socket));
    server.on('connect', (request, socket, head) => onConnect(request, socket as Socket, head));
    return server;
  }

  // Another host name too: some clients keep credentials as long as the name is the same.
  async function listenElsewhere(): Promise<string> {
    const server = createListener(true);
    others.push(server);
    const port = await listen(server, '127.0.0.1', 0);
    const six = createListener(true);
    // Where localhost is ::1 first; a machine without IPv6 has no use for it.
    await listen(six, '::1', port).then(
      () => others.push(six),
      () => undefined,
    );
    return `http://${OTHER_HOST}:${port}`;
  }

  function startOtherOrigin(): Promise<string> {
    otherOrigin ??= listenElsewhere();
    return otherOrigin;
  }

  function recording(): Recording {
    const of = epoch;
    const { recorder, scenario } = of;
    const context = describing(of);
    const attempts = recorder.entries.map((entry) => describeAttempt(entry, context));
    const effects = describeEffects(attempts, recorder.entries, context);
    const listed = effects.slice(0, limits.listed);
    const count = Math.max(effects.length, recorder.dropped.attempts > 0 ? (scenario.source.performed?.() ?? 0) : 0);
    const bodies = recorder.entries.filter(
      (one) => one.requestBody?.cut === true || one.answerBody?.cut === true,
    ).length;
    return {
      lane: context.lane,
      url,
      seed: random.seed,
      script: scenario.script === undefined ? null : options.redactor.redact(scenario.script.text).text,
      startedAtEpochMs: recorder.startedAtEpochMs,
      durationMs: Math.round(performance.now() - recorder.startedAt),
      attempts,
      elsewhere: recorder.elsewhere.map((entry) => describeAttempt(entry, context)),
      connections: recorder.links.map((link) => describeLink(link, recorder)),
      effects: { count, list: listed },
      dropped: { ...recorder.dropped, effects: count - listed.length, bodies },
      noise: noise.read(),
    };
  }

  async function waitForSilence({ quietMs, withinMs, signal }: SilenceOptions) {
    const until = performance.now() + withinMs;
    for (;;) {
      const now = performance.now();
      const silentForMs = underWay > 0 ? 0 : now - lastActivityAt;
      if (silentForMs >= quietMs) return { silent: true, silentForMs };
      if (now >= until || signal?.aborted === true) return { silent: false, silentForMs };
      const wait = Math.min(
        underWay > 0 ? POLL_MS : quietMs - silentForMs,
        until - now,
        signal === undefined ? Infinity : POLL_MS,
      );
      await new Promise((resolve) => setTimeout(resolve, Math.max(1, wait)));
    }
  }

  function closeIdle(): void {
    for (const { link, socket, current, firstByteAt } of sockets.all.values()) {
      if (firstByteAt !== 0 || (current !== null && current.entry.endedAt === 0)) continue;
      link.closedBy ??= 'us';
      socket.destroy();
    }
  }

  const server = createListener(false);
  const port = await listen(server, '127.0.0.1', options.port ?? 0).catch((error: unknown) => {
    noise.stop();
    throw error;
  });
  const url = `http://127.0.0.1:${port}${basePath}`;

  return {
    url,
    port,
    random,
    recording,
    rearm(scenario) {
      epoch = newEpoch(scenario);
      noise.reset();
    },
    waitForSilence,
    closeIdle,
    accept(socket, { scheme, authority, wire }) {
      onConnection(socket, wire, newLink(false, scheme, authority));
      server.emit('connection', socket);
    },
    async close() {
      if (closing) return;
      closing = true;
      noise.stop();
      sockets.stop();
      const closed: Promise<unknown>[] = [server, ...others].map((one) => new Promise((resolve) => one.close(resolve)));
      for (const { link, socket } of sockets.all.values()) {
        link.closedBy ??= 'us';
        closed.push(new Promise((resolve) => socket.once('close', resolve)));
        socket.destroy();
      }
      epoch.scenario.source.close();
      await Promise.all(closed);
    },
  };
}

const POLL_MS = 20;
const ELSEWHERE = jsonAnswer(200, { id: 'elsewhere' });

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
