// What gathering takes and gives.
import type { Exchange } from '../evidence/exchange.js';
import type { EvidenceKey, GatheredMap, NotGathered } from '../evidence/map.js';
import type { LaneRun } from '../evidence/run.js';
import type { Redactor } from '../redaction/redact.js';

/** Node fires a timer beyond this at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

export interface GatherOptions {
  redactor: Redactor;
  /** Makes this run's unique values its own. */
  runId: string;
  signal: AbortSignal;
  concurrency: number;
  seed: number;
  /** When the run began, epoch ms. */
  startedAtMs: number;
  /** Opens the links of statements. */
  checkLinks: boolean;
  /** What the user's client is started with. */
  environment: NodeJS.ProcessEnv;
  onProgress?: (progress: Progress) => void;
  /** Told of keys whose evidence is there, and changes no more. */
  onKept?: OnKept | undefined;
  /** Told when a probe begins and ends. */
  onProbe?: ((step: ProbeStep) => void) | undefined;
  /** Told of runs of the client that are over. */
  onLane?: ((run: LaneRun) => void) | undefined;
  /** Takes what hands over, at any moment, what is gathered until then. */
  onBegin?: (sofar: () => Gathering) => void;
}

/** `ok`: it yielded evidence; else `why` not. */
export type ProbeStep =
  | { state: 'began'; probe: EvidenceKey; says: string }
  | { state: 'ended'; probe: EvidenceKey; ok: true }
  | { state: 'ended'; probe: EvidenceKey; ok: false; why: NotGathered['why'] };

export type OnKept = (keys: readonly EvidenceKey[], evidence: Readonly<GatheredMap>) => void;

/** For both kinds of probe. */
export interface ProbingOptions extends GatherOptions {
  /** The text of endpoint.ca: whom to trust beside the usual authorities. */
  ca: string | null;
}

export interface Gathering {
  evidence: GatheredMap;
  exchanges: readonly Exchange[];
  requests: number;
  writes: number;
}

export interface Progress {
  /** What the running probes do. */
  doing: readonly string[];
  /** What runs of the client wait for. */
  waiting?: readonly string[];
  sent: number;
  planned: number;
  /** Whose turn it is: each has a time budget of its own. */
  phase: 'endpoint' | 'client' | 'receiver' | 'source' | 'statements';
}
