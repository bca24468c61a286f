import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Attempt, Recording, Route, TunnelFacts } from '../evidence/recording.js';
import type { Redactor } from '../redaction/redact.js';
import type { KeyPlace } from './json.js';
import type { OperationPattern } from './pattern.js';
import type { RandomStreams } from './random.js';
import type { Limits } from './recorder.js';
import type { Samples } from './samples.js';
import type { Script } from './script.js';
import type { Source } from './source.js';

/** What changes from scenario to scenario on one listener. */
export interface LaneSetup {
  /** Name of the lane in ids of attempts. */
  lane?: string | undefined;
  source: Source;
  script?: Script | undefined;
  /** Each logical operation runs through the script by itself; default: they share it. */
  perOperation?: boolean | undefined;
  /** For a client that takes the lane for its HTTP proxy; unset: refused. */
  intercept?: Interceptor | undefined;
}

export interface LaneOptions extends LaneSetup {
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
  /** As an HTTP proxy: whom it serves, by the value of Proxy-Authorization; unset: everybody. */
  admits?: ((authorization: string | undefined) => boolean) | undefined;
  onAttempt?: ((event: AttemptEvent) => void) | undefined;
}

/** What a lane must be told when it is an HTTP proxy: whose calls it answers, and how TLS is ended. */
export interface Interceptor {
  /** The API's base URL, as the client knows it. */
  url: string;
  routeOf(authority: string): Route;
  /** Reached through this proxy alone: what redirects point to. */
  otherOrigin(scheme: 'http' | 'https'): string;
  /** After CONNECT: answers it and hands over what can be read. */
  tunnel(open: OpenTunnel): void;
  /** A plain call to another host, to be passed on or refused. */
  answerOther(request: IncomingMessage, response: ServerResponse, route: 'passed' | 'refused'): void;
}

export interface OpenTunnel {
  socket: Socket;
  /** Bytes that came with CONNECT already. */
  head: Buffer;
  facts: TunnelFacts;
  /** Something was heard from the client. */
  active(): void;
  /** What comes on `inner` is HTTP of this lane. */
  accept(inner: Socket, scheme: 'http' | 'https'): void;
}

export interface AttemptEvent {
  what: 'arrived' | 'ended';
  /** Whether it is one of the operation that faults aim at. */
  target: boolean;
  /** What its answer says of when to come again. */
  retryAfter: string | undefined;
  /** As it is now, redacted: that costs more than most who listen need. */
  describe(): Attempt;
}

export interface LaneProxy {
  url: string;
  port: number;
  random: RandomStreams;
  recording(): Recording;
  /** Calls that were not admitted, which are in no recording. */
  unadmitted(): number;
  /** Forgets what was recorded and starts a scenario; attempts still open belong to the one before. */
  rearm(setup: LaneSetup): void;
  /** Resolves once nothing is open and nothing has arrived for so long. */
  waitForSilence(wait: SilenceOptions): Promise<{ silent: boolean; silentForMs: number }>;
  /** Closes connections on which nothing is under way. */
  closeIdle(): void;
  /** The client has ended: resolves when its connections have closed. */
  drained(withinMs: number): Promise<void>;
  close(): Promise<void>;
}

export interface SilenceOptions {
  quietMs: number;
  withinMs: number;
  signal?: AbortSignal | undefined;
}
