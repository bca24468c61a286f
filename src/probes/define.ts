import type { ResolvedTarget } from '../config/load.js';
import type { Client, Source, Webhook } from '../config/schema.js';
import type { Exchange } from '../evidence/exchange.js';
import type { EventRound, Evidence, EvidenceKey, SettledEffects, VantageRead } from '../evidence/map.js';
import type { LaneRun } from '../evidence/run.js';
import type { Statement } from '../evidence/statements.js';
import type { Key, Lack } from '../evidence/unlock.js';
import type { Lanes } from '../lanes/lanes.js';
import type { ApiRead } from '../receiver/api.js';
import type { SourceContext } from '../source/context.js';
import type { Scheme } from '../webhook/scheme.js';
import type { Vector } from '../webhook/vector.js';
import type { Api } from './api.js';
import type { Calls, Fill } from './call.js';
import type { Lag } from './lags.js';

export interface ProbeContext {
  api: Api;
  /** How far the API's list is behind its creates. */
  lag: Lag;
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

export type Probe = EndpointProbe | ClientProbe | ReceiverProbe | SourceProbe | StatementProbe;

export interface EndpointProbe<K extends EvidenceKey = EvidenceKey> {
  uses: 'network';
  key: K;
  /** What it does, for progress and `explain`: "asking without a key". */
  says: string;
  /** Probes whose evidence must be there first. */
  after: readonly EvidenceKey[];
  /** Keys of the config that it needs, whatever else: each of them, or one of a list. */
  settings?: readonly Key[];
  /** Runs when nothing else is in flight. */
  alone?: boolean;
  /** Uses up a limit: runs when all others that send something are done, and waits until the limit is over. */
  exhausts?: boolean;
  /** Runs when every other probe is done. */
  last?: boolean;
  /** The calls it may make, or what to configure for it. */
  calls(api: Api): Calls | Lack;
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
  /** Keys of the config that it needs, whatever else: each of them, or one of a list. */
  settings?: readonly Key[];
  /** What to configure for it; null: it can run. */
  missing?(target: ResolvedTarget, client: Client): Lack | null;
  /** Runs when every other client probe is done. */
  last?: boolean;
  /** How many runs of the client it takes at least, for the plan. */
  runs: number;
  /** How many of these repeat another one, and are left out by --fast. */
  repeats?: number;
  /** What it yields without a run, by what was seen before; null: it must run. */
  settled?(evidence: ClientContext['evidence']): Evidence[K] | null;
  run(context: ClientContext, lanes: Lanes): Promise<Evidence[K]>;
}

/** One more delivery of an event. */
export interface Again {
  /** Id of an event that was sent before; default: a fresh one. */
  event?: string;
  /** How many deliveries came before, for what changes from one to the next; default 0. */
  attempt?: number;
  /** The connection is closed as soon as all is sent, so that no answer arrives. */
  isCut?: true;
}

/** What a probe of the user's receiver may do. */
export interface ReceiverContext {
  target: ResolvedTarget;
  webhook: Webhook;
  scheme: Scheme;
  evidence<K extends EvidenceKey>(key: K): Evidence[K];
  /** Vectors of these groups that apply under the scheme. */
  vectors(...groups: Vector['group'][]): Vector[];
  /**
   * Sends what a vector consists of, and reads the effects before and right after it. Starts the receiver where it is ours
   * and does not run. Throws NoEvidence where it does not start.
   */
  deliver(vector: Vector, again?: Again): Promise<EventRound>;
  /**
   * Waits until so many more effects are there; for none, as long as one more could take; `now`: not at all. null: no
   * effect is configured.
   */
  settle(more: number | 'now'): Promise<SettledEffects | null>;
  /**
   * Sends so many events at once and kills the receiver so many ms after that, or at an answer. What was read of the effects
   * is no part of the rounds.
   */
  deliverAndKill(vector: Vector, count: number, when: number | 'first answer' | 'all answers'): Promise<EventRound[]>;
  /** Watches the effects while nothing is sent, before anything was. */
  watch(): Promise<void>;
  /** The first time that this probe runs: what it cannot explain makes it run again, with more time. */
  isFirst: boolean;
  /** Starts the receiver where it is ours and does not run. */
  restart(): Promise<void>;
  /** What stands at webhook.state now, as JSON. Throws an Error that says why it cannot be read. */
  state(): Promise<string>;
  /** What the receiver has read so far of the API's stand-in (webhook.baseUrlEnv); null: it knows of none. */
  apiReads(): readonly ApiRead[] | null;
  /** What the receiver printed since this was asked last; null: it is not ours. */
  printed(): readonly string[] | null;
  pause(ms: number): Promise<void>;
}

/**
 * When a probe of the receiver runs. `open`: its events may have effects or none. `forbidden`: they must have none, or none
 * more. `counted`: they have a known number, so that effects which come late of the former are seen among them. `kills`: it
 * kills the receiver, and what was under way with it.
 */
export const TURNS = ['open', 'forbidden', 'counted', 'kills'] as const;
export type Turn = (typeof TURNS)[number];

export interface ReceiverProbe<K extends EvidenceKey = EvidenceKey> {
  uses: 'receiver';
  key: K;
  says: string;
  after: readonly EvidenceKey[];
  /** Keys of the config that it needs, whatever else: each of them, or one of a list. */
  settings?: readonly Key[];
  /** What to configure for it; null: it can run. */
  missing?(target: ResolvedTarget, webhook: Webhook): Lack | null;
  /** How many events it sends, about, for the progress. */
  events: number;
  turn: Turn;
  /**
   * Effects that it saw beyond those that must be; below zero: that it missed. `unit`: effects of one good event. Left out:
   * none must be, and none must not.
   */
  surplus?(evidence: Evidence[K], unit: number): number;
  run(context: ReceiverContext): Promise<Evidence[K]>;
}

/** Reads files of the user's repository: nothing is sent, and nothing of it is run. */
export interface SourceProbe<K extends EvidenceKey = EvidenceKey> {
  uses: 'source';
  key: K;
  says: string;
  after: readonly EvidenceKey[];
  /** Keys of the config that it needs, whatever else: each of them, or one of a list. */
  settings?: readonly Key[];
  /** What to configure for it; null: it can run. */
  missing?(source: Source): Lack | null;
  run(context: SourceContext): Promise<Evidence[K]>;
}

/** What a probe of statements may know, and look at. */
export interface StatementContext {
  /** The day of the run. */
  on: string;
  /** Checks that the provider's list asks a statement for. */
  asked: readonly string[];
  /** By the id of the check. */
  stated: Readonly<Record<string, Statement>>;
  /** null: the API was read from no vantage point of its own. */
  vantages: readonly VantageRead[] | null;
  /** Looks at what the statement of this id rests on. Opens no link unless that was asked for. */
  lookAt(id: string): Promise<Pick<Statement, 'file' | 'link' | 'drill'>>;
}

export interface StatementProbe<K extends EvidenceKey = EvidenceKey> {
  uses: 'person';
  key: K;
  says: string;
  after: readonly EvidenceKey[];
  run(context: StatementContext): Promise<Evidence[K]>;
}

export function defineProbe<const K extends EvidenceKey>(probe: Omit<EndpointProbe<K>, 'uses'>): EndpointProbe<K> {
  return { uses: 'network', ...probe };
}

export function defineClientProbe<const K extends EvidenceKey>(probe: Omit<ClientProbe<K>, 'uses'>): ClientProbe<K> {
  return { uses: 'client', ...probe };
}

export function defineReceiverProbe<const K extends EvidenceKey>(
  probe: Omit<ReceiverProbe<K>, 'uses'>,
): ReceiverProbe<K> {
  return { uses: 'receiver', ...probe };
}

export function defineSourceProbe<const K extends EvidenceKey>(probe: Omit<SourceProbe<K>, 'uses'>): SourceProbe<K> {
  return { uses: 'source', ...probe };
}

export function defineStatementProbe<const K extends EvidenceKey>(
  probe: Omit<StatementProbe<K>, 'uses'>,
): StatementProbe<K> {
  return { uses: 'person', ...probe };
}
