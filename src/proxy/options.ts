import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Redactor } from '../evidence/redact.js';
import type { KeyPlace } from './json.js';
import type { OperationPattern } from './pattern.js';
import type { RandomStreams } from './random.js';
import type { Limits } from './recorder.js';
import type { Attempt, Recording } from './recording.js';
import type { Samples } from './samples.js';
import type { Script } from './script.js';
import type { Source } from './source.js';

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
