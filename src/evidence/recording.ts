// What one lane of the proxy yields: plain JSON, redacted. Times are in ms since the lane (or its last rearm) began.
import type { Finding } from '../redaction/secret.js';
import type { HeaderPairs, RecordedBody } from './exchange.js';

/** The operation of a call that fits none that is known. */
export const UNNAMED = 'other';

export interface Recording {
  lane: string;
  /** Base URL that the client was given. */
  url: string;
  seed: number;
  /** As armed; null: no faults. */
  script: string | null;
  startedAtEpochMs: number;
  durationMs: number;
  /** What reached the lane, in order of first bytes. */
  attempts: readonly Attempt[];
  /** What reached the other origin that redirects point to. */
  elsewhere: readonly Attempt[];
  connections: readonly ConnectionFacts[];
  /** Under interception: hosts beside the API's that the client called. */
  otherHosts?: readonly OtherHost[];
  effects: Effects;
  /** What was not kept: judges must not conclude from its absence. */
  dropped: Dropped;
  noise: Noise;
}

export interface Attempt {
  /** `<lane>#<number>`, for a verdict's `at`; `<lane>@<number>` at the other origin. */
  id: string;
  number: number;
  connection: number;
  /** 1 for the first request on its connection. */
  onConnection: number;
  /** `https` where the client's TLS was ended by us. */
  scheme: 'http' | 'https';
  /** The host that the client meant: from the request target, else from Host; null: none was read. */
  authority: string | null;
  /** Name of the configured operation, or UNNAMED. */
  operation: string;
  /** Whether faults aim at it. */
  target: boolean;
  /** Its place in the script's count, from 1; null: not aimed at, or never read so far. */
  ofTarget: number | null;
  /** Equal for attempts of one logical operation: a digest of method, path and body without the idempotency key. */
  logical: string | null;
  request: AttemptRequest;
  /** What we sent (in part, where it was cut); null: not one byte. */
  answer: AttemptAnswer | null;
  fault: FaultMet | null;
  answeredBy: 'stub' | 'upstream' | 'replay' | 'fault' | 'proxy' | null;
  /** The operation was carried out, also where its answer was lost: number of the effect in `effects`. */
  effect: number | null;
  /** Sentinel request id that we put into the answer. */
  requestId: string | null;
  times: AttemptTimes;
  ended: AttemptEnd;
  endedBy: 'client' | 'us' | 'upstream' | null;
  error: { code: string; message: string } | null;
}

export interface AttemptTimes {
  connectionAcceptedAtMs: number;
  firstByteAtMs: number;
  /** The whole request was read; null: never. */
  requestCompleteAtMs: number | null;
  answerFirstByteAtMs: number | null;
  /** Our answer was handed to the kernel whole, or was cut, or the client went away: waits start here. Null: still open. */
  endedAtMs: number | null;
}

export type AttemptEnd =
  | 'complete' // a whole answer was sent
  | 'client-closed' // the client ended the connection first
  | 'we-reset' // RST on purpose
  | 'we-cut' // FIN before a whole answer, on purpose
  | 'we-hung' // silence on purpose, until the client or the lane ended it
  | 'upstream-failed' // the API behind us gave no whole answer
  | 'malformed' // not HTTP
  | 'lane-closed' // still open when the lane was closed
  | 'failed' // a defect of ours
  | 'open';

export interface AttemptRequest {
  /** Empty where the connection died before the request line was whole. */
  method: string;
  url: string;
  httpVersion: string;
  headers: HeaderPairs;
  trailers: HeaderPairs;
  /** null: no body. */
  body: RecordedBody | null;
  complete: boolean;
  /** SHA-256 of the raw body: of its bytes and of its canonical JSON (null: not JSON, or too long to keep). */
  digest: { bytes: string; json: string | null } | null;
  /** From the contract's header or body member, unquoted. */
  idempotencyKey: string | null;
  /** Registered secrets that it carried, and where. */
  found: readonly Found[];
  /** Only where the bytes were not an HTTP/1 request. */
  looksLike: 'tls' | 'http2' | 'other' | null;
}

export interface AttemptAnswer {
  interim: readonly { status: number; headers: HeaderPairs }[];
  status: number;
  statusText: string;
  headers: HeaderPairs;
  trailers: HeaderPairs;
  body: RecordedBody;
  found: readonly Found[];
}

export interface Found extends Finding {
  where: 'url' | 'header' | 'body' | 'trailer';
  /** Header name, lower case. */
  name: string | null;
}

export interface FaultMet {
  id: string;
  params: unknown;
  /** What the client suffered, as a sentence. */
  explain: string;
  /** Why it could not take place; null: it did. */
  missed: string | null;
}

export interface Effects {
  /** Distinct operations carried out. */
  count: number;
  list: readonly CarriedOut[];
}

export interface CarriedOut {
  number: number;
  operation: string;
  idempotencyKey: string | null;
  /** Id of the resource in the answer. */
  id: string | null;
  /** Attempts that it answers: the first carried it out, the others were given the stored answer. */
  attempts: readonly string[];
}

export interface ConnectionFacts {
  number: number;
  elsewhere: boolean;
  acceptedAtMs: number;
  closedAtMs: number | null;
  closedBy: 'client' | 'us' | null;
  requests: number;
  /** Only where the client took us for its HTTP proxy and sent CONNECT. */
  tunnel?: TunnelFacts;
}

/** What a client's TLS is answered with: `good`, or one that is bad for one reason only and must be refused. */
export type CertificateKind = 'good' | 'untrusted' | 'wrong-name' | 'expired';

/** Whose call it is that a client sends through us as its HTTP proxy. */
export type Route =
  | 'lane' // the API's
  | 'elsewhere' // the other origin's, that redirects point to
  | 'passed' // another host's: handed on unread
  | 'refused'; // another host's, which nobody allowed

export interface TunnelFacts {
  authority: string;
  route: Route;
  /** What we showed; null: the client began no TLS with us. */
  certificate: CertificateKind | null;
  /** `failed`: ended before it was done, by an alert or by closing. A client may also refuse after it is `done`. */
  handshake: 'none' | 'begun' | 'done' | 'failed';
  error: string | null;
}

export interface OtherHost {
  authority: string;
  route: 'passed' | 'refused';
  calls: number;
}

export interface Dropped {
  attempts: number;
  connections: number;
  effects: number;
  /** Bodies of kept attempts that were cut at the cap. */
  bodies: number;
}

/** How late this process itself was: timing verdicts within this margin are worth nothing. */
export interface Noise {
  loopDelayMaxMs: number;
  loopDelayP99Ms: number;
  timerLateMaxMs: number;
  timerLateMeanMs: number;
  /** The same for each second of the lane: a burst at its start is lost in the mean of a long one. */
  timerLateBySecondMs?: readonly number[];
  /** Requests that met an idle connection just as we closed it: what became of them is our doing. */
  idleCloseRaces: number;
}
