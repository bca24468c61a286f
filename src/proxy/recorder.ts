// Keeps what passes, as references to the buffers; digests, redaction and JSON wait until somebody asks.
import type { Hash } from 'node:crypto';
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { AttemptEnd, FaultMet, TunnelFacts } from '../evidence/recording.js';
import { type Growing, grow, grown, startGrowing } from '../transport/growing.js';
import type { Matched } from './pattern.js';

export interface Limits {
  /** Attempts kept per recording; later ones are counted. */
  attempts: number;
  /** Kept of one body, each way. */
  bodyBytes: number;
  /** Kept of all bodies of one recording together. */
  totalBytes: number;
  /** Connections and effects listed. */
  listed: number;
}

export const DEFAULT_LIMITS: Limits = {
  attempts: 2_000,
  bodyBytes: 64 * 1024,
  totalBytes: 64 * 1024 * 1024,
  listed: 2_000,
};

/** One connection of the client. */
export interface Link {
  /** 0: not admitted yet, so in no recording. */
  number: number;
  elsewhere: boolean;
  scheme: 'http' | 'https';
  /** Target of the CONNECT that led here. */
  authority: string | null;
  tunnel: TunnelFacts | null;
  acceptedAt: number;
  closedAt: number | null;
  closedBy: 'client' | 'us' | null;
  requests: number;
}

export interface Body {
  kept: Growing;
  bytes: number;
  cut: boolean;
  /** Runs only once bytes pass that are not kept. */
  hash: Hash | null;
}

/** An attempt while it is being made. Times are those of performance.now(); 0 where not reached. */
export interface Entry {
  number: number;
  kept: boolean;
  link: Link;
  onConnection: number;
  httpVersion: string;
  /** Flat: name, value, name, value. */
  requestHeaders: readonly string[];
  requestTrailers: readonly string[];
  /** All that arrived of a head that never became whole. */
  partialHead: Buffer | null;
  malformed: boolean;
  method: string;
  url: string;
  requestBody: Body | null;
  matched: Matched | null;
  target: boolean;
  ofTarget: number;
  fault: FaultMet | null;
  answeredBy: 'stub' | 'upstream' | 'replay' | 'fault' | 'proxy' | null;
  effect: { identity: string; id: string | null } | null;
  requestId: string | null;
  interim: { status: number; headers: readonly string[] }[] | null;
  status: number;
  statusText: string;
  answerHeaders: readonly string[];
  answerTrailers: readonly string[];
  answerBody: Body | null;
  firstByteAt: number;
  requestCompleteAt: number;
  answerFirstByteAt: number;
  endedAt: number;
  ended: AttemptEnd;
  endedBy: 'client' | 'us' | 'upstream' | null;
  errorCode: string | null;
  errorMessage: string;
}

/** One recording: what arrives is put in, and read out as it stands. */
export interface Recorder {
  /** On the clock of performance.now(). */
  readonly startedAt: number;
  readonly startedAtEpochMs: number;
  readonly limits: Limits;
  readonly entries: readonly Entry[];
  /** Attempts at the other origin, to which a fault redirects; numbered by themselves. */
  readonly elsewhere: readonly Entry[];
  readonly links: readonly Link[];
  readonly dropped: { attempts: number; connections: number };
  /** Lists a connection, once. */
  connected(link: Link): void;
  /** An attempt begins; `request: null` where no whole head arrived. `firstByteAt` is on the clock of performance.now(). */
  arrived(link: Link, request: IncomingMessage | null, firstByteAt: number): Entry;
  /** The next piece of the client's body. */
  requestChunk(entry: Entry, chunk: Buffer): void;
  /** The next piece of the answer's body; the first one notes when the answer began. */
  answerChunk(entry: Entry, chunk: Buffer): void;
}

/** Begins a recording. Beyond its limits it counts what it leaves out; it never throws. */
export function createRecorder(limits: Limits): Recorder {
  const entries: Entry[] = [];
  const elsewhere: Entry[] = [];
  const links = new Set<Link>();
  const dropped = { attempts: 0, connections: 0 };
  const startedAt = performance.now();
  const bodies = createBodyKeeper(limits);
  let numbers = 0;
  let strayNumbers = 0;

  function connected(link: Link): void {
    if (links.has(link)) return;
    if (links.size < limits.listed) links.add(link);
    else dropped.connections++;
  }

  return {
    startedAt,
    startedAtEpochMs: Date.now(),
    limits,
    entries,
    elsewhere,
    get links() {
      return [...links];
    },
    dropped,
    connected,
    arrived(link, request, firstByteAt) {
      // One that was opened before this recording began.
      if (link.acceptedAt < startedAt) connected(link);
      const list = link.elsewhere ? elsewhere : entries;
      const number = link.elsewhere ? ++strayNumbers : ++numbers;
      const entry = newEntry(number, list.length < limits.attempts, link, request, firstByteAt);
      if (entry.kept) list.push(entry);
      else dropped.attempts++;
      return entry;
    },
    requestChunk(entry, chunk) {
      if (entry.kept) entry.requestBody = bodies.keep(entry.requestBody, chunk, true);
    },
    answerChunk(entry, chunk) {
      if (entry.answerFirstByteAt === 0) entry.answerFirstByteAt = performance.now();
      if (entry.kept) entry.answerBody = bodies.keep(entry.answerBody, chunk, false);
    },
  };
}

/** Keeps what fits of each body, and of all together; `digest`: what does not fit is hashed. */
function createBodyKeeper({ bodyBytes, totalBytes }: Limits) {
  let keptBytes = 0;
  return {
    keep(body: Body | null, chunk: Buffer, digest: boolean): Body {
      const into = body ?? { kept: startGrowing(), bytes: 0, cut: false, hash: null };
      const room = into.cut ? 0 : Math.min(bodyBytes - into.kept.bytes, totalBytes - keptBytes);
      into.bytes += chunk.length;
      if (chunk.length > room) {
        into.cut = true;
        if (digest && into.hash === null) {
          into.hash = createHash('sha256');
          into.hash.update(grown(into.kept));
        }
      }
      into.hash?.update(chunk);
      if (room > 0) {
        // A slice of a big chunk would keep all of it in memory.
        const kept = chunk.length > room ? Buffer.from(chunk.subarray(0, room)) : chunk;
        grow(into.kept, kept);
        keptBytes += kept.length;
      }
      return into;
    },
  };
}

function newEntry(
  number: number,
  kept: boolean,
  link: Link,
  request: IncomingMessage | null,
  firstByteAt: number,
): Entry {
  return {
    number,
    kept,
    link,
    onConnection: ++link.requests,
    httpVersion: request?.httpVersion ?? '',
    requestHeaders: request?.rawHeaders ?? NO_HEADERS,
    requestTrailers: NO_HEADERS,
    partialHead: null,
    malformed: false,
    method: request?.method ?? '',
    url: request?.url ?? '',
    requestBody: null,
    matched: null,
    target: false,
    ofTarget: 0,
    fault: null,
    answeredBy: null,
    effect: null,
    requestId: null,
    interim: null,
    status: 0,
    statusText: '',
    answerHeaders: NO_HEADERS,
    answerTrailers: NO_HEADERS,
    answerBody: null,
    firstByteAt,
    requestCompleteAt: 0,
    answerFirstByteAt: 0,
    endedAt: 0,
    ended: 'open',
    endedBy: null,
    errorCode: null,
    errorMessage: '',
  };
}

const NO_HEADERS: readonly string[] = [];
