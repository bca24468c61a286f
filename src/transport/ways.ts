// The ways on which requests of ours reach the API, and what may not travel on some of them.

import type { Way } from '../evidence/exchange.js';
import type { Redactor } from '../redaction/redact.js';
import { NoEvidence } from './budget.js';
import type { ConnectorOptions } from './connect.js';
import { type Connections, createConnections } from './connections.js';
import { createConnector } from './connectors.js';
import type { Outgoing } from './outgoing.js';

export interface WaysOptions extends ConnectorOptions {
  origin: string;
  /** Where plain HTTP is tried; null: nowhere. */
  plainOrigin?: string | null;
}

export interface Ways {
  /** `undefined`: the usual connections. */
  by(way: Way | undefined): Connections;
  close(): Promise<void>;
}

export function createWays(options: WaysOptions, maxHeaderBytes: number): Ways {
  const ways = new Map<string, Connections>();
  // Also ends what is still being negotiated with a proxy.
  const closing = new AbortController();
  const signal = AbortSignal.any([options.signal, closing.signal]);
  return {
    by(way) {
      const name = JSON.stringify(way ?? null);
      const known = ways.get(name);
      if (known !== undefined) return known;
      const origin = way?.kind === 'plain' ? options.plainOrigin : options.origin;
      if (origin == null) throw new Error('plain HTTP is tried nowhere');
      const made = createConnections({
        origin,
        connector: createConnector(way, { ...options, signal }),
        maxHeaderBytes,
      });
      ways.set(name, made);
      return made;
    },
    async close() {
      closing.abort();
      await Promise.all([...ways.values()].map((one) => one.close()));
    },
  };
}

/** Nothing secret leaves by a way that others can read: without TLS, or by a version of it that is broken. */
export function refuseExposure({ way, path, headers, body }: Outgoing, redactor: Redactor): void {
  if (way?.kind !== 'plain' && way?.kind !== 'tls') return;
  const [exposed] = redactor.redact([path, ...headers.flat(), body ?? ''].join('\n')).found;
  if (exposed !== undefined)
    throw new NoEvidence('dependency', `${exposed.secret} would leave unprotected: nothing was sent`);
}
