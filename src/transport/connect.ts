// What the ways to open a connection have in common.
import type { buildConnector as Connector } from 'undici';

export interface ConnectorOptions {
  ca: string | null;
  connectTimeoutMs: number;
  /** `endpoint.egress`: name -> via, credentials included. */
  egress: Readonly<Record<string, string>>;
  signal: AbortSignal;
}

export type Connect = Connector.connector;

/** The vantage point failed, or the way to it: nothing reached the API, so nothing follows about it. */
export class VantageError extends Error {
  override readonly name = 'VantageError';
  readonly code = 'ERR_VANTAGE';
}

export interface Destination {
  host: string;
  port: number;
}
