// A refusal as an API sends it that answers 200 to everything: the error shape, and the member by which it is told.
import type { Contract } from '../config/schema.js';
import { getPointer } from '../evidence/pointer.js';
import { isError } from '../evidence/refusal.js';
import { jsonBody } from './json.js';
import { put, samplesOf } from './samples.js';

export interface ErrorInSuccess {
  contentType: string;
  body: unknown;
}

/** null: the contract knows no such answer. */
export function errorInSuccess(contract: Partial<Contract>): ErrorInSuccess | null {
  const rule = contract.errors?.inSuccess;
  if (rule === undefined || rule === false) return null;
  const { byStatus } = contract.errors ?? {};
  // A shape of its own for successes is that of such an error.
  const status = byStatus?.['200'] === undefined && byStatus?.['2xx'] === undefined ? 400 : 200;
  const answer = samplesOf(contract).error(status);
  const json = jsonBody(answer.body, answer.headers);
  const contentType =
    json === undefined ? undefined : answer.headers.find(([name]) => /^content-type$/i.test(name))?.[1];
  const shape: unknown = json ?? {};
  const body = isError(rule, getPointer(shape, rule.pointer)) ? shape : put(shape, rule.pointer, errorValue(rule));
  return { contentType: contentType ?? 'application/json', body };
}

/** Something that the rule takes for an error. */
function errorValue({ values, except, pointer }: Parameters<typeof isError>[0] & { pointer: string }): unknown {
  if (values !== undefined) return values[0];
  const words = 'The request failed: invalid request.';
  if (except === undefined) return /errors$/i.test(pointer) ? [{ code: 'invalid_request', message: words }] : words;
  const kind = typeof except[0];
  if (kind === 'boolean') return except[0] !== true;
  return kind === 'number' ? 1 + Math.max(1000, ...except.filter((one) => typeof one === 'number')) : 'invalid_request';
}
