// Puts calls together: what stands where in a request, by the contract and the config.
import { merge, own } from '../config/merge.js';
import { queryNamesOf } from '../config/query-names.js';
import type { Contract } from '../config/schema.js';
import type { CredentialUse } from '../evidence/exchange.js';
import { pointerTo, setPointer, stepsOf } from '../evidence/pointer.js';
import { fillJson, fillSlots, slotsOfText, uniqueAs } from '../templates.js';
import { NoEvidence } from '../transport/budget.js';
import type { Outgoing } from '../transport/outgoing.js';
import { type Api, type Credentials, isWriteCall } from './api.js';
import type { CallSpec, Fill, Payload } from './call.js';

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
    ...(spec.testCase === undefined ? {} : { testCase: spec.testCase }),
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
