// Reading recorded exchanges: shared by probes, judges and reporters; nothing here touches the network.

import { parseJson } from './json.js';

/** Raw header pairs in wire order: repeated headers are real. */
export type HeaderPairs = readonly (readonly [name: string, value: string])[];

/** A body as stored: redacted first, cut second. */
export interface RecordedBody {
  text: string;
  /** Bytes that arrived (or were sent), before redaction and cutting. */
  bytes: number;
  truncated: boolean;
  /** `base64` where the bytes are not UTF-8. */
  encoding: 'utf8' | 'base64';
  /** Of what does not unpack as a whole, and of what is no text: its content coding, and the SHA-256 of what arrived. */
  notKept?: { coding: string | null; sha256: string };
}

export interface TlsFacts {
  protocol: string | null;
  cipher: string | null;
  /** null: the chain was accepted. */
  authorizationError: string | null;
  subject: string | null;
  issuer: string | null;
  validTo: string | null;
  /** Of the certificate that issued it: with that, it ends, too. */
  issuerValidTo?: string;
}

/** How an exchange ended. Everything but `complete` means: no whole answer was read. */
export type Ending =
  | 'complete'
  | 'cut-by-us' // we closed the connection on purpose
  | 'refused' // connection refused
  | 'dns' // the name does not resolve
  | 'tls' // handshake or certificate
  | 'unreachable' // no route, connect time-out
  | 'vantage' // the vantage point failed before the API was reached
  | 'timeout' // connected, but no (whole) answer in time
  | 'closed' // the peer closed or reset before a whole answer
  | 'malformed' // not HTTP, or framing broken
  | 'too-large' // more header or body bytes than we accept
  | 'aborted'; // the run was interrupted

/** How a request reaches the API where it does not take the usual connections; such answers are no part of its traffic. */
export type Way =
  | { kind: 'plain' } // HTTP without TLS
  | { kind: 'fresh' } // a TLS connection with a whole handshake of its own
  | { kind: 'tls'; version: OldTls } // that version and no other
  | { kind: 'egress'; name: string; via: string }; // a vantage point; `via` without credentials
export type OldTls = 'TLSv1' | 'TLSv1.1';

/** What a call of our own is for that is no operation of the config: a mark, since operations may have any name. */
export const ROLES = ['log-in', 'count', 'poll', 'clean-up'] as const;
export type Role = (typeof ROLES)[number];
/** Why a call was sent once more in place of another one. */
export const RESENT_AFTER = ['limit', 'new token'] as const;
export interface Resent {
  /** Id of the exchange whose place it takes. */
  of: string;
  after: (typeof RESENT_AFTER)[number];
}

/** `revoked`, `restricted` and `second` are the further keys of the config. */
export const CREDENTIAL_USES = ['key', 'none', 'wrong', 'query', 'revoked', 'restricted', 'second'] as const;
export type CredentialUse = (typeof CREDENTIAL_USES)[number];

/** Errors that an integration meets and no usual call of ours provokes: method, body size, target size, media type. */
export const PROVOKED_STATUSES = [405, 413, 414, 415] as const;
export type ProvokedStatus = (typeof PROVOKED_STATUSES)[number];

/** One request of ours to the API and all that came back. Plain JSON, redacted. Times in ms since the run began. */
export interface Exchange {
  id: string;
  /** Which probe sent it, without its kind; unset: none, as of a log-in. */
  probe?: string;
  request: {
    method: string;
    url: string;
    headers: HeaderPairs;
    body: RecordedBody | null;
    credential: CredentialUse;
    write: boolean;
    operation: string | null;
    /** Statuses that the config expects of this call when all is well; empty where it says nothing. */
    expected: readonly number[];
    idempotencyKey: string | null;
    version: string | null;
    /** Only where it is not the usual one. */
    way?: Way;
    role?: Role;
    /** The error that it is made to be answered with; an answer of any other kind is no fault. */
    provokes?: ProvokedStatus;
    /** It asks for a test case of the API (contract.triggers): its answer says nothing of limits. */
    testCase?: true;
    /** What {{unique}} stands for in it; not where nothing of it is unique. */
    unique?: string;
    /** Of an event sent to the receiver: id of the vector. */
    vector?: string;
  };
  /** 1xx answers, in order. */
  interim: readonly { status: number; headers: HeaderPairs }[];
  response: {
    status: number;
    statusText: string;
    headers: HeaderPairs;
    body: RecordedBody;
  } | null;
  ended: Ending;
  error: { code: string; message: string } | null;
  startedAtMs: number;
  /** The whole request had been handed to the kernel. */
  sentAtMs: number | null;
  firstByteAtMs: number | null;
  endedAtMs: number;
  /** Wall clock at start, epoch ms: for Date headers only. */
  startedAtEpochMs: number;
  remoteAddress: string | null;
  tls: TlsFacts | null;
  /** Id of the exchange of which this one is a deliberate repeat: its answer may be the stored one. */
  repeats: string | null;
  /** Only where it was sent again by ourselves, for another reason than to repeat it. */
  resent?: Resent;
  /** Registered secrets found in the answer, by name, before they were redacted. */
  leaks: readonly Leak[];
  /** Only where a 2xx answer refuses the call, or looks as if it did. */
  refusal?: Refusal;
}

/** Why an answer with a success status is none. */
export interface Refusal {
  /** Told by contract.errors.inSuccess, or by the usual member names alone; the latter a judge takes either way. */
  by: 'contract' | 'likeness' | 'assumption';
  /** The member that says so: "/status: error". */
  sign: string;
}

export interface Leak {
  secret: string;
  where: 'status line' | 'header' | 'body';
  encoding: string;
}

export function headerOf(headers: HeaderPairs | undefined, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return headers?.find(([one]) => one.toLowerCase() === wanted)?.[1];
}

export function answerHeader(exchange: Exchange, name: string): string | undefined {
  return headerOf(exchange.response?.headers, name);
}

/** A field that holds a list may stand on several lines (RFC 9110, 5.3). */
export function answerList(exchange: Exchange, name: string): string | undefined {
  const lines = (exchange.response?.headers ?? []).filter(([one]) => one.toLowerCase() === name.toLowerCase());
  return lines.length === 0 ? undefined : lines.map(([, value]) => value).join(', ');
}

export function contentTypeOf(exchange: Exchange): string {
  return (answerHeader(exchange, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/** The body as JSON, or undefined where it is none. */
export function jsonOf(exchange: Exchange): unknown {
  const body = exchange.response?.body;
  if (body === undefined || body.encoding !== 'utf8' || body.truncated) return undefined;
  try {
    return parseJson(body.text);
  } catch {
    return undefined;
  }
}

export function statusOf(exchange: Exchange): number | null {
  return exchange.response !== null && exchange.ended === 'complete' ? exchange.response.status : null;
}

/** The last 1xx where it was all that came: never a final answer (RFC 9110 15.2), and most clients fail on it. */
export function bareInterim(exchange: Exchange): number | null {
  const broken = exchange.ended === 'closed' || exchange.ended === 'malformed' || exchange.ended === 'timeout';
  return broken && exchange.response === null ? (exchange.interim.at(-1)?.status ?? null) : null;
}

/** Whether a 2xx answer says, as the contract tells it, that the call failed. */
export function isRefusedInSuccess({ refusal }: Exchange): boolean {
  return refusal !== undefined && refusal.by !== 'likeness';
}

/** What looks like an error without the contract telling counts as its status says: `judge` asks both ways. */
export function isSuccess(exchange: Exchange): boolean {
  const status = statusOf(exchange);
  return status !== null && status >= 200 && status < 300 && !isRefusedInSuccess(exchange);
}

/** A success by its status, of which nothing makes one doubt. */
export function isSureSuccess(exchange: Exchange): boolean {
  return isSuccess(exchange) && exchange.refusal === undefined;
}

/** An error by its status, or by a body that says so. */
export function isErrorAnswer(exchange: Exchange): boolean {
  return (statusOf(exchange) ?? 0) >= 400 || isRefusedInSuccess(exchange);
}

/** Whether it was answered with one of these; a refusal in a 2xx answer stands for any refusal among them. */
export function hasStatus(exchange: Exchange, statuses: readonly number[]): boolean {
  if (isRefusedInSuccess(exchange)) return statuses.some((status) => status >= 400);
  return statuses.includes(statusOf(exchange) ?? 0);
}

/** Of something before the API that did not get an answer from it; 520 to 527 and 530 are Cloudflare's own. */
export function isUpstreamError(status: number): boolean {
  return (status >= 502 && status <= 504) || (status >= 520 && status <= 527) || status === 530;
}

/** Refused by the API itself: with a 4xx, or in a 2xx answer. */
export function isClientError(exchange: Exchange): boolean {
  const status = statusOf(exchange);
  return (status !== null && status >= 400 && status < 500) || isRefusedInSuccess(exchange);
}

/** As the config expects of this call, or any 2xx where it says nothing. */
export function isExpected(exchange: Exchange): boolean {
  const status = statusOf(exchange);
  if (status === null) return false;
  return exchange.request.expected.length === 0 ? isSuccess(exchange) : hasStatus(exchange, exchange.request.expected);
}

/** In a 2xx answer only words tell. */
const TURNED_AWAY =
  /unauthori[sz]ed|forbidden|(access|permission).?denied|not.?(found|allowed|permitted)|no.?such|unknown.?(key|path)/i;

/** Refused before anybody looked at its body, and not as the config expects. */
export function isTurnedAway(exchange: Exchange): boolean {
  if (isRefusedInSuccess(exchange)) return TURNED_AWAY.test(exchange.response?.body.text ?? '');
  return [401, 403, 404, 405].includes(statusOf(exchange) ?? 0) && !isExpected(exchange);
}

const ENDINGS: Readonly<Record<Exchange['ended'], string>> = {
  complete: 'answered',
  'cut-by-us': 'was cut by us on purpose',
  refused: 'was refused: nothing listens there',
  dns: 'failed: the host name does not resolve',
  tls: 'failed in the TLS handshake',
  unreachable: 'got no connection',
  vantage: 'found no way out',
  timeout: 'got no whole answer in time',
  closed: 'was closed by the server before a whole answer',
  malformed: 'got an answer that cannot be read as HTTP',
  'too-large': 'got more than we accept',
  aborted: 'was interrupted',
};

/** Most messages name their code. */
function saying({ code, message }: NonNullable<Exchange['error']>): string {
  return message.includes(code) ? message : `${code}: ${message}`;
}

/** "GET /ping was refused: nothing listens there (ECONNREFUSED)" */
export function describeEnding(exchange: Exchange): string {
  const { method, url } = exchange.request;
  const detail = exchange.error === null ? '' : ` (${saying(exchange.error)})`;
  const bare = bareInterim(exchange);
  const interim =
    exchange.interim.length === 0
      ? ''
      : `, after interim ${exchange.interim.map((one) => one.status).join(', ')}${bare === null ? '' : ' alone, which is no final answer'}`;
  return `${method} ${new URL(url).pathname} ${ENDINGS[exchange.ended]}${interim}${detail}`;
}
