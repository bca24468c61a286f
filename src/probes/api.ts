// The target as probes see it: its operations with their defaults.

import { countsAsLive, isLoopback } from '../config/environments.js';
import type { ResolvedTarget } from '../config/load.js';
import { own } from '../config/merge.js';
import type { Contract, Endpoint, Operation } from '../config/schema.js';
import type { CredentialUse } from '../evidence/exchange.js';
import { isSafe } from '../evidence/methods.js';
import { type Lack, lack, without } from '../evidence/unlock.js';
import type { TargetMemory } from '../memory/target.js';
import type { Description } from '../openapi/load.js';
import { fillSlots, uniqueAs } from '../templates.js';
import type { CallSpec, Payload } from './call.js';

export interface Api {
  url: URL;
  endpoint: Endpoint;
  contract: Contract;
  /** Where writes count as live. */
  live: boolean;
  wrongKey: string | null;
  /** The same API without TLS; null where nobody need ask: on loopback, unless endpoint.plainUrl names it. */
  plainUrl: URL | null;
  /** Keys of earlier runs; null where none are kept. */
  memory: TargetMemory | null;
  /** What endpoint.openapi names, where a check needs it. */
  description: Description | null;
  /** A call of a configured operation, or what to configure. */
  call(operation: string, changes?: Partial<CallSpec>): CallSpec | Lack;
  /** A plain GET with the key. */
  get(path: string, changes?: Partial<CallSpec>): CallSpec;
  /** The counting call of the create operation; null where none is configured. */
  counting(): CallSpec | null;
  create: Operation | undefined;
}

const DEFAULT_METHOD: Readonly<Record<string, string>> = {
  create: 'POST',
  update: 'PATCH',
  remove: 'DELETE',
  batch: 'POST',
};
const DEFAULT_EXPECTED: Readonly<Record<string, readonly number[]>> = {
  read: [200],
  create: [200, 201, 202],
  update: [200, 202, 204],
  batch: [200, 201, 202, 207],
};
const CARRIERS = ['headers', 'basic', 'query', 'body', 'login'] as const;
const KEYLESS = lack('an API that takes a key (contract.auth is none)');
const UNSIGNED = lack('calls that need no signature, for golive-check cannot sign (contract.auth.signature)');
const OTHER_KEYS: readonly CredentialUse[] = ['revoked', 'restricted', 'second'];

export function isWrite(method: string): boolean {
  return !isSafe(method);
}

/** A log-in changes nothing that an integration makes, whatever its method. */
export function isWriteCall(call: CallSpec): boolean {
  return call.role !== 'log-in' && isWrite(call.method);
}

/** What stands for the caller: the key of the config or a token, and one of its kind that is not valid. */
export interface Credentials {
  key: string;
  wrong: string;
}

export function createApi(
  target: ResolvedTarget,
  wrongKey: string | null,
  memory: TargetMemory | null = null,
): Api | null {
  const { endpoint } = target.config;
  if (endpoint === undefined) return null;
  const url = new URL(endpoint.url);
  const { contract } = target;

  function get(path: string, changes: Partial<CallSpec> = {}): CallSpec {
    return {
      operation: null,
      method: 'GET',
      path,
      query: {},
      headers: {},
      payload: null,
      credential: contract.auth.none === true ? 'none' : 'key',
      version: 'pinned',
      keyed: false,
      expected: [],
      times: 1,
      when: null,
      ...changes,
    };
  }

  function call(name: string, changes: Partial<CallSpec> = {}): CallSpec | Lack {
    const operation = own(endpoint?.operations, name);
    if (operation?.path === undefined) return without(`endpoint.operations.${name}`);
    const uncarried = missingCredential(endpoint, contract, changes.credential);
    if (uncarried !== null) return uncarried;
    if (contract.auth.login !== undefined && OTHER_KEYS.includes(changes.credential ?? 'key'))
      return lack('a key that calls carry themselves (contract.auth.headers), not a log-in');
    const method = operation.method ?? own(DEFAULT_METHOD, name) ?? 'GET';
    return get(operation.path, {
      operation: name,
      method,
      query: operation.query ?? {},
      headers: operation.headers ?? {},
      payload: payloadOf(operation),
      keyed: contract.idempotency?.methods.some((one) => one === method) ?? false,
      expected: operation.expect ?? own(DEFAULT_EXPECTED, name) ?? [200],
      ...changes,
    });
  }

  return {
    url,
    endpoint,
    contract,
    live: countsAsLive(endpoint, contract),
    wrongKey,
    plainUrl: plainUrlOf(endpoint, url),
    memory,
    description: target.description ?? null,
    call,
    get,
    create: endpoint.operations.create,
    counting() {
      const count = endpoint.operations.create?.count;
      return count === undefined
        ? null
        : get(count.path, { operation: 'create', role: 'count', query: count.query ?? {} });
    },
  };
}

/** Why nothing can be asked about keys; null: it can. */
export function withoutKeys({ contract }: Api): Lack | null {
  if (contract.auth.signature !== undefined) return UNSIGNED;
  return contract.auth.none === true ? KEYLESS : null;
}

/** What to configure before a call can carry its credential; null: it can, or needs none. */
function missingCredential(
  endpoint: Endpoint | undefined,
  { auth }: Contract,
  credential: CredentialUse | undefined,
): Lack | null {
  if (auth.signature !== undefined) return UNSIGNED;
  if (auth.none === true) return credential === undefined || credential === 'none' ? null : KEYLESS;
  if (endpoint?.key === undefined && auth.login === undefined)
    return lack('endpoint.key (or contract.auth: none, where the API takes no key)', 'endpoint.key');
  return CARRIERS.some((one) => auth[one] !== undefined)
    ? null
    : lack('contract.auth (headers: where the key goes)', 'contract.auth.headers');
}

function plainUrlOf({ plainUrl }: Endpoint, url: URL): URL | null {
  if (plainUrl !== undefined) return new URL(plainUrl);
  if (isLoopback(url.hostname)) return null;
  const plain = new URL(url);
  plain.protocol = 'http:';
  return plain;
}

function payloadOf(operation: Operation): Payload | null {
  if (operation.form !== undefined) return { form: operation.form };
  return operation.body === undefined ? null : { json: operation.body };
}

export function usesKey(value: unknown): boolean {
  return JSON.stringify(value ?? null).includes('{{key}}');
}

export function usesUnique(value: unknown): boolean {
  return /\{\{unique(:[^{}]*)?\}\}/.test(JSON.stringify(value ?? null));
}

/** The texts that a unique value takes in a payload: the usual one, or others by their forms. */
export function uniqueTexts(payload: Payload | null, unique: string): string[] {
  const texts = new Set<string>();
  fillSlots(JSON.stringify(payload), ({ name, form }) => {
    if (name === 'unique') texts.add(uniqueAs(unique, form));
    return '';
  });
  return [...texts];
}
