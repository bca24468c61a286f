import type { ResolvedTarget } from '../config/load.js';
import type { Client } from '../config/schema.js';
import type { LaneRun } from '../evidence/run.js';
import type { Lanes } from '../lanes/lanes.js';
import type { Evidence, EvidenceKey, Exchange, ProvokedStatus, Resent, Role, Way } from '../types.js';
import type { Api } from './api.js';

/** What a call looks like before unique values are filled in: the plan prints it, the door sends it. */
export interface CallSpec {
  /** Whose call it is, once it is sent. */
  probe?: string;
  operation: string | null;
  role?: Role;
  method: string;
  /** Below the endpoint's URL; {{unique}}, {{key}} and {{id}} are filled in at sending. */
  path: string;
  /** A URL of the same origin that stands in place of URL and path. */
  target?: URL;
  query: Readonly<Record<string, string>>;
  headers: Readonly<Record<string, string>>;
  payload: Payload | null;
  /** The payload is sent as it stands: a password may look like a template. */
  verbatim?: true;
  credential: Exchange['request']['credential'];
  version: 'pinned' | 'absent' | { value: string };
  /** Carries an idempotency key. */
  keyed: boolean;
  expected: readonly number[];
  /** Other than by the usual connections. */
  way?: Way;
  /** The error that it is made to be answered with. */
  provokes?: ProvokedStatus;
  /** Bytes to which its body, or without one its target, is filled up. */
  padTo?: number;
  /** At most so many of these. */
  times: number;
  /** When it is sent only in some cases: which. */
  when: string | null;
}

export type Payload =
  | { form: Readonly<Record<string, string | number | boolean>> }
  | { json: unknown }
  | { text: string; contentType: string };

export type Calls = Readonly<Record<string, CallSpec>>;

export interface Fill {
  unique?: string;
  key?: string;
  id?: string;
  cut?: 'after-sending' | 'at-first-byte';
  /** What other operations answered, by placeholder. */
  taken?: Readonly<Record<string, string>>;
  /** Id of the exchange that this one repeats. */
  repeats?: string;
  /** In place of which exchange it is sent once more. */
  resent?: Resent;
  /** Distinguishes calls of one label: becomes part of the exchange id. */
  suffix?: string;
  /** Headers laid over those of the call. */
  headers?: Readonly<Record<string, string>>;
  /** Members laid over the body. */
  changes?: unknown;
  /** Parameters laid over the query of the call. */
  query?: Readonly<Record<string, string>>;
  /** A URL of the same origin, as an answer named it; takes the place of path and query. */
  target?: URL;
  /** Told the whole text of the answer, however much of it is recorded. */
  read?: (text: string) => void;
  /** Hand over whatever came, also a limit, an unavailable answer, or none. */
  whatever?: boolean;
  /** Send it once, even where a limit refuses it: the moment matters. */
  once?: boolean;
}

export interface ProbeContext {
  api: Api;
  /** Sends one call of this probe's plan. Throws NoEvidence when there is no judgeable answer (unless `whatever`). */
  send(label: string, fill?: Fill): Promise<Exchange>;
  /** Evidence of a probe named in `after`. */
  evidence<K extends EvidenceKey>(key: K): Evidence[K];
  /** A value never used before, for bodies. */
  fresh(): string;
  /** An idempotency key never used before. */
  freshKey(): string;
  openConnections(count: number): Promise<void>;
  pause(ms: number): Promise<void>;
  /** Waits as the first limited one of these calls asks for; whether there was one and its wait is over. */
  waitOut(calls: readonly Exchange[]): Promise<boolean>;
  /** Time that the budget leaves for requests and pauses, ms. */
  remainingMs(): number;
  /** Everything recorded so far, in order of sending. */
  traffic(): Evidence['endpoint.traffic'];
}

export type Probe = EndpointProbe | ClientProbe;

export interface EndpointProbe<K extends EvidenceKey = EvidenceKey> {
  uses: 'network';
  key: K;
  /** What it does, for progress and `explain`: "asking without a key". */
  says: string;
  /** Probes whose evidence must be there first. */
  after: readonly EvidenceKey[];
  /** Runs when nothing else is in flight. */
  alone?: boolean;
  /** Uses up a limit: runs when all others that send something are done, and waits until the limit is over. */
  exhausts?: boolean;
  /** Runs when every other probe is done. */
  last?: boolean;
  /** The calls it may make, or (as text) what to configure for it. */
  calls(api: Api): Calls | string;
  run(context: ProbeContext): Promise<Evidence[K]>;
}

/** What a client probe may know when it chooses its scenarios. */
export interface ClientContext {
  target: ResolvedTarget;
  client: Client;
  evidence<K extends EvidenceKey>(key: K): Evidence[K];
  /** Every run of every lane so far. */
  allRuns(): readonly LaneRun[];
}

export interface ClientProbe<K extends EvidenceKey = EvidenceKey> {
  uses: 'client';
  key: K;
  says: string;
  after: readonly EvidenceKey[];
  /** What to configure for it; null: it can run. */
  missing?(target: ResolvedTarget, client: Client): string | null;
  /** Runs when every other client probe is done. */
  last?: boolean;
  /** How many runs of the client it takes at least, for the plan. */
  runs: number;
  run(context: ClientContext, lanes: Lanes): Promise<Evidence[K]>;
}

export function defineProbe<const K extends EvidenceKey>(probe: Omit<EndpointProbe<K>, 'uses'>): EndpointProbe<K> {
  return { uses: 'network', ...probe };
}

export function defineClientProbe<const K extends EvidenceKey>(probe: Omit<ClientProbe<K>, 'uses'>): ClientProbe<K> {
  return { uses: 'client', ...probe };
}
