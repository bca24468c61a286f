// Answers in the provider's own shape. Clients fail to parse `{}`, and some know a rate limit by its body alone.
import type { Contract } from '../config/schema.js';
import { type ErrorShape, errorShapeFor } from '../evidence/error-shape.js';
import { getPointer, setPointer } from '../evidence/pointer.js';
import { type Answer, answerOf, jsonAnswer } from './answers.js';
import { codeInText, otherCode, otherWords } from './sample-text.js';

export interface Samples {
  error(status: number, words?: Words): Answer;
  /** The error code that such an answer carries, where one can be told. */
  code(status: number): string;
  /** What a repeat is answered while the first is being performed. */
  inFlight: { status: number; code: string };
  /** Where the provider names a request. */
  requestId: { headers: readonly string[]; body: string | null };
}

interface Words {
  code?: string | undefined;
  message?: string | undefined;
}

type Sample = NonNullable<ErrorShape['sample']>;

const CODES: Readonly<Record<number, string>> = {
  400: 'invalid_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  408: 'request_timeout',
  409: 'conflict',
  422: 'unprocessable',
  425: 'too_early',
  429: 'rate_limited',
  500: 'internal_error',
  502: 'bad_gateway',
  503: 'service_unavailable',
  504: 'gateway_timeout',
};

/** The error code of a status for which the contract names none. */
function codeOf(status: number): string {
  return CODES[status] ?? `error_${status}`;
}

export function samplesOf(contract: Partial<Contract>): Samples {
  const { inFlight } = contract.idempotency ?? {};
  return {
    error: (status, words = {}) => sampleAnswer(contract, status, words) ?? madeUp(contract, status, words),
    code(status) {
      const shape = errorShapeFor(contract, status);
      const { sample } = shape ?? {};
      const shown = shape?.code === undefined ? undefined : getPointer(sample?.body, shape.code);
      const inText = typeof sample?.body === 'string' ? codeInText(sample.body) : null;
      return String(sample?.code ?? shown ?? inText ?? typedCode(shape, status, codeOf(status)));
    },
    // A bare 1xx is no answer that a client could parse.
    inFlight: {
      status: inFlight?.statuses.find((status) => status >= 200) ?? 409,
      code: inFlight?.codes?.[0] ?? 'idempotency_key_in_use',
    },
    requestId: { headers: contract.requestId?.headers ?? [], body: contract.requestId?.body ?? null },
  };
}

/** The contract's own sample; null where there is none, or none that can carry the words that are asked for. */
function sampleAnswer(contract: Partial<Contract>, status: number, { code, message }: Words): Answer | null {
  const shape = errorShapeFor(contract, status);
  const { sample } = shape ?? {};
  if (shape === undefined || sample?.body === undefined) return null;
  const headers = Object.entries(sample.headers ?? {});
  const typed = headers.some(([name]) => name.toLowerCase() === 'content-type');
  const typedAs = (type: string): [string, string][] => (typed ? headers : [['Content-Type', type], ...headers]);
  if (typeof sample.body === 'string') {
    const text = code === undefined ? sample.body : otherCode(sample.body, code);
    if (text === null) return null;
    return answerOf(status, typedAs(typeOf(sample.body)), message === undefined ? text : otherWords(text, message));
  }
  if (code !== undefined && shape.code === undefined) return null;
  const coded =
    code === undefined ? sample.body : put(sample.body, shape.code ?? '', typedCode(shape, status, code, sample));
  const named = contract.errors?.message;
  const body =
    message === undefined ? coded : named === undefined ? otherWords(coded, message) : put(coded, named, message);
  return jsonAnswer(status, body, typedAs(shape.contentType ?? 'application/json'));
}

function typeOf(text: string): string {
  if (/^\s*</.test(text)) return 'application/xml';
  return /^\s*[[{]/.test(text) ? 'application/json' : 'text/plain; charset=utf-8';
}

/** Put together of what the contract says about errors of this status. */
function madeUp(contract: Partial<Contract>, status: number, words: Words): Answer {
  const shape = errorShapeFor(contract, status);
  const headers = Object.entries(shape?.sample?.headers ?? {});
  const code = words.code ?? shape?.sample?.code ?? codeOf(status);
  const message = words.message ?? `The request failed: ${String(code).replaceAll('_', ' ')}.`;
  if (contract.rateLimit?.body !== undefined && status === 429)
    return jsonAnswer(status, contract.rateLimit.body, headers);
  const named = contract.errors?.message;
  if (shape === undefined || isEmpty(shape)) return jsonAnswer(status, { error: { code, message } }, headers);
  let body: unknown = {};
  for (const pointer of shape.required) body = put(body, pointer, standIn(pointer, status, code, message));
  if (named !== undefined) body = put(body, named, message);
  if (shape.code !== undefined) body = put(body, shape.code, typedCode(shape, status, code));
  for (const [pointer, type] of Object.entries(shape.types ?? {}))
    body = put(body, pointer, asType(getPointer(body, pointer), type, status));
  const typed = headers.some(([name]) => name.toLowerCase() === 'content-type');
  const usual: [string, string][] = [['Content-Type', shape.contentType ?? 'application/json']];
  return jsonAnswer(status, body, typed ? headers : [...usual, ...headers]);
}

/** A shape that says no more than its sample's code or headers. */
function isEmpty({ contentType, required, code, types, sample }: ErrorShape): boolean {
  const saysNothing = contentType === undefined && required.length === 0 && code === undefined && types === undefined;
  return sample !== undefined && saysNothing;
}

/** A code as the type that the contract, or its sample, gives the member. */
function typedCode(shape: ErrorShape | undefined, status: number, code: string | number, sample?: Sample) {
  const place = shape?.code;
  if (place === undefined) return code;
  const shown = getPointer(sample?.body, place);
  const type = shape?.types?.[place] ?? (typeof shown === 'number' ? 'number' : undefined);
  return type === undefined ? code : asType(code, type, status);
}

/** Sets a member; a number in the pointer makes a list. */
export function put(value: unknown, pointer: string, member: unknown): unknown {
  const list = /^(.*?)\/\d+(\/.*)?$/.exec(pointer);
  if (list === null || getPointer(value, pointer) !== undefined) return setPointer(value, pointer, member);
  const [, parent = '', rest = ''] = list;
  const old = getPointer(value, parent);
  const [first = {}, ...others]: unknown[] = Array.isArray(old) ? old : [];
  return setPointer(value, parent, [rest === '' ? member : put(first, rest, member), ...others]);
}

/** A client fails to parse a list where it knows a string, and the reverse. */
function asType(member: unknown, type: string, status: number): unknown {
  if (type === 'array') return Array.isArray(member) ? member : member === undefined ? [] : [member];
  if (type === 'string') return typeof member === 'string' ? member : String(member ?? '');
  // Words are no number: the status is one that a reader of the log knows.
  if (type === 'number') return Number.isFinite(Number(member ?? Number.NaN)) ? Number(member) : status;
  return member ?? (type === 'boolean' ? false : {});
}

/** Required members differ by provider; their names say which of the known values fits. */
function standIn(pointer: string, status: number, code: string | number, message: string): unknown {
  const name = pointer.slice(pointer.lastIndexOf('/') + 1).toLowerCase();
  if (name === '') return [{ code, message }];
  if (/^status_?(code)?$/.test(name)) return status;
  if (name === 'errors') return [{ code, message }];
  if (name === 'error' && pointer.lastIndexOf('/') === 0) return { code, message };
  return /message|detail|title|description|reason|instance/.test(name) ? message : code;
}
