// One lane: a listener on loopback that records every attempt and lets a script of faults at the operation aimed at.
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { OtherHost, Recording } from '../evidence/recording.js';
import { withoutTrailing } from '../evidence/trailing.js';
import { jsonAnswer } from './answers.js';
import {
  answerMalformed,
  bodyUnderWay,
  type ClientError,
  isMalformed,
  noteClientGone,
  noteEarlyDeath,
  refuseConnect,
} from './broken.js';
import { type Call, holdCall } from './call.js';
import { type Describing, describeAttempt, retryAfterOf } from './describe.js';
import { describeLane } from './describe-lane.js';
import { applyFault } from './faulted-call.js';
import { challenge, challengeConnect, createHttpProxy } from './http-proxy.js';
import { bytesAlike, jsonBody, logicalOperation, sha256 } from './json.js';
import { listen, listenAsLocalhost, patientServer } from './listen.js';
import { startNoiseMeter } from './noise.js';
import type { AttemptEvent, LaneOptions, LaneProxy, LaneSetup, SilenceOptions } from './options.js';
import { compilePatterns, pathOf } from './pattern.js';
import { createRandom } from './random.js';
import { createRecorder, DEFAULT_LIMITS, type Entry, type Link, type Recorder } from './recorder.js';
import { samplesOf } from './samples.js';
import { type Script, stepFor } from './script.js';
import { answered, headRead, type Tracked, watchSockets } from './sockets.js';
import type { Lane, OpenCall } from './source.js';
import { type Source, UpstreamError } from './source.js';
import { failUpstream, settle } from './wire.js';

export type { AttemptEvent, LaneOptions, LaneProxy, LaneSetup, SilenceOptions } from './options.js';

interface Epoch {
  setup: LaneSetup;
  recorder: Recorder;
  lane: Lane;
  counts: Map<string, number>;
  others: Map<string, OtherHost>;
  unadmitted: number;
}

export async function startLaneProxy(options: LaneOptions): Promise<LaneProxy> {
  const random = createRandom(options.seed ?? 1);
  const samples = options.samples ?? samplesOf({});
  const key = options.key ?? {};
  const basePath = withoutTrailing(options.basePath ?? '', '/');
  const match = compilePatterns(options.operations, basePath);
  const noise = startNoiseMeter();
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const sockets = watchSockets({ active: touch, diedEarly });
  const others: Server[] = [];
  const sources = new Set<Source>();
  let otherOrigin: Promise<string> | null = null;
  let epoch = newEpoch(options);
  let links = 0;
  let underWay = 0;
  let lastActivityAt = performance.now();
  let closing = false;
  let idleCloseRaces = 0;

  function newEpoch(setup: LaneSetup): Epoch {
    const recorder = createRecorder(limits);
    sources.add(setup.source);
    const requestIds = random.stream(`request-id ${setup.lane ?? ''}`);
    const freshRequestId = () => `req_${requestIds.hex(24)}`;
    const lane = {
      recorder,
      source: setup.source,
      samples,
      key,
      freshRequestId,
      settled: (entry: Entry) => settled(of, entry),
    };
    const of: Epoch = { setup, recorder, lane, counts: new Map(), others: new Map(), unadmitted: 0 };
    return of;
  }

  function touch(now: number): void {
    lastActivityAt = now;
  }

  function describing(of: Epoch): Describing {
    return { lane: of.setup.lane ?? 'lane', recorder: of.recorder, redactor: options.redactor, key };
  }

  function watch(of: Epoch, what: AttemptEvent['what'], entry: Entry): void {
    options.onAttempt?.({
      what,
      target: entry.target,
      retryAfter: retryAfterOf(entry),
      describe: () => describeAttempt(entry, describing(of)),
    });
  }

  function settled(of: Epoch, entry: Entry): void {
    underWay--;
    touch(entry.endedAt);
    if (closing && entry.ended === 'client-closed') entry.ended = 'lane-closed';
    if (entry.ended === 'lane-closed') entry.endedBy = 'us';
    if (entry.ended === 'we-hung') entry.endedBy = closing ? 'us' : 'client';
    if (options.onAttempt !== undefined) watch(of, 'ended', entry);
  }

  function arrive(of: Epoch, link: Link, request: IncomingMessage | null, firstByteAt: number): Entry {
    underWay++;
    return of.recorder.arrived(link, request, firstByteAt);
  }

  function onRequest(request: IncomingMessage, response: ServerResponse, awaitsContinue: boolean): void {
    const tracked = sockets.get(request.socket);
    if (tracked === undefined) {
      request.socket.destroy();
      return;
    }
    const of = epoch;
    if (!httpProxy.admits(tracked, request)) {
      of.unadmitted++;
      headRead(tracked);
      tracked.current = null;
      challenge(request, response);
      return;
    }
    const route = httpProxy.routeOf(tracked, request);
    if (route === 'passed' || route === 'refused') {
      httpProxy.answerOther(tracked, request, response, route);
      return;
    }
    const elsewhere = route === 'elsewhere';
    const link = elsewhere === tracked.link.elsewhere ? tracked.link : { ...tracked.link, elsewhere };
    const entry = arrive(of, link, request, headRead(tracked));
    tracked.current = { request, entry };
    if (tracked.link.closedBy === 'us') {
      idleCloseRaces++;
      entry.ended = 'failed';
      entry.endedBy = 'us';
      request.socket.destroy();
      settle(entry, false, of.lane);
      return;
    }
    const open: OpenCall = { request, response, entry, lane: of.lane, wire: tracked.wire, awaitsContinue };
    response.on('close', () => {
      answered(tracked);
      settle(entry, response.writableFinished, of.lane);
    });
    if (link.elsewhere) {
      entry.answeredBy = 'proxy';
      run(open, (call) => call.send(ELSEWHERE));
      return;
    }
    entry.matched = match(entry.method, pathOf(entry.url));
    entry.target = options.target === undefined || entry.matched?.name === options.target;
    if (options.onAttempt !== undefined) watch(of, 'arrived', entry);
    const { script, source } = of.setup;
    if (entry.target && script !== undefined) run(open, (call) => meet(call, of, script));
    else if (source.pass !== undefined) source.pass(open);
    else run(open, (call) => call.pass());
  }

  async function meet(call: Call, of: Epoch, script: Script): Promise<void> {
    const { entry } = call;
    const counter = of.setup.perOperation === true ? await identity(call) : '';
    entry.ofTarget = (of.counts.get(counter) ?? 0) + 1;
    // A service that never stops must not fill the memory with operations that are long over.
    if (of.counts.size > limits.listed) for (const oldest of of.counts.keys()) if (of.counts.delete(oldest)) break;
    of.counts.set(counter, entry.ofTarget);
    const fault = stepFor(script, entry.ofTarget)?.fault ?? null;
    if (fault === null) await call.pass();
    else await applyFault(call, fault, random.stream(fault.id), () => startOtherOrigin(entry.link.scheme));
  }

  async function identity(call: Call): Promise<string> {
    const whole = await call.whole();
    const { method, url, headers, body } = whole;
    return logicalOperation(method, url, jsonBody(body, headers), bytesAlike(body, headers, sha256(body)), key);
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

  function admit(link: Link): void {
    if (link.number !== 0) return;
    link.number = ++links;
    touch(performance.now());
    epoch.recorder.connected(link);
  }

  function onConnection(socket: Socket, wire: Socket, link: Link): void {
    if (link.elsewhere || httpProxy.isOpen()) admit(link);
    sockets.track(socket, wire, link);
  }

  function newLink(elsewhere: boolean): Link {
    return {
      number: 0,
      elsewhere,
      scheme: 'http',
      authority: null,
      tunnel: null,
      acceptedAt: performance.now(),
      closedAt: null,
      closedBy: null,
      requests: 0,
    };
  }

  function diedEarly(tracked: Tracked, bytes: number): void {
    if (tracked.link.number === 0) return;
    const entry = arrive(epoch, tracked.link, null, headRead(tracked));
    noteEarlyDeath(entry, bytes);
    if (closing) entry.ended = 'lane-closed';
    settle(entry, false, epoch.lane);
  }

  function onClientError(error: ClientError, socket: Socket): void {
    const tracked = sockets.get(socket);
    if (tracked === undefined || tracked.link.number === 0 || !isMalformed(error)) {
      if (tracked !== undefined) noteClientGone(tracked, error);
      socket.destroy();
      return;
    }
    const entry = bodyUnderWay(tracked) ?? arrive(epoch, tracked.link, null, headRead(tracked));
    answerMalformed(entry, tracked, error);
    settle(entry, false, epoch.lane);
  }

  function onConnect(request: IncomingMessage, socket: Socket, head: Buffer): void {
    const tracked = sockets.get(socket);
    if (tracked === undefined) {
      socket.destroy();
      return;
    }
    if (!httpProxy.admits(tracked, request)) {
      epoch.unadmitted++;
      tracked.handedOver = true;
      challengeConnect(socket);
      return;
    }
    if (httpProxy.openTunnel(tracked, request.url ?? '', head)) return;
    const entry = arrive(epoch, tracked.link, request, headRead(tracked));
    refuseConnect(entry, tracked);
    settle(entry, true, epoch.lane);
  }

  function noteOther(authority: string, route: OtherHost['route']): void {
    const { others } = epoch;
    const known = others.get(authority) ?? { authority, route, calls: 0 };
    known.calls++;
    if (others.size < limits.listed) others.set(authority, known);
  }

  function createListener(elsewhere: boolean): Server {
    const server = patientServer();
    server.on('connection', (socket: Socket) => {
      if (sockets.get(socket) !== undefined) return;
      onConnection(socket, socket, newLink(elsewhere));
    });
    server.on('request', (request, response) => onRequest(request, response, false));
    server.on('checkContinue', (request, response) => onRequest(request, response, true));
    server.on('clientError', (error, socket) => onClientError(error, socket as Socket));
    server.on('connect', (request, socket, head) => onConnect(request, socket as Socket, head));
    return server;
  }

  async function listenElsewhere(): Promise<string> {
    const opened = await listenAsLocalhost(() => createListener(true));
    others.push(...opened.servers);
    return opened.origin;
  }

  async function startOtherOrigin(scheme: Link['scheme']): Promise<string> {
    const { intercept } = epoch.setup;
    if (intercept !== undefined) return intercept.otherOrigin(scheme);
    otherOrigin ??= listenElsewhere();
    return otherOrigin;
  }

  function recording(): Recording {
    const { setup } = epoch;
    const { intercept } = setup;
    return {
      ...describeLane(describing(epoch), setup.source),
      ...(intercept === undefined ? {} : { otherHosts: otherHosts() }),
      url: intercept?.url ?? url,
      seed: random.seed,
      script: setup.script === undefined ? null : options.redactor.redact(setup.script.text).text,
      noise: { ...noise.read(), idleCloseRaces },
    };
  }

  function otherHosts(): OtherHost[] {
    const clean = (text: string) => options.redactor.redact(text).text;
    return [...epoch.others.values()].map((one) => ({ ...one, authority: clean(one.authority) }));
  }

  async function drained(withinMs: number): Promise<void> {
    const until = performance.now() + withinMs;
    const isOurs = ({ link }: Tracked) => link.number !== 0;
    while ([...sockets.all.values()].some(isOurs) && performance.now() < until)
      await new Promise((wake) => setTimeout(wake, 5));
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
    for (const { link, socket, current, firstByteAt, handedOver, passing } of sockets.all.values()) {
      if (handedOver || passing) continue;
      if (firstByteAt !== 0 || (current !== null && current.entry.endedAt === 0)) continue;
      if (link.closedBy !== null) continue;
      link.closedBy = 'us';
      // A request that is on its way already must not be answered by a reset: it is read, and counted as a race.
      socket.end();
    }
  }

  const httpProxy = createHttpProxy(() => epoch.setup.intercept, options.admits, {
    admit,
    active: () => touch(performance.now()),
    underWay(change) {
      underWay += change;
    },
    called: noteOther,
    accept(inner, wire, link) {
      onConnection(inner, wire, link);
      server.emit('connection', inner);
    },
  });
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
    unadmitted: () => epoch.unadmitted,
    rearm(setup) {
      epoch = newEpoch(setup);
      noise.reset();
      idleCloseRaces = 0;
    },
    waitForSilence,
    closeIdle,
    drained,
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
      for (const source of sources) source.close();
      await Promise.all(closed);
    },
  };
}

const POLL_MS = 20;
const ELSEWHERE = jsonAnswer(200, { id: 'elsewhere' });
