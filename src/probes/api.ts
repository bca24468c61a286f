// The target as probes see it: operations with their defaults, and how a call is put together under the contract.

import { countsAsLive, isLoopback } from '../config/environments.js';
import type { ResolvedTarget } from '../config/load.js';
import { merge, own } from '../config/merge.js';
import { queryNamesOf } from '../config/query-names.js';
import type { Contract, Endpoint, Operation } from '../config/schema.js';
import type { CredentialUse } from '../evidence/exchange.js';
import { isSafe } from '../evidence/methods.js';
import { pointerTo, setPointer, stepsOf } from '../evidence/pointer.js';
import type { TargetMemory } from '../memory/target.js';
import { fillJson, fillSlots, slotsOfText, uniqueAs } from '../templates.js';
import { NoEvidence } from '../transport/budget.js';
import type { Outgoing } from '../transport/outgoing.js';
import type { CallSpec, Fill, Payload } from './call.js';

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
  /** A call of a configured operation, or what to configure. */
  call(operation: string, changes?: Partial<CallSpec>): CallSpec | string;
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
const KEYLESS = 'an API that takes a key (contract.auth is none)';
const UNSIGNED = 'calls that need no signature, for golive-check cannot sign (contract.auth.signature)';
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

  function call(name: string, changes: Partial<CallSpec> = {}): CallSpec | string {
    const operation = own(endpoint?.operations, name);
    if (operation?.path === undefined) return `endpoint.operations.${name}`;
    const uncarried = missingCredential(endpoint, contract, changes.credential);
    if (uncarried !== null) return uncarried;
    if (contract.auth.login !== undefined && OTHER_KEYS.includes(changes.credential ?? 'key'))
      return 'a key that calls carry themselves (contract.auth.headers), not a log-in';
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
export function withoutKeys({ contract }: Api): string | null {
  if (contract.auth.signature !== undefined) return UNSIGNED;
  return contract.auth.none === true ? KEYLESS : null;
}

/** What to configure before a call can carry its credential; null: it can, or needs none. */
function missingCredential(
  endpoint: Endpoint | undefined,
  { auth }: Contract,
  credential: CredentialUse | undefined,
): string | null {
  if (auth.signature !== undefined) return UNSIGNED;
  if (auth.none === true) return credential === undefined || credential === 'none' ? null : KEYLESS;
  if (endpoint?.key === undefined && auth.login === undefined)
    return 'endpoint.key (or contract.auth: none, where the API takes no key)';
  return CARRIERS.some((one) => auth[one] !== undefined) ? null : 'contract.auth (headers: where the key goes)';
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

/** Puts one call together. `key` is the idempotency key, already chosen by the probe. */
export function compose(
  api: Api,
  id: string,
  spec: CallSpec,
  fill: Fill,
  credentials: Credentials | null = null,
): Outgoing {
  const { contract } = api;
  const target = fill.target ?? spec.target;
  const key = spec.keyed ? (fill.key ?? null) : null;
  const headers: [string, string][] = [
    ['accept', 'application/json, application/problem+json;q=0.9, */*;q=0.1'],
    ['user-agent', 'golive-check'],
    ...entries({ ...configuredHeaders(api, spec), ...spec.headers, ...fill.headers }).map(
      ([name, value]): [string, string] => [name, fillText(value, fill)],
    ),
  ];
  const query = new URLSearchParams(
    target?.searchParams ??
      entries({ ...spec.query, ...fill.query }).map(([name, value]): [string, string] => [name, fillText(value, fill)]),
  );
  let payload = spec.payload === null || spec.verbatim === true ? spec.payload : fillPayload(spec.payload, fill);

  payload = placeCredential(api, spec, credentials, headers, query, payload);
  const version = placeVersion(contract, spec, headers, query);
  if (key !== null) payload = placeKey(contract, key, headers, payload);

  const [path = '', inlineQuery = ''] = fillText(spec.path, fill, encodeURIComponent).split('?', 2);
  for (const [name, value] of new URLSearchParams(inlineQuery)) {
    if (target === undefined && fill.query?.[name] === undefined) query.append(name, value);
  }
  const plainBody = payload === null ? null : encode(payload, headers);
  const { pathname } = spec.way?.kind === 'plain' ? (api.plainUrl ?? api.url) : api.url;
  const base = version.path === null ? pathname : pathname.replace('{version}', version.path);
  const search = query.size === 0 ? '' : `?${query}`;
  const requestTarget = `${target?.pathname ?? below(base, path)}${search}` || '/';
  return {
    id,
    probe: spec.probe,
    method: spec.method,
    path: plainBody === null && spec.padTo !== undefined ? paddedTarget(requestTarget, spec.padTo) : requestTarget,
    headers,
    body: plainBody?.padEnd(spec.padTo ?? 0, FILLER) ?? null,
    credential: spec.credential,
    write: isWriteCall(spec),
    operation: spec.operation,
    expected: spec.expected,
    idempotencyKey: key,
    version: version.sent,
    repeats: fill.repeats ?? null,
    resent: fill.resent,
    way: spec.way,
    role: spec.role,
    ...(spec.provokes === undefined ? {} : { provokes: spec.provokes }),
    ...(fill.unique === undefined ? {} : { unique: fill.unique }),
    cut: fill.cut ?? null,
    read: fill.read,
  };
}

const FILLER = 'x';

/** The parameter stands last: what is kept of the target ends in it. */
function paddedTarget(target: string, bytes: number): string {
  return `${target}${target.includes('?') ? '&' : '?'}padding=`.padEnd(bytes, FILLER);
}

function below(base: string, path: string): string {
  return `${base.replace(/\/$/, '')}${path === '' || path.startsWith('/') ? path : `/${path}`}`;
}

/** Headers of the config may be as secret as the key: they go where the key goes. */
function configuredHeaders({ endpoint }: Api, { way }: CallSpec): Readonly<Record<string, string>> {
  return way === undefined || way.kind === 'egress' ? (endpoint.headers ?? {}) : {};
}

function entries(record: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(record);
}

function placeCredential(
  api: Api,
  spec: CallSpec,
  credentials: Credentials | null,
  headers: [string, string][],
  query: URLSearchParams,
  payload: Payload | null,
): Payload | null {
  const { auth } = api.contract;
  if (spec.credential === 'none') return payload;
  if (spec.credential === 'query') {
    const kind = api.endpoint.keyInQuery === 'real' ? 'key' : 'wrong';
    for (const name of queryNamesOf(api.contract)) query.set(name, credentials?.[kind] ?? keyFor(api, kind) ?? '');
    return payload;
  }
  const given = spec.credential === 'key' || spec.credential === 'wrong' ? credentials?.[spec.credential] : undefined;
  const key = given ?? keyFor(api, spec.credential) ?? '';
  if (auth.login !== undefined) headers.push([auth.login.header, `${auth.login.prefix}${key}`]);
  for (const { name, prefix } of auth.headers ?? []) headers.push([name, `${prefix}${key}`]);
  if (auth.basic !== undefined) headers.push(['authorization', `Basic ${basicToken(auth.basic.user, key)}`]);
  if (auth.query !== undefined) query.set(auth.query, key);
  return auth.body === undefined ? payload : withMember(payload ?? { json: {} }, pointerTo(auth.body), key);
}

function keyFor({ endpoint, wrongKey }: Api, credential: CredentialUse): string | null | undefined {
  switch (credential) {
    case 'wrong':
      return wrongKey;
    case 'revoked':
      return endpoint.revokedKey;
    case 'restricted':
      return endpoint.restrictedKey;
    case 'second':
      return endpoint.secondAccountKey;
    default:
      return endpoint.key;
  }
}

/** RFC 7617; without a user name the key stands in its place. */
export function basicToken(user: string | undefined, key: string): string {
  return Buffer.from(user === undefined ? `${key}:` : `${user}:${key}`).toString('base64');
}

function placeVersion(
  contract: Contract,
  spec: CallSpec,
  headers: [string, string][],
  query: URLSearchParams,
): { sent: string | null; path: string | null } {
  const version = contract.version;
  if (version === undefined || version.in === 'none' || spec.version === 'absent') return { sent: null, path: null };
  const value = spec.version === 'pinned' ? version.value : spec.version.value;
  if (value === undefined) return { sent: null, path: null };
  if (version.in === 'path') return { sent: value, path: value };
  if (version.name === undefined) return { sent: null, path: null };
  if (version.in === 'query') query.set(version.name, value);
  else headers.push([version.name, value]);
  return { sent: value, path: null };
}

function placeKey(
  contract: Contract,
  key: string,
  headers: [string, string][],
  payload: Payload | null,
): Payload | null {
  const idempotency = contract.idempotency;
  if (idempotency?.header !== undefined) headers.push([idempotency.header, idempotency.quoted ? `"${key}"` : key]);
  if (idempotency?.firstSentHeader !== undefined) headers.push([idempotency.firstSentHeader, new Date().toUTCString()]);
  return idempotency?.bodyField === undefined
    ? payload
    : withMember(payload ?? { json: {} }, idempotency.bodyField, key);
}

function withMember(payload: Payload, pointer: string, value: string): Payload {
  if ('text' in payload) return payload;
  if ('form' in payload) return { form: { ...payload.form, [stepsOf(pointer).join('/')]: value } };
  return { json: setPointer(payload.json, pointer, value) };
}

function encode(payload: Payload, headers: [string, string][]): string {
  if ('text' in payload) {
    headers.push(['content-type', payload.contentType]);
    return payload.text;
  }
  if ('form' in payload) {
    headers.push(['content-type', 'application/x-www-form-urlencoded']);
    return new URLSearchParams(
      Object.entries(payload.form).map(([name, value]): [string, string] => [name, String(value)]),
    ).toString();
  }
  headers.push(['content-type', 'application/json']);
  return JSON.stringify(payload.json);
}

function fillPayload(payload: Payload, fill: Fill): Payload {
  if ('text' in payload) return { ...payload, text: fillText(slotsOfText(payload.text), fill) };
  if ('form' in payload) {
    const changed = merge(payload.form, fill.changes) as Record<string, string | number | boolean>;
    return {
      form: Object.fromEntries(
        Object.entries(changed).map(([name, value]) => [
          fillText(name, fill),
          typeof value === 'string' ? fillText(value, fill) : value,
        ]),
      ),
    };
  }
  return { json: fillJson(merge(payload.json, fill.changes), (text) => fillText(text, fill)) };
}

function fillText(text: string, fill: Fill, encodeValue: (value: string) => string = (value) => value): string {
  return fillSlots(text, ({ name, form }) => {
    const known: Readonly<Record<string, string | undefined>> = {
      unique: fill.unique === undefined ? undefined : uniqueAs(fill.unique, form),
      key: fill.key,
      id: fill.id,
      ...fill.taken,
    };
    const value = own(known, name);
    // What is not known is never sent as it stands.
    if (value === undefined)
      throw new NoEvidence('dependency', `a call of ours holds {{${name}}}, for which it has no value`);
    return encodeValue(value);
  });
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
