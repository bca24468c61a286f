// The zoo: small clients under fixtures/clients, saints and those with one sin each.
import { CLIENTS } from './client-facts.js';

export { CLIENTS };

interface ClientFacts {
  /** Checks that must fail, and no others. */
  flips: readonly string[];
  /** Its address is fixed and begins with https://: it runs under interception. */
  intercepted?: true;
  /** Logs in for a token, instead of sending its key. */
  logsIn?: true;
}

export type ClientName = keyof typeof CLIENTS;

export function isLoggingIn(client: ClientName): boolean {
  const facts: ClientFacts = CLIENTS[client];
  return facts.logsIn === true;
}

export function isIntercepted(client: ClientName): boolean {
  const facts: ClientFacts = CLIENTS[client];
  return facts.intercepted === true;
}

/** Checks that do not apply to a sample client: its credential is a key, or a token; under a base URL its TLS is unseen. */
export function notApplicableTo(client: ClientName): readonly string[] {
  return [
    isLoggingIn(client) ? 'sends-key-in-header' : 'refreshes-expired-tokens',
    ...(isIntercepted(client) ? [] : ['uses-https-only', 'verifies-certificates']),
  ];
}

/** The client that `demo` runs unless told otherwise. */
export const GOOD_CLIENT: ClientName = 'equal-jitter';
