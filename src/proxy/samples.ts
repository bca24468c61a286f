// Answers in the provider's own shape. Clients fail to parse `{}`, and some know a rate limit by its body alone.
import type { Contract } from '../config/schema.js';
import { getPointer, setPointer } from '../evidence/pointer.js';
import { type Answer, jsonAnswer } from './answers.js';

export interface Samples {
  error(status: number, words?: { code?: string | undefined; message?: string | undefined }): Answer;
  /** What a repeat is answered while the first is being performed. */
  inFlight: { status: number; code: string };
  /** Where the provider names a request. */
  requestId: { headers: readonly string[]; body: string | null };
}

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

/** The error code that an answer of this status carries. */
export function codeOf(status: number): string {
  return CODES[status] ?? `error_${status}`;
}

export function samplesOf(contract: Partial<Contract>): Samples {
  const { inFlight } = contract.idempotency ?? {};
  return {
    error(status, words = {}) {
      const code = words.code ?? codeOf(status);
      const message = words.message ?? `The request failed: ${code.replaceAll('_', ' ')}.`;
      if (contract.rateLimit?.body !== undefined && status === 429) return jsonAnswer(status, contract.rateLimit.body);
      const shape = shapeOf(contract, status);
      const named = contract.errors?.message;
      if (shape === undefined) return jsonAnswer(status, { error: { code, message } });
      let body: unknown = {};
      for (const pointer of shape.required) body = put(body, pointer, standIn(pointer, status, code, message));
      if (named !== undefined) body = put(body, named, message);
      if (shape.code !== undefined) body = put(body, shape.code, code);
      for (const [pointer, type] of Object.entries(shape.types ?? {}))
        body = put(body, pointer, asType(getPointer(body, pointer), type));
      return jsonAnswer(status, body, [['Content-Type', shape.contentType ?? 'application/json']]);
    },
    // A bare 1xx is no answer that a client could parse.
    inFlight: {
      status: inFlight?.statuses.find((status) => status >= 200) ?? 409,
      code: inFlight?.codes?.[0] ?? 'idempotency_key_in_use',
    },
    requestId: { headers: contract.requestId?.headers ?? [], body: contract.requestId?.body ?? null },
  };
}

function shapeOf(contract: Partial<Contract>, status: number) {
  const { byStatus, default: usual } = contract.errors ?? {};
  return byStatus?.[String(status)] ?? byStatus?.[`${Math.floor(status / 100)}xx`] ?? usual;
}

/** Sets a member; a number in the pointer makes a list. */
export function put(value: unknown, pointer: string, member: unknown): unknown {
  const list = /^(.*?)\/\d+(\/.*)?$/.exec(pointer);
  if (list === null) return setPointer(value, pointer, member);
  const [, parent = '', rest = ''] = list;
  return setPointer(value, parent, [rest === '' ? member : put({}, rest, member)]);
}

/** A client fails to parse a list where it knows a string, and the reverse. */
function asType(member: unknown, type: string): unknown {
  if (type === 'array') return Array.isArray(member) ? member : member === undefined ? [] : [member];
  if (type === 'string') return typeof member === 'string' ? member : String(member ?? '');
  if (type === 'number') return Number(member ?? 0);
  return member ?? (type === 'boolean' ? false : {});
}

/** Required members differ by provider; their names say which of the known values fits. */
function standIn(pointer: string, status: number, code: string, message: string): unknown {
  const name = pointer.slice(pointer.lastIndexOf('/') + 1).toLowerCase();
  if (name === '') return [{ code, message }];
  if (/^status_?(code)?$/.test(name)) return status;
  if (name === 'errors') return [{ code, message }];
  if (name === 'error' && pointer.lastIndexOf('/') === 0) return { code, message };
  return /message|detail|title|description|reason|instance/.test(name) ? message : code;
}
