// Answers from the operations' samples: a fresh id per new idempotency key, the stored answer for a repeated one.

import { isPlain } from '../config/merge.js';
import type { Operation } from '../config/schema.js';
import type { HeaderPairs } from '../evidence/exchange.js';
import { getPointer, setPointer } from '../evidence/pointer.js';
import { type Answer, answerOf, jsonAnswer } from './answers.js';
import { freshLike } from './ids.js';
import { jsonBody } from './json.js';
import { authorityOf, type Matched, type OperationPattern, pathOf } from './pattern.js';
import type { Random } from './random.js';
import type { Performed, Source, WholeRequest } from './source.js';

export interface StubOperation extends OperationPattern {
  status?: number | undefined;
  headers?: Readonly<Record<string, string>> | undefined;
  /** Sample body; unset: what was sent, with an id. */
  answer?: unknown;
  /** Whether Location names the resource; it is put into 201s and replaced where the sample has it. */
  location?: boolean | undefined;
  /** Answers by itself (pages of a list, a token): nothing of the sample is used. */
  respond?: ((request: WholeRequest) => Answer) | undefined;
}

export interface StubOptions {
  operations: readonly StubOperation[];
  random: Random;
  /** What a call to no known operation is answered; default: a plain 404. */
  unknown?: ((request: WholeRequest) => Answer) | undefined;
  /** An answer that was given before, elsewhere. */
  primed?:
    | { operation: string; idempotencyKey: string; answer: Answer; effect: { identity: string; id: string | null } }
    | undefined;
  /** Stored answers; beyond, the oldest is forgotten. */
  stored?: number | undefined;
}

// A client under test repeats what it sent lately; a long-running service must not fill the memory.
const STORED = 10_000;

/** The parts of a configured operation that the stub needs. */
export function stubOperation(name: string, operation: Operation): StubOperation {
  const expected = operation.expect?.find((status) => status >= 200 && status < 300);
  return {
    name,
    method: operation.method ?? (operation.body === undefined && operation.form === undefined ? 'GET' : 'POST'),
    path: operation.path ?? '/',
    status: operation.answerStatus ?? expected,
    headers: operation.answerHeaders,
    answer: operation.answer,
    id: operation.id,
    location: operation.location,
  };
}

export function createStub(options: StubOptions): Source {
  const stored = new Map<string, { answer: Answer; identity: string; id: string | null }>();
  const given = new Set<string>();
  const limit = options.stored ?? STORED;
  let performed = 0;
  if (options.primed !== undefined) {
    const { operation, idempotencyKey, answer, effect } = options.primed;
    stored.set(`${operation} ${idempotencyKey}`, { answer, ...effect });
  }

  function freshId(sample: unknown): string | number {
    // Two effects never share an id, however short the sample's is.
    for (let attempt = 0; attempt < 100; attempt++) {
      const id = freshLike(sample, options.random);
      if (given.has(String(id))) continue;
      given.add(String(id));
      if (given.size > limit) for (const oldest of given) if (given.delete(oldest)) break;
      return id;
    }
    return typeof sample === 'number' ? performed + 1_000_000 : options.random.hex(32);
  }

  function answer(
    request: WholeRequest,
    operation: StubOperation,
    matched: Matched,
  ): { answer: Answer; id: string | null } {
    if (operation.respond !== undefined) return { answer: operation.respond(request), id: null };
    const pointer = operation.id ?? '/id';
    const json = jsonBody(request.body, request.headers);
    const sample = operation.answer ?? { ...(isPlain(json) ? json : {}), ...(matched.performs ? setAt(pointer) : {}) };
    const old = getPointer(sample, pointer);
    // A look-up names the resource in its path, as a PUT does; another carried-out call makes a new one.
    const asked = Object.values(matched.variables).at(-1);
    const isNew = matched.performs && !(isRepeatable(request.method) && asked !== undefined);
    const id = isNew ? (old === undefined ? undefined : freshId(old)) : old === undefined ? undefined : asked;
    const body = id === undefined ? sample : setPointer(sample, pointer, typeof old === 'number' ? Number(id) : id);
    const status = operation.status ?? (request.method === 'POST' ? 201 : 200);
    const headers = headersOf(request, operation, status, old, id);
    const whole = status === 204 || body === null ? answerOf(status, headers, '') : jsonAnswer(status, body, headers);
    return { answer: whole, id: id === undefined ? null : String(id) };
  }

  function perform(request: WholeRequest, operation: StubOperation, matched: Matched): Performed {
    const key =
      matched.performs && request.idempotencyKey !== null ? `${matched.name} ${request.idempotencyKey}` : null;
    const known = key === null ? undefined : stored.get(key);
    if (known !== undefined)
      return { answer: known.answer, effect: { identity: known.identity, id: known.id }, by: 'stub' };
    const fresh = answer(request, operation, matched);
    if (!matched.performs || fresh.answer.status >= 400) return { answer: fresh.answer, effect: null, by: 'stub' };
    // Repeated at the same address it changes nothing more (RFC 9110, 9.2.2).
    const place = isRepeatable(request.method) ? `${matched.name} ${request.method} ${pathOf(request.url)}` : null;
    const identity = key ?? place ?? `${matched.name} without a key ${performed + 1}`;
    if (!stored.has(identity)) performed++;
    if (key !== null || place !== null) stored.set(identity, { answer: fresh.answer, identity, id: fresh.id });
    if (stored.size > limit) for (const oldest of stored.keys()) if (stored.delete(oldest)) break;
    return { answer: fresh.answer, effect: { identity, id: fresh.id }, by: 'stub' };
  }

  return {
    async perform(request) {
      const operation = options.operations.find((one) => one.name === request.matched?.name);
      if (operation !== undefined && request.matched !== null) return perform(request, operation, request.matched);
      const missing =
        options.unknown?.(request) ?? jsonAnswer(404, { error: { code: 'not_found', message: 'No such path.' } });
      return { answer: missing, effect: null, by: 'stub' };
    },
    performed: () => performed,
    close: () => undefined,
  };
}

function isRepeatable(method: string): boolean {
  return method === 'PUT' || method === 'DELETE';
}

function setAt(pointer: string): Record<string, unknown> {
  const made = setPointer({}, pointer, 'res_8f3a61c09b7d');
  return isPlain(made) ? made : {};
}

function headersOf(
  request: WholeRequest,
  operation: StubOperation,
  status: number,
  old: unknown,
  id: string | number | undefined,
): HeaderPairs {
  const headers = Object.entries(operation.headers ?? {});
  if (id === undefined || operation.location === false) return headers;
  const at = headers.findIndex(([name]) => name.toLowerCase() === 'location');
  const [name, value] = headers[at] ?? [];
  if (name !== undefined && value !== undefined) {
    const named =
      typeof old === 'string' || typeof old === 'number' ? value.replaceAll(String(old), String(id)) : value;
    return headers.with(at, [name, named]);
  }
  if (status !== 201 || operation.location === undefined) return headers;
  const authority = authorityOf(request.url) ?? '';
  return [
    ...headers,
    ['Location', `${authority === '' ? '' : `http://${authority}`}${pathOf(request.url).replace(/\/$/, '')}/${id}`],
  ];
}
