// Recorded exchanges and effects, as the probes leave them: only what a case is about is written down.

import type {
  CredentialUse,
  Ending,
  Exchange,
  HeaderPairs,
  Leak,
  ProvokedStatus,
  RecordedBody,
  Role,
  TlsFacts,
} from '../../src/evidence/exchange.js';
import type {
  Effect,
  Named,
  ReadEvidence,
  SeparateKeysEvidence,
  TargetEvidence,
  TrafficEvidence,
} from '../../src/evidence/map.js';

export interface ExchangeInput {
  id?: string;
  method?: string;
  /** A whole URL, or a path of the API. */
  url?: string;
  /** null: no answer was read. */
  status?: number | null;
  /** Answer headers; pairs where a name repeats. */
  headers?: Readonly<Record<string, string>> | HeaderPairs;
  /** A JSON answer. */
  json?: unknown;
  /** An answer of any other kind. */
  text?: string;
  /** What the recorder says about the body beyond its text. */
  body?: Partial<RecordedBody>;
  sent?: unknown;
  credential?: CredentialUse;
  expected?: readonly number[];
  operation?: string | null;
  idempotencyKey?: string | null;
  version?: string | null;
  provokes?: ProvokedStatus;
  testCase?: true;
  ended?: Ending;
  error?: Exchange['error'];
  interim?: Exchange['interim'];
  repeats?: string | null;
  resent?: Exchange['resent'];
  role?: Role;
  leaks?: readonly Leak[];
  /** What is known of the TLS connection; left out: there was none. */
  tls?: Partial<TlsFacts>;
  startedAtMs?: number;
  sentAtMs?: number | null;
  firstByteAtMs?: number | null;
  endedAtMs?: number;
  startedAtEpochMs?: number;
}

export const API = 'https://api.example.com/v1';
/** 15 January 2026, 12:00:00 UTC. */
export const NOON_EPOCH_MS = Date.UTC(2026, 0, 15, 12);
const READ_METHODS = ['GET', 'HEAD', 'OPTIONS'];
const ANSWER_TIME_MS = 20;

const TLS: TlsFacts = {
  protocol: 'TLSv1.3',
  cipher: 'TLS_AES_256_GCM_SHA384',
  authorizationError: null,
  subject: 'api.example.com',
  issuer: 'Example Authority',
  validTo: 'Apr 15 12:00:00 2026 GMT',
};

/** A GET with the key, answered 200 with no body after 20 ms, unless said otherwise. */
export function exchange(input: ExchangeInput = {}): Exchange {
  const { id = 'authenticated.call' } = input;
  const { method = 'GET', url = '/ping', status = 200, startedAtMs = 0, credential = 'key' } = input;
  const ended = input.ended ?? (status === null ? 'closed' : 'complete');
  const endedAtMs = input.endedAtMs ?? startedAtMs + ANSWER_TIME_MS;
  return {
    id,
    probe: id.split('.')[0] ?? id,
    request: {
      method,
      url: url.includes('://') ? url : `${API}${url}`,
      headers: [
        ['accept', 'application/json'],
        ...(credential === 'key' ? [['authorization', 'Bearer [secret:API_KEY]'] as const] : []),
      ],
      body: input.sent === undefined ? null : recorded(JSON.stringify(input.sent)),
      credential,
      write: !READ_METHODS.includes(method),
      operation: input.operation ?? (READ_METHODS.includes(method) ? 'read' : 'create'),
      expected: input.expected ?? [],
      idempotencyKey: input.idempotencyKey ?? null,
      version: input.version ?? null,
      ...(input.role === undefined ? {} : { role: input.role }),
      ...(input.provokes === undefined ? {} : { provokes: input.provokes }),
      ...(input.testCase === undefined ? {} : { testCase: input.testCase }),
    },
    interim: input.interim ?? [],
    response: status === null ? null : response(status, input),
    ended,
    error: input.error ?? null,
    startedAtMs,
    sentAtMs: input.sentAtMs === undefined ? startedAtMs + 1 : input.sentAtMs,
    firstByteAtMs: input.firstByteAtMs === undefined ? (status === null ? null : endedAtMs - 1) : input.firstByteAtMs,
    endedAtMs,
    startedAtEpochMs: input.startedAtEpochMs ?? NOON_EPOCH_MS + startedAtMs,
    remoteAddress: '192.0.2.10',
    tls: input.tls === undefined ? null : { ...TLS, ...input.tls },
    repeats: input.repeats ?? null,
    ...(input.resent === undefined ? {} : { resent: input.resent }),
    leaks: input.leaks ?? [],
  };
}

function response(
  status: number,
  { headers = [], json, text, body }: ExchangeInput,
): NonNullable<Exchange['response']> {
  const given: HeaderPairs = isPairs(headers) ? headers : Object.entries(headers);
  const content = json === undefined ? text : JSON.stringify(json);
  const type = json === undefined ? 'text/plain' : 'application/json';
  const isTyped = content === undefined || given.some(([name]) => name.toLowerCase() === 'content-type');
  return {
    status,
    statusText: '',
    headers: isTyped ? given : [['Content-Type', type], ...given],
    body: { ...recorded(content ?? ''), ...body },
  };
}

function isPairs(headers: NonNullable<ExchangeInput['headers']>): headers is HeaderPairs {
  return Array.isArray(headers);
}

function recorded(text: string): RecordedBody {
  return { text, bytes: Buffer.byteLength(text), truncated: false, encoding: 'utf8' };
}

/** The read operation with the key. */
export function read(input: ExchangeInput = {}): ReadEvidence {
  return { call: exchange({ id: 'authenticated.call', expected: [200], ...input }) };
}

/** The control that failed: a key that the API does not know. */
export const FAILED_CONTROL: ReadEvidence = read({ status: 401 });

export function target(environment: TargetEvidence['environment'] = 'sandbox'): TargetEvidence {
  return { environment, host: `${environment}.example.com`, keyPrefixOf: null, hostOf: null };
}

/** A create with an idempotency key, answered 201 with an id. */
export function create(input: ExchangeInput = {}): Exchange {
  const { id = 'replay.first' } = input;
  return exchange({
    id,
    method: 'POST',
    url: '/orders',
    status: 201,
    json: input.text === undefined ? { id: 'ord_1', amount: 10 } : undefined,
    expected: [200, 201, 202],
    idempotencyKey: 'glc-run-1',
    ...input,
  });
}

/** A refusal in the shape of RFC 9457. */
export function problem(status: number, input: ExchangeInput = {}): Exchange {
  return exchange({
    status,
    headers: { 'Content-Type': 'application/problem+json' },
    json: input.text === undefined ? { type: 'https://api.example.com/problems/refused', title: 'Refused' } : undefined,
    ...input,
  });
}

export function traffic(exchanges: readonly Exchange[], lateMs = 0): TrafficEvidence {
  return { exchanges, lateMs: Object.fromEntries(exchanges.map((one) => [one.id, lateMs])) };
}

/** An id; or id and Location, either of which may be lacking. */
export type Name = string | { id?: string; location?: string };

function nameOf(name: Name, at: number): Named {
  const { id = null, location = null } = typeof name === 'string' ? { id: name } : name;
  return { exchange: `named.${at + 1}`, id, location };
}

/** So many resources were counted; null: the count could not be read. */
export function counted(resources: number | null, names: readonly Name[] = []): Effect {
  return {
    counted: { resources, how: 'matching items', exchange: 'replay.count' },
    uncounted: null,
    named: names.map(nameOf),
  };
}

/** Nothing was counted: what the answers name is all there is. */
export function named(names: readonly Name[], uncounted: string | null = null): Effect {
  return { counted: null, uncounted, named: names.map(nameOf) };
}

/** Two creates with two keys: the control that ids tell operations apart. */
export function separateKeys(names: readonly Name[] = ['ord_8', 'ord_9']): SeparateKeysEvidence {
  return {
    one: create({ id: 'separate-keys.one', json: { id: 'ord_8' }, idempotencyKey: 'glc-run-8' }),
    other: create({ id: 'separate-keys.other', json: { id: 'ord_9' }, idempotencyKey: 'glc-run-9' }),
    effect: named(names),
  };
}

/** A mock server: two separate creates were answered with the same id. */
export const MOCK: SeparateKeysEvidence = separateKeys(['ord_1', 'ord_1']);
