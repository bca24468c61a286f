// From a description to the pieces of a config, each with the place that it comes from. What is not said stays unset.
import { isPlain } from '../config/merge.js';
import type { ContractInput, TargetInput } from '../config/schema.js';
import { pointerTo } from '../evidence/pointer.js';
import { authOf } from './derive/auth.js';
import { candidatesOf, createdBy, idPointerOf, listBeside } from './derive/candidates.js';
import { bodyOf, type DescribedOperation, membersOf, type Node, operationsOf, successOf } from './derive/document.js';
import { errorsOf } from './derive/errors.js';
import {
  idempotencyOf,
  isIdempotencyHeader,
  isIdempotencyMember,
  isVersionParameter,
  rateLimitOf,
  requestIdOf,
  soleValueOf,
  versionOf,
} from './derive/headers.js';
import { itemsIn, pagingOf } from './derive/paging.js';
import type { Sampler } from './derive/sampler.js';
import {
  answerSample,
  failingSamples,
  requestSample,
  type Sampling,
  type UniqueBody,
  withUnique,
} from './derive/samples.js';
import { isSandboxUrl, type Server, serversOf } from './derive/servers.js';

export interface Choices {
  url: string | null;
  environment: 'sandbox' | 'live' | null;
  read: DescribedOperation | null;
  create: DescribedOperation | null;
}

/** One piece of a config. */
export interface Fact {
  at: readonly string[];
  value: unknown;
  /** Where the description says it: `paths./orders.post.requestBody`. */
  source: string;
  /** What whoever reads the config should know of it. */
  note?: string | undefined;
}

/** What the description leaves to be told, and where that goes. */
export interface Gap {
  at: string;
  why: string;
}

export interface Derived {
  facts: readonly Fact[];
  gaps: readonly Gap[];
}

type Operations = NonNullable<NonNullable<TargetInput['endpoint']>['operations']>;
type OperationInput = Operations[string];

/** Pure: the sampler is handed in, because loading it takes time. */
export function derive(document: Node, choices: Choices, sample: Sampler, place = ''): Derived {
  const sampling = { document, sample };
  const { read, create } = choices;
  const list = listOfResources(document, choices);
  const chosen = [...new Set([read, create, list])].filter((one) => one !== null);
  const called = [create, read].filter((one) => one !== null);
  const auth = authOf(document, called, choices.url);
  const facts: Fact[] = [
    ...environmentFacts(serversOf(document, place), choices),
    ...authFacts(auth),
    ...contractFacts(document, choices, chosen),
  ];
  if (read !== null) facts.push(readFact(sampling, read));
  if (list !== null) facts.push(...listFacts(sampling, list));
  if (create !== null) facts.push(...createFacts(sampling, create, list));
  return {
    facts,
    gaps: [...(auth.auth === null ? [{ at: 'contract.auth', why: auth.note ?? '' }] : []), ...gapsOf(facts, choices)],
  };
}

/** The list of what is created; else the best list of the description that can be walked. */
function listOfResources(document: Node, { create, read }: Choices): DescribedOperation | null {
  const own = listBeside(document, create);
  if (own !== null && pagingOf(document, own) !== null) return own;
  const paged = candidatesOf(document).reads.find((one) => pagingOf(document, one) !== null);
  return paged ?? own ?? (read !== null && pagingOf(document, read) !== null ? read : null);
}

function environmentFacts(servers: readonly Server[], { url, environment }: Choices): Fact[] {
  const own = servers.find((one) => one.url === url);
  const facts: Fact[] = [];
  if (url !== null)
    facts.push({
      at: ['endpoint', 'url'],
      value: url,
      source: own?.source ?? '',
      note: own === undefined ? 'not in the description' : undefined,
    });
  facts.push({
    at: ['endpoint', 'environment'],
    value: environment ?? environmentOf(url, own),
    source: own?.source ?? '',
    note: 'sandbox | live (live: reads only)',
  });
  for (const name of ['sandbox', 'live'] as const) {
    const known = servers.filter((one) => one.environment === name && !isLoopback(one.url));
    const [first] = known;
    if (first === undefined) continue;
    facts.push({
      at: ['contract', 'environments', name],
      value: { hosts: [...new Set(known.map((one) => new URL(one.url).hostname))] },
      source: first.source,
    });
  }
  return facts;
}

/** Writes go only where something says that it is no live environment. */
export function environmentOf(url: string | null, server: Server | undefined): 'sandbox' | 'live' {
  if (url === null) return 'sandbox';
  return (server?.environment ?? (isSandboxUrl(url) ? 'sandbox' : 'live')) === 'sandbox' ? 'sandbox' : 'live';
}

function isLoopback(url: string): boolean {
  return /^(localhost|127\.|\[::1\])/.test(new URL(url).hostname);
}

function authFacts({ auth, headers, source, note }: ReturnType<typeof authOf>): Fact[] {
  return [
    ...(auth === null
      ? []
      : [{ at: ['contract', 'auth'], value: auth, source, note: note === '' ? undefined : (note ?? undefined) }]),
    ...(Object.keys(headers).length === 0 ? [] : [{ at: ['endpoint', 'headers'], value: headers, source: 'security' }]),
  ];
}

function contractFacts(document: Node, { read, create }: Choices, chosen: readonly DescribedOperation[]): Fact[] {
  const all = operationsOf(document);
  const found = {
    idempotency: idempotencyOf(create, all) ?? idempotencyInBody(document, create),
    version: versionOf(chosen),
    requestId: requestIdOf(chosen),
    errors: errorsOf(document, chosen),
    rateLimit: rateLimitOf(read, chosen),
  } satisfies Partial<Record<keyof ContractInput, unknown>>;
  return Object.entries(found).flatMap(([name, one]) =>
    one === null ? [] : [{ at: ['contract', name], value: one.value, source: one.source }],
  );
}

function idempotencyInBody(document: Node, create: DescribedOperation | null) {
  const media = create === null ? null : bodyOf(document, create);
  if (create === null || media === null || media.isForm) return null;
  const { properties, required } = membersOf(document, media.schema);
  const name = [...properties.keys()].find(isIdempotencyMember);
  if (name === undefined) return null;
  const maxLength = properties.get(name)?.maxLength;
  return {
    value: {
      bodyField: pointerTo(name),
      ...(required.has(name) ? { required: true } : {}),
      ...(typeof maxLength === 'number' && maxLength > 0 ? { maxLength } : {}),
    },
    source: `${create.source}.requestBody.${name}`,
  };
}

/** What a call carries beside its body: what must be sent, and is not told elsewhere in a config. */
function carried({ parameters }: DescribedOperation): Pick<OperationInput, 'headers' | 'query'> {
  const given = (place: string) =>
    parameters.flatMap((one) => {
      if (!one.required || one.in !== place || isVersionParameter(one)) return [];
      if (
        place === 'header' &&
        (isIdempotencyHeader(one.name) || /^(accept|content-type|authorization)$/i.test(one.name))
      )
        return [];
      const value = soleValueOf(one) ?? firstOf(one.schema.enum);
      return value === null ? [] : [[one.name, value] as const];
    });
  const [headers, query] = [given('header'), given('query')];
  return {
    ...(headers.length === 0 ? {} : { headers: Object.fromEntries(headers) }),
    ...(query.length === 0 ? {} : { query: Object.fromEntries(query) }),
  };
}

function firstOf(values: unknown): string | null {
  const first: unknown = Array.isArray(values) ? values[0] : undefined;
  return typeof first === 'string' ? first : null;
}

function readFact(sampling: Sampling, read: DescribedOperation): Fact {
  const answer = successAnswer(sampling, read);
  return {
    at: ['endpoint', 'operations', 'read'],
    value: { path: read.path, ...carried(read), ...answer },
    source: read.source,
    note: 'a harmless call that needs the key, the control of all other calls',
  };
}

/** What the stub answers to the client. */
function successAnswer(
  sampling: Sampling,
  operation: DescribedOperation,
): Pick<OperationInput, 'answer' | 'answerStatus'> {
  const success = operation.method === 'POST' ? createdBy(operation) : successOf(operation);
  if (success?.media == null) return {};
  const answer = answerSample(sampling, success.media);
  return {
    ...(answer === undefined ? {} : { answer }),
    ...(answer === undefined || !/^2\d\d$/.test(success.status) ? {} : { answerStatus: Number(success.status) }),
  };
}

function listFacts(sampling: Sampling, list: DescribedOperation): Fact[] {
  const paging = pagingOf(sampling.document, list);
  const facts: Fact[] = [
    { at: ['endpoint', 'operations', 'list'], value: { path: list.path, ...carried(list) }, source: list.source },
  ];
  if (paging !== null) facts.push({ at: ['contract', 'pagination'], value: paging.value, source: paging.source });
  return facts;
}

function createFacts(sampling: Sampling, create: DescribedOperation, list: DescribedOperation | null): Fact[] {
  const { document } = sampling;
  const at = ['endpoint', 'operations', 'create'];
  const id = idPointerOf(document, createdBy(create)?.media?.schema ?? null, create.path);
  const media = bodyOf(document, create);
  const made = media === null ? undefined : requestSample(sampling, media);
  const whole = isPlain(made) && media !== null ? withUnique(document, withoutKey(made), media.schema) : null;
  const count = whole === null ? null : countOf(document, whole, list, create);
  const call = {
    method: 'POST',
    path: create.path,
    ...carried(create),
    expect: create.answers.map(({ status }) => Number(status)).filter((status) => [200, 201, 202].includes(status)),
    ...(id === null ? {} : { id }),
    ...(count === null ? {} : { count }),
    ...successAnswer(sampling, create),
  };
  const own: Fact = { at, value: call, source: create.source, note: 'sent many times, in a sandbox only' };
  if (whole === null || media === null) return [own];
  const fails = failsOf(document, create, whole.body, media);
  return [
    own,
    {
      at: [...at, media.isForm ? 'form' : 'body'],
      value: media.isForm ? flat(whole.body) : whole.body,
      source: `${create.source}.requestBody`,
      note: whole.unique.length === 0 ? 'no member of it is new in each call' : '{{unique}} is a fresh value each time',
    },
    ...(Object.keys(fails).length === 0
      ? []
      : [{ at: [...at, 'fails'], value: fails, source: `${create.source}.responses` }]),
  ];
}

/** The tool itself fills in an idempotency key. */
function withoutKey(body: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !isIdempotencyMember(name)));
}

/** A form has no members within members: a[b]=c. */
function flat(body: Record<string, unknown>, prefix = ''): Record<string, string | number | boolean> {
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => {
      const key = prefix === '' ? name : `${prefix}[${name}]`;
      if (Array.isArray(value)) return Object.entries(flat(Object.fromEntries(value.entries()), key));
      if (isPlain(value)) return Object.entries(flat(value, key));
      return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [[key, value]] : [];
    }),
  );
}

// What a description lists for input that is not valid.
const INVALID = ['422', '400'];

function failsOf(
  document: Node,
  { answers }: DescribedOperation,
  body: Record<string, unknown>,
  { schema, isForm }: { schema: Node; isForm: boolean },
): NonNullable<OperationInput['fails']> {
  const listed = INVALID.filter((status) => answers.some((one) => one.status === status));
  const samples = failingSamples(document, body, schema);
  return Object.fromEntries(
    listed.flatMap((status, index) => {
      const one = samples[index] ?? (index === 0 ? undefined : samples[0]);
      if (one === undefined || (index > 0 && samples.length < 2)) return [];
      return [[status, { ...(isForm ? { form: flat(one.body) } : { body: one.body }), field: one.field }]];
    }),
  );
}

/** Counting looks for the value that only this call carried: a list that filters by it. */
function countOf(
  document: Node,
  { body, unique }: UniqueBody,
  list: DescribedOperation | null,
  create: DescribedOperation,
): NonNullable<OperationInput['count']> | null {
  const schema = list === null ? undefined : successOf(list)?.media?.schema;
  const items = schema === undefined ? null : itemsIn(document, schema);
  if (list === null || list.path !== create.path || items === null) return null;
  const filter = list.parameters.find(({ in: place, name }) => place === 'query' && unique.includes(name));
  return filter === undefined
    ? null
    : { path: list.path, query: { [filter.name]: String(body[filter.name]) }, items: items.pointer };
}

/** What would unlock further checks, and only a person knows. */
function gapsOf(facts: readonly Fact[], { url, read, create }: Choices): Gap[] {
  const has = (...at: string[]) => facts.some((one) => at.every((name, index) => one.at[index] === name));
  const version = facts.find(({ at }) => at[1] === 'version')?.value;
  return [
    ...(url === null ? [{ at: 'endpoint.url', why: 'the description names no server that can be called' }] : []),
    ...(read === null
      ? [{ at: 'endpoint.operations.read', why: 'the description has no GET without path parameters' }]
      : []),
    ...(create === null
      ? [{ at: 'endpoint.operations.create', why: 'the description has no POST that creates something by itself' }]
      : []),
    ...(has('contract', 'idempotency')
      ? [
          {
            at: 'contract.idempotency.replay',
            why: 'what a repeated key is answered: same-response, same-resource or conflict',
          },
        ]
      : [{ at: 'contract.idempotency', why: 'whether a key keeps a repeated call from creating twice' }]),
    ...(isPlain(version) && version.value === undefined
      ? [{ at: 'contract.version.value', why: 'the version that you pin' }]
      : []),
    ...(create !== null && !facts.some(({ value }) => isPlain(value) && value.count !== undefined)
      ? [
          {
            at: 'endpoint.operations.create.count',
            why: 'how to count what was created: a list that filters by {{unique}}',
          },
        ]
      : []),
  ];
}
