// The map of everything that crosses from gather to judge: one key per probe.

import type { SchemeName } from '../webhook/scheme.js';
import type { EnumMember } from './enum-member.js';
import type { Exchange } from './exchange.js';
import type { Fact } from './fact.js';
import type { LaneRun } from './run.js';
import type { Said } from './said.js';
import type { CodeScan, EnvFilesEvidence, HistoryScan, SecretScan } from './source.js';
import type { Statement } from './statements.js';
import type { Unlock } from './unlock.js';

/** What was counted after a probe: how many resources carry the probe's unique value, or how the total moved. */
export interface Count {
  /** null: the answer could not be read as a count. */
  resources: number | null;
  /** A look-up shows one resource at most, however many there are. */
  how: 'matching items' | 'total' | 'new items' | 'look-up';
  exchange: string;
  /** How long after the last create it was asked for. */
  afterMs?: number;
  /** How long after it the list still showed fewer: it lags. */
  lagMs?: number;
}

/** Resources named by the answers themselves: the fallback where nothing can be counted. */
export interface Named {
  exchange: string;
  id: string | null;
  location: string | null;
}

export interface Effect {
  counted: Count | null;
  /** Why counting gave nothing, where it was configured. */
  uncounted: string | null;
  named: readonly Named[];
}

export interface ReadEvidence {
  call: Exchange;
}

/** Calls that a sane API refuses, each with another error; what was answered is judged among all traffic. */
export interface ProvokedEvidence {
  calls: readonly Exchange[];
}

export interface AbsentVersionEvidence extends ReadEvidence {
  /** Only with contract.version.differs: reads in its first version, twice, and in the other one. */
  differs?: { first: Exchange; again: Exchange; other: Exchange };
}

export interface QueryKeyEvidence {
  call: Exchange;
  sent: 'wrong' | 'real';
  /** The parameters that carried it. */
  names?: readonly string[];
}

export interface ReplayEvidence {
  first: Exchange;
  again: Exchange;
  effect: Effect;
  /** The first was only accepted (202), and the repeat shows the same resource finished. */
  later?: boolean;
}

export interface Round {
  size: number;
  calls: readonly Exchange[];
  effect: Effect;
}

/** A create that was refused in passing (429, 503), and its repeats after the wait; null where none was. */
export interface RefusedKeyEvidence {
  refused: Exchange;
  /** By a test call of the contract; else the run met it by itself. */
  provoked: boolean;
  /** null: the wait was too long. */
  again: Exchange | null;
  /** Another create under a key of its own, where the repeat was refused. */
  fresh: Exchange | null;
  /** The refused one once more, where that worked. */
  last: Exchange | null;
  waitedMs: number;
}

export interface RaceEvidence {
  rounds: readonly Round[];
}

export interface LostRound {
  cut: 'at the first byte of the answer' | 'after sending the request';
  lost: Exchange;
  /** Repeats with the same key until it was answered finally. */
  retries: readonly Exchange[];
  effect: Effect;
}

export interface ChangedBodyEvidence {
  first: Exchange;
  changed: Exchange;
  effect: Effect;
  /** The first was only accepted (202), and this answer shows its resource finished. */
  later?: boolean;
  /** Both answers name one id, whatever else they say. */
  sameId?: boolean;
}

export interface KeylessEvidence {
  call: Exchange;
  effect: Effect;
}

export interface LongKeyEvidence {
  call: Exchange;
  /** Its repeat; null: the key was refused. */
  again?: Exchange | null;
  named?: readonly Named[];
  length: number;
}

export interface OverlongKeyEvidence {
  call: Exchange;
  length: number;
  /** Another body under a key with the same first `maxLength` characters; only where the first was accepted. */
  twin: Exchange | null;
  named: readonly Named[];
}

export interface SeparateKeysEvidence {
  one: Exchange;
  other: Exchange;
  effect: Effect;
}

export interface StoredErrorEvidence {
  first: Exchange;
  again: Exchange;
  /** The same key with a valid body: a stored error does not let it create. */
  corrected: Exchange | null;
}

export interface ScopeEvidence {
  /** What the restricted key may do: the control. */
  allowed: Exchange;
  forbidden: Exchange;
}

export interface SecondAccountEvidence {
  /** A plain create of the second account. */
  control: Exchange;
  first: Exchange;
  /** The second account's create with the first one's idempotency key and body. */
  other: Exchange;
  /** Of `first`, `other` and `control`. */
  named: readonly Named[];
  /** The counting call with the second key; null where none is configured. */
  look: Exchange | null;
  /** Whether the second key sees the first account's resource; null: not known. */
  seesFirst: boolean | null;
}

export interface RemovedVersionsEvidence {
  answers: readonly { version: string; call: Exchange }[];
}

export interface BurstEvidence {
  /** All calls of the burst, those that were limited last. */
  calls: readonly Exchange[];
  /** Id of the last limited call; null: none was limited. */
  limited: string | null;
  /** So many were allowed. */
  most: number;
  quota: { requests: number; windowMs: number; burst?: number | undefined } | null;
  /** The call after the wait; null where there was nothing to wait for, or the wait was too long. */
  recovery: Exchange | null;
}

/** What the rate headers of one answer say. */
export interface RateReading {
  exchange: string;
  limit: number | null;
  remaining: number | null;
  /** From the answer on. */
  resetMs: number | null;
  windowMs: number | null;
  /** Declared headers that are absent or not in their form, in words. */
  /** Of several policies in one field, what each has left; the first of them is `remaining`. */
  policies?: readonly number[];
  faults: readonly string[];
}

export interface RateHeadersEvidence {
  /** One after the other. */
  calls: readonly Exchange[];
  /** At the same moment; empty where the calls before showed a fall. */
  batch: readonly Exchange[];
  readings: readonly RateReading[];
}

export interface PageFacts {
  call: Exchange;
  /** The page size that was asked for; null: none was named. */
  asked: number | null;
  /** Of its items, in order; null: no list was there. */
  ids: readonly (string | null)[] | null;
  /** Whether another page follows, by the contract's end rule; null: such a page does not tell. */
  more: boolean | null;
}

export interface PagesEvidence {
  /** A page of two items; null where no size can be asked for. */
  small: PageFacts | null;
  /** A page of one more than the maximum. */
  over: PageFacts | null;
  walk: readonly PageFacts[];
  stopped: 'end' | 'bound' | 'loop' | 'no-next' | 'elsewhere' | 'unreadable';
  /** The first page of the walk once more, where an item came twice. */
  again: PageFacts | null;
  /** A page that ended the list by the contract's rule, though smaller pages show more; null: none did. */
  endsEarly?: PageFacts | null;
  /** A page with items that a whole walk did not show, and the same page after the walk; null: there was none. */
  lost?: { listed: PageFacts; again: PageFacts } | null;
}

export interface BatchResult {
  id: string | null;
  status: number | null;
}

export interface BatchEvidence {
  call: Exchange;
  /** Items in the request. */
  sent: number;
  /** One per entry of the answer; null: no list was there. */
  results: readonly BatchResult[] | null;
  counted: Count | null;
}

export interface UpdateReplayEvidence {
  first: Exchange;
  /** Another update between the first and its repeat. */
  other: Exchange;
  again: Exchange;
  /** The resource, read afterwards. */
  look: Exchange;
  /** Whose value it shows. */
  shows: 'other' | 'repeated' | 'neither' | 'both';
}

export interface MalformedEvidence {
  cases: readonly { defect: 'broken JSON' | 'wrong content type' | 'empty body'; call: Exchange }[];
  effect: Effect;
}

export interface InvalidInputEvidence {
  /** `unique`: the value that its body carries. */
  calls: readonly { status: number; field: string | null; unique?: string; call: Exchange }[];
}

/** How an answer names its resource, and the digest of its body. */
export interface LaterAnswer {
  status: number | null;
  id: string | null;
  location: string | null;
  content: string;
}

/** A key of an earlier run, asked for again; or when it will be. */
export interface DeferredEvidence {
  windowMs: number;
  /** The key that waits to be asked for by a later run. */
  waiting: { usedAt: string; dueFrom: string; dueUntil: string | null };
  /** Why an earlier key is not asked for. */
  unused: string | null;
  /** Why the key of this run could not be kept. */
  lost: string | null;
  asked: {
    usedAt: string;
    sentAfterMs: number;
    answeredAfterMs: number;
    /** What the key was answered when it was used. */
    first: LaterAnswer;
    again: Exchange;
    replay: LaterAnswer;
    /** A create of this run: the same body under a key of its own. */
    control: Exchange;
    fresh: LaterAnswer;
  } | null;
}

export interface TargetEvidence {
  environment: 'sandbox' | 'live';
  host: string;
  keyPrefixOf: readonly string[] | null;
  hostOf: readonly string[] | null;
  /** endpoint.url begins with http://. */
  plain?: true;
}

export interface CertificateEvidence {
  host: string;
  /** Without the key, on a connection of its own; its TLS facts are what counts. */
  call: Exchange;
}

export interface OldTlsEvidence {
  tries: readonly { version: string; call: Exchange }[];
}

export interface PlainHttpEvidence {
  plain: Exchange;
  /** The same over TLS; null where endpoint.url itself is plain HTTP. */
  secure: Exchange | null;
}

/** The read operation with the key, from a vantage point. */
export interface VantageRead {
  name: string;
  via: string;
  listed: boolean;
  address: string | null;
  call: Exchange;
}

export interface AddressesEvidence {
  vantages: readonly VantageRead[];
}

/** What people state, by the id of the check. */
export interface StatementsEvidence {
  /** The day for which statements must hold, YYYY-MM-DD. */
  on: string;
  /** Checks that the provider's list asks a statement for. */
  asked: readonly string[];
  stated: Readonly<Record<string, Statement>>;
  /** How the API was read from each vantage point, where it was. */
  vantages?: readonly VantageRead[];
}

export interface ForwardedAddressesEvidence {
  /** From unlisted vantage points that were not answered as usual; none where no listed one was. */
  tries: readonly { vantage: string; header: string; address: string; call: Exchange }[];
}

export interface TrafficEvidence {
  exchanges: readonly Exchange[];
  /** By exchange: how late our own process was while it was out, all in all, ms. */
  lateMs: Readonly<Record<string, number>>;
}

/** Runs of the user's client under one kind of fault. */
export interface LanesEvidence {
  runs: readonly LaneRun[];
}

/** Runs of a client that is told when to come again. */
export interface AskedEvidence extends LanesEvidence {
  /** It was not tried: these runs, in which nothing of it was asked, show a client that never asks again. Else absent. */
  never?: true;
}

/** Answers of the operation that came late, whether or not the client still waited. */
export interface DelaysEvidence {
  delays: readonly { ms: number; run: LaneRun }[];
}

/** What judges of the client must know of the config beside the contract. */
export interface ClientFacts {
  patienceMs: number;
  operation: string;
  method: string | null;
  /** Whether the config names the credential, so that its presence can be judged. */
  hasKey: boolean;
  /** The config has no sample of the operation's answer, so the stub made one up. */
  guessed?: boolean;
  /** Under --fast: one run per fault, none of which takes long. */
  isFast?: true;
  /** Only with client.intercept: the API's host, and whether the config calls it by https. */
  intercepted?: { host: string; secure: boolean };
}

/** A workload, and the operation that it is about. */
export interface WorkloadEvidence extends LanesEvidence {
  operation: string;
}

export interface PollingEvidence extends WorkloadEvidence {
  /** Name under which its status reads are recorded. */
  reads: string;
  everyMs: number;
}

export interface LimitedEvidence {
  operation: string;
  free: readonly LaneRun[];
  /** The same under lasting 429. */
  limited: readonly LaneRun[];
}

export interface BusinessErrorsEvidence extends LanesEvidence {
  /** In the order of the runs. */
  cases: readonly {
    code: string;
    reaction: 'stop' | 'retry' | 'other-operation';
    /** What must be called next, under other-operation. */
    operation: string | null;
  }[];
}

/** A run with unknown members, and one with an unknown value where the answer has a member of an enumeration. */
export interface UnknownFieldsEvidence extends LanesEvidence {
  value: EnumMember | null;
}

/** Request bodies of operations with a JSON Schema, as they were judged by it. */
export interface BodiesEvidence {
  fitting: readonly string[];
  /** Ids of attempts -> what is wrong, at most a few each. */
  unfit: readonly { id: string; operation: string; problems: readonly string[] }[];
  /** Held a secret, or was too long to keep. */
  unread: readonly string[];
}

/** One recorded answer, held against the OpenAPI description. */
export interface DescribedAnswer {
  /** Id of the exchange. */
  id: string;
  /** "GET /orders/{id}", as the description writes it; where it does not, as it was called. */
  call: string;
  status: number;
  /**
   * `unlisted`: the description has the operation and not the status. `unread`: the body was not kept as it came.
   * `unusable`: the schema of the body is none. `undescribed`: there is no such operation. `apart`: no description is about it.
   */
  outcome: 'fits' | 'deviates' | 'unlisted' | 'unread' | 'unusable' | 'undescribed' | 'apart';
  /** What is wrong, what was expected, or why it was not compared. */
  problems: readonly string[];
}

export interface DescriptionEvidence {
  answers: readonly DescribedAnswer[];
}

/** What one vector did: deliveries of one event or two, one after the other or at once. */
export interface EventRound {
  /** Id of the vector. */
  vector: string;
  group: string;
  /** What was sent, as a phrase. */
  says: string;
  expected: 'accepted' | 'refused' | 'answered';
  /** Ids of the events, as often as they were delivered. */
  events: readonly string[];
  calls: readonly Exchange[];
  /** How many effects were seen until it was over; null: webhook.effect is not configured, or could not be read. */
  effects: number | null;
  /** Whether the receiver's process was there when it was over; null: it is not ours. */
  alive: boolean | null;
}

/** What was waited for behind some rounds. */
export interface SettledEffects {
  /** Seen while waiting: of which round, only ids can tell. */
  effects: number | null;
  /** New ids since before the rounds, where webhook.effect gives ids; null: it gives a number. */
  ids: readonly string[] | null;
  waitedMs: number;
  /** Why effects cannot be told: they could not be read, or moved by themselves. */
  why: string | null;
}

export interface EventRoundsEvidence {
  rounds: readonly EventRound[];
  /** null: webhook.effect is not configured. */
  settled: SettledEffects | null;
  /** Only behind what must be refused: a good event. A receiver that refuses that, too, has shown nothing. */
  closing?: EventRound;
}

/** What the receiver took for the state of an object, as JSON. */
export interface EventStates {
  /** After the earlier of two events, and after both in order. */
  earlier: string;
  inOrder: string;
  /** To show the latter, the receiver read the API's stand-in, which need not follow these events; else absent. */
  untold?: true;
  /** Of another object, after both, the later one first; null: one of them was not taken. */
  reversed: string | null;
}

/** Two events of one object, the later one first. */
export interface EventOrderEvidence extends EventRoundsEvidence {
  /** Two others, in order; one alone, where it was not taken. */
  inOrder: EventRoundsEvidence;
  /** null: webhook.state and webhook.earlier are not configured, or an event was not taken. */
  states: EventStates | null;
  /** Why the state could not be read. */
  unread: string | null;
}

/** Readings of webhook.state, one after the other, and what the receiver read of the API's stand-in meanwhile. */
export interface StateReads {
  reads: number;
  /** From the beginning, which may lie before the first reading, to the end of the last one. */
  forMs: number;
  /** Readings during which the receiver read the API. */
  asked: number;
  /** Reads of the API while no reading was under way. */
  unasked: number;
  /** When the API was read first, from the beginning; null: it was not. */
  firstMs: number | null;
  /** What was read of it: "GET /orders/1"; and what of that during the last reading. */
  calls: readonly string[];
  lastCalls: readonly string[];
  /** The state in the end, as JSON, and how often it differed from one reading to the next. */
  state: string;
  changes: number;
}

/** One object: two events about it, and readings of its state around them. */
export interface CacheTrial extends EventRoundsEvidence {
  /** After the first event, until a reading asks the API for less than before; null: the event was not taken. */
  filling: StateReads | null;
  /** Then, while nothing is delivered, by what the API was not asked any more; null: nothing is cached. */
  idle: StateReads | null;
  /** Since the second event; null: it was not sent, or not taken. */
  after: StateReads | null;
  /** Whether the second event had its effect; null: that cannot be told. */
  processed: boolean | null;
}

export interface CachesEvidence {
  trials: readonly CacheTrial[];
  /** Whether the two events differ (webhook.earlier). */
  differ: boolean;
  /** Why the state could not be read. */
  unread: string | null;
}

export interface EventControlEvidence extends EventRoundsEvidence {
  scheme: { name: string; hasTimestamp: boolean; several: boolean };
  /**
   * What `golive-check webhook send` takes in flags. `scheme`, null: the contract says more than the name of one.
   * `secretEnv`: the environment variable of the secret; null: it has none.
   */
  told: { scheme: SchemeName | null; secretEnv: string | null };
  /** What the contract, or its default, gives a receiver to acknowledge an event. */
  ackMs: number;
  /** Effects of one good event; null: not configured, or they cannot be told. */
  unit: number | null;
  /** How long effects were watched behind all other events, ms, before the receiver was killed; null: they were not. */
  watchedMs: number | null;
  /** What the receiver printed of good events: null, it is not ours. */
  printed: readonly string[] | null;
}

/** A forged event, and the lines that the receiver printed of it and of no good one. */
export interface ForgeryLogEvidence {
  round: EventRound;
  lines: readonly string[];
  settled: SettledEffects | null;
}

/** Events during which the receiver was killed. Counts are of effects since before them. */
export interface KilledRound {
  moment: 'while it handled events' | 'after it had answered';
  first: readonly Exchange[];
  /** When it was back, and nothing had been delivered again. */
  kept: number;
  /** Those that had not been answered, delivered again. */
  again: readonly Exchange[];
  afterAgain: number;
  /** Those that had been answered, delivered again. */
  repeated: readonly Exchange[];
  afterRepeated: number;
}

export interface KilledEvidence {
  rounds: readonly KilledRound[];
  /** Effects of one good event. */
  unit: number;
  /** Why nothing can be told of effects: they do not survive the process, or could not be read. */
  why: string | null;
}

export interface Evidence {
  'endpoint.target': TargetEvidence;
  'endpoint.authenticated': ReadEvidence;
  'endpoint.unauthenticated': ReadEvidence;
  'endpoint.wrong-key': ReadEvidence;
  'endpoint.query-key': QueryKeyEvidence;
  'endpoint.absent-version': AbsentVersionEvidence;
  'endpoint.unknown-version': ReadEvidence;
  'endpoint.removed-versions': RemovedVersionsEvidence;
  'endpoint.revoked-key': ReadEvidence;
  'endpoint.restricted-key': ScopeEvidence;
  'endpoint.second-account': SecondAccountEvidence;
  'endpoint.unknown-path': ReadEvidence;
  'endpoint.replay': ReplayEvidence;
  'endpoint.separate-keys': SeparateKeysEvidence;
  'endpoint.changed-body': ChangedBodyEvidence;
  'endpoint.keyless': KeylessEvidence;
  'endpoint.longest-key': LongKeyEvidence;
  'endpoint.overlong-key': OverlongKeyEvidence;
  'endpoint.stored-error': StoredErrorEvidence;
  'endpoint.refused-key': { met: RefusedKeyEvidence | null };
  'endpoint.race': RaceEvidence;
  'endpoint.lost-response': { rounds: readonly LostRound[] };
  'endpoint.burst': BurstEvidence;
  'endpoint.rate-headers': RateHeadersEvidence;
  'endpoint.pages': PagesEvidence;
  'endpoint.batch': BatchEvidence;
  'endpoint.update-replay': UpdateReplayEvidence;
  'endpoint.remembered-key': DeferredEvidence;
  'endpoint.expired-key': DeferredEvidence;
  'endpoint.malformed-bodies': MalformedEvidence;
  'endpoint.invalid-input': InvalidInputEvidence;
  'endpoint.provoked-reads': ProvokedEvidence;
  'endpoint.provoked-writes': ProvokedEvidence;
  'endpoint.certificate': CertificateEvidence;
  'endpoint.old-tls': OldTlsEvidence;
  'endpoint.plain-http': PlainHttpEvidence;
  'endpoint.addresses': AddressesEvidence;
  'endpoint.forwarded-addresses': ForwardedAddressesEvidence;
  /** Derived: every exchange that the probes recorded by the usual way. */
  'endpoint.traffic': TrafficEvidence;
  /** Derived: the same, held against endpoint.openapi. */
  'endpoint.description': DescriptionEvidence;
  'client.facts': ClientFacts;
  'client.control': LanesEvidence;
  'client.server-errors': LanesEvidence;
  'client.rate-limits': LanesEvidence;
  'client.lost-connections': LanesEvidence;
  /** One run each, whatever the client retries. */
  'client.lasting-faults': LanesEvidence;
  'client.refusals': LanesEvidence;
  'client.server-outage': LanesEvidence;
  /** Under a lasting fault that the client retries: a 503, else another one. */
  'client.outage': LanesEvidence;
  'client.retry-after': AskedEvidence;
  'client.retry-after-dates': AskedEvidence;
  'client.long-retry-after': AskedEvidence;
  'client.bad-retry-after': AskedEvidence;
  'client.hang': LanesEvidence;
  'client.delays': DelaysEvidence;
  'client.slow-response': LanesEvidence;
  'client.truncated-response': LanesEvidence;
  'client.html-errors': LanesEvidence;
  'client.errors-in-success': LanesEvidence;
  'client.unknown-fields': UnknownFieldsEvidence;
  'client.other-message': LanesEvidence;
  'client.redirect': LanesEvidence;
  'client.lost-response': LanesEvidence;
  'client.in-flight': LanesEvidence;
  'client.crash': LanesEvidence;
  'client.certificates': LanesEvidence;
  'client.list': WorkloadEvidence;
  'client.reads': LanesEvidence;
  'client.concurrent-reads': LanesEvidence;
  'client.many-creates': WorkloadEvidence;
  'client.polling': PollingEvidence;
  'client.limited': LimitedEvidence;
  'client.business-errors': BusinessErrorsEvidence;
  'client.expired-token': LanesEvidence;
  'client.bad-inputs': LanesEvidence;
  /** Derived from all runs but those with bad input. */
  'client.bodies': BodiesEvidence;
  /** Derived: every run of every lane. */
  'client.lanes': LanesEvidence;
  'webhook.control': EventControlEvidence;
  /** Good events in odd forms. */
  'webhook.forms': EventRoundsEvidence;
  /** All that a receiver must refuse. */
  'webhook.refusals': EventRoundsEvidence;
  'webhook.forgery-log': ForgeryLogEvidence;
  'webhook.rotation': EventRoundsEvidence;
  'webhook.plain-reads': EventRoundsEvidence;
  'webhook.unusual': EventRoundsEvidence;
  'webhook.order': EventOrderEvidence;
  'webhook.duplicates': { rounds: readonly EventRoundsEvidence[] };
  'webhook.caches': CachesEvidence;
  'webhook.killed': KilledEvidence;
  'attestation.statements': StatementsEvidence;
  'source.files': SecretScan;
  'source.history': HistoryScan;
  'source.bundles': SecretScan;
  'source.env-files': EnvFilesEvidence;
  'source.code': CodeScan;
}

export type EvidenceKey = keyof Evidence;

/** What a probe hands over, or why there is nothing to judge. */
export type Gathered<K extends EvidenceKey = EvidenceKey> = { ok: true; value: Evidence[K] } | NotGathered;
export interface NotGathered {
  ok: false;
  why: GatherFailure;
  detail: string;
  /** Only where it is not configured, and could be. */
  unlock?: Unlock;
  said?: Said;
  fact?: Fact;
  /** Keys of the config that are unset, and that more than this evidence needs. */
  unset?: readonly string[];
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
