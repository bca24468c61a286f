// How connections are opened. Each TLS connection that carries the credential, or is to show a valid certificate, is
// verified, whatever NODE_TLS_REJECT_UNAUTHORIZED says.
import type { buildConnector as Connector } from 'undici';
// Its index would load fetch, web sockets, caches and more: twice the start-up for nothing that is used here.
import buildConnector from 'undici/lib/core/connect.js';
import type { Way } from '../evidence/exchange.js';
import type { Connect, ConnectorOptions } from './connect.js';

// A port that drops what comes is told by its silence; three tries of the kernel to connect fit in.
const PLAIN_CONNECT_TIMEOUT_MS = 5000;
// OpenSSL offers TLS 1.0 and 1.1 at its lowest security level only: at any other, the refusal would be our own.
const OFFERS_OLD_TLS = 'DEFAULT@SECLEVEL=0';

/** `undefined`: the usual way. Each call makes a connector of its own, without TLS sessions of another. */
export function createConnector(way: Way | undefined, options: ConnectorOptions): Connect {
  const verified = (changes: Connector.BuildOptions = {}) =>
    buildConnector({
      timeout: options.connectTimeoutMs,
      rejectUnauthorized: true,
      ...(options.ca === null ? {} : { ca: options.ca }),
      ...changes,
    });
  switch (way?.kind) {
    case 'plain':
      return verified({ timeout: Math.min(PLAIN_CONNECT_TIMEOUT_MS, options.connectTimeoutMs) });
    case 'tls':
      // Nothing secret goes this way, and whom the server can prove to be is no matter of the version it speaks.
      return verified({
        minVersion: way.version,
        maxVersion: way.version,
        ciphers: OFFERS_OLD_TLS,
        rejectUnauthorized: false,
      });
    case 'egress':
      return later(async () => {
        const { createVantage } = await import('./vantage.js');
        return createVantage(options.egress[way.name] ?? '', verified, options);
      });
    default:
      return verified();
  }
}

/** A connector whose parts are loaded by its first connection. */
function later(load: () => Promise<Connect>): Connect {
  let loading: Promise<Connect> | null = null;
  return (target, callback) => {
    loading ??= load();
    loading.then(
      (connect) => connect(target, callback),
      (error: Error) => callback(error, null),
    );
  };
}
