import type { ResolvedTarget } from '../config/load.js';
import type { Client } from '../config/schema.js';
import type { Access } from '../intercept/access.js';
import type { Interception } from '../intercept/interception.js';
import type { AttemptEvent } from '../proxy/options.js';
import type { OperationPattern } from '../proxy/pattern.js';
import type { Source } from '../proxy/source.js';
import type { StubOperation } from '../proxy/stub.js';
import type { Redactor } from '../redaction/redact.js';

/** What every lane of a run shares. */
export interface LanesOptions {
  target: ResolvedTarget;
  client: Client;
  redactor: Redactor;
  seed: number;
  signal: AbortSignal;
  /** No more runs side by side. */
  atOnce: number;
  environment: NodeJS.ProcessEnv;
  /** The real API behind the lanes; null: the stub answers. */
  upstream: Source | null;
  /** Where the client is told of a proxy instead of a base URL. */
  interception: Interception | null;
  /** Under interception: who may use the proxy of one listener. */
  access?: Access;
  /** Operations seen in the control run, where none is configured. */
  discovered: () => readonly OperationPattern[];
  /** Where the listener of a lane must be found; default: a free one. */
  port?: number;
  /** Told of each change: so many runs are over, and this is what others wait for. */
  onLane?: (done: number, waiting: readonly string[]) => void;
  /** Told of each attempt of one run. */
  onAttempt?: (event: AttemptEvent) => void;
  /** Answers the log-in of one listener's client. */
  logIn?: LogIn;
}

/** What one listener takes of that. */
export type ListenerOptions = Pick<
  LanesOptions,
  | 'target'
  | 'redactor'
  | 'seed'
  | 'upstream'
  | 'interception'
  | 'access'
  | 'discovered'
  | 'port'
  | 'onAttempt'
  | 'logIn'
> & { client: Pick<Client, 'operation'> };

export interface LogIn {
  /** Log-in and refresh; none without contract.auth.login. `known` may hold a sample answer of them. */
  operations(known: readonly StubOperation[]): StubOperation[];
  /** A token is a credential: told from others by its number, never shown. */
  hide(redactor: Redactor): Redactor;
}
