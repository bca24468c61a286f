// Core types. Data flows one way: Config -> Plan -> Evidence -> Judgement -> Report.

import type { Contract } from './config/schema.js';
import type { Evidence, EvidenceKey } from './evidence/map.js';
import type { Said } from './evidence/said.js';

export type { Evidence, EvidenceKey };

export const KINDS = ['endpoint', 'client', 'webhook', 'source', 'attestation'] as const;
export type Kind = (typeof KINDS)[number];
export const SEVERITIES = ['blocker', 'major', 'minor'] as const;
export type Severity = (typeof SEVERITIES)[number];
/** How we know: seen on the wire, read in files, or stated by a person. The strongest first. */
export const BASES = ['observed', 'scanned', 'attested'] as const;
export type Basis = (typeof BASES)[number];
export const OUTCOMES = ['pass', 'fail', 'inconclusive', 'not-applicable', 'error'] as const;
export type Outcome = (typeof OUTCOMES)[number];
export type RunVerdict = 'go' | 'no-go' | 'undecided';

/** Go-live topics, in the order of the report. */
export const TOPICS = [
  'Access',
  'Idempotency',
  'Retries',
  'Versions',
  'Request ids',
  'Errors',
  'Rate limits',
  'Paging and batches',
  'Speed and time',
  'Secrets',
] as const;
export type Topic = (typeof TOPICS)[number];

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

/** Runs of one timing scenario: at first, and by default at most. */
export const FEWEST_REPEATS = 5;
export const USUAL_REPEATS = 25;

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
    /** What {{unique}} stands for in it; not where nothing of it is unique. */
    unique?: string;
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

/** What a probe hands over, or why there is nothing to judge. */
export type Gathered<K extends EvidenceKey = EvidenceKey> = { ok: true; value: Evidence[K] } | NotGathered;
export interface NotGathered {
  ok: false;
  why: GatherFailure;
  detail: string;
  said?: Said;
}
export type GatherFailure =
  | 'blocked' // refused by an edge or a rate limit: not the API's own answer
  | 'unreachable'
  | 'not-configured' // becomes not-applicable; the detail names the config key
  | 'dependency' // a probe that it builds on failed
  | 'budget'
  | 'pending' // accepted, and not finished in time
  | 'interrupted'
  | 'crashed'; // our bug: becomes error

export type GatheredMap = { [K in EvidenceKey]?: Gathered<K> };

/** One attempt of the client: what became of it, and how long the client had waited before it. */
export interface TimelineStep {
  label: string;
  waitMs: number | null;
}

export interface Verdict {
  outcome: 'pass' | 'fail' | 'not-applicable' | 'inconclusive';
  /** Stable machine word for the branch that decided. */
  code: string;
  /** One or two sentences with the observed figures. */
  because: string;
  /** Ids of the exchanges that show it. */
  at: readonly string[];
  expected?: string;
  measured?: string;
  timeline?: readonly TimelineStep[];
}

export interface Check<N extends EvidenceKey = EvidenceKey> {
  id: string;
  kind: Kind;
  topic: Topic;
  severity: Severity;
  /** A statement that is true when the check passes. */
  title: string;
  why: string;
  fix: string;
  refs: readonly string[];
  /** Only run where the config names the check under `checks`. */
  optIn?: boolean;
  needs: readonly N[];
  /** Probes whose exchanges it judges among the recorded traffic; where they cannot run it is judged without them. */
  wants?: readonly EvidenceKey[];
  /** Needed for the traffic that it provokes, and never read: where the config rules it out, the rest is judged. */
  mayLack?: readonly N[];
  judge(evidence: Readonly<Pick<Evidence, N>>, contract: Contract): Verdict;
}

export interface Judgement {
  id: string;
  kind: Kind;
  topic: Topic;
  severity: Severity;
  title: string;
  outcome: Outcome;
  basis: Basis;
  code: string;
  because: string;
  expected?: string;
  measured?: string;
  timeline?: readonly TimelineStep[];
  at: readonly string[];
  why: string;
  fix: string;
  refs: readonly string[];
}
