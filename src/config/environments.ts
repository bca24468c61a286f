// Sandbox or live: what hosts and keys say of it.
import { isReference } from './env.js';
import { isPlain, own } from './merge.js';
import type { Contract, Endpoint } from './schema.js';

export type Environment = Endpoint['environment'];

const ENVIRONMENTS = ['sandbox', 'live'] as const satisfies readonly Environment[];

/** The environments whose keys begin as this one does; none where the contract names no prefixes. */
export function environmentsOfKey(key: string, contract: Contract): Environment[] {
  return ENVIRONMENTS.filter((environment) =>
    contract.environments?.[environment]?.keyPrefixes?.some((prefix) =>
      key.toLowerCase().startsWith(prefix.toLowerCase()),
    ),
  );
}

export function environmentsOfHost(host: string, contract: Contract): Environment[] {
  return ENVIRONMENTS.filter((environment) =>
    contract.environments?.[environment]?.hosts?.includes(host.toLowerCase()),
  );
}

/** Whether a host serves both, so that it tells neither. */
export function servesBoth(host: string, contract: Contract): boolean {
  return environmentsOfHost(host, contract).length > 1;
}

/** Whether a write may be one in production: by the config, by the host, or because nothing says that it is not. */
export function countsAsLive(endpoint: Endpoint, contract: Contract): boolean {
  if (endpoint.environment === 'live') return true;
  const host = new URL(endpoint.url).hostname;
  if (!environmentsOfHost(host, contract).includes('live')) return false;
  return !servesBoth(host, contract) || !isSandboxKey(endpoint.key, contract);
}

/** Without a key nothing is written; one that is not read yet (in a plan) will be told by its beginning. */
function isSandboxKey(key: string | undefined, contract: Contract): boolean {
  if (key === undefined) return true;
  if (isReference(key)) return contract.environments?.sandbox?.keyPrefixes !== undefined;
  return environmentsOfKey(key, contract).includes('sandbox');
}

/** Fills in the base URL that the contract knows for the environment. `target` is as merged, not yet validated. */
export function withKnownUrl(target: unknown): unknown {
  if (!isPlain(target) || !isPlain(target.endpoint) || target.endpoint.url !== undefined) return target;
  const environments = isPlain(target.contract) ? target.contract.environments : undefined;
  const known = isPlain(environments) ? own(environments, String(target.endpoint.environment ?? 'sandbox')) : undefined;
  if (!isPlain(known) || known.url === undefined) return target;
  return { ...target, endpoint: { ...target.endpoint, url: known.url } };
}

export function withoutSections(target: unknown, names: readonly string[]): unknown {
  return isPlain(target) ? { ...target, ...Object.fromEntries(names.map((name) => [name, undefined])) } : target;
}

/** A host name of this machine; IPv6 with or without its brackets. */
export function isLoopback(host: string): boolean {
  return /^(localhost|.*\.localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/.test(host);
}
