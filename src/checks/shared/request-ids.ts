import type { Contract } from '../../config/schema.js';
import type { Exchange } from '../../evidence/exchange.js';
import { answerHeader, jsonOf } from '../../evidence/exchange.js';
import { getPointer } from '../../evidence/pointer.js';

/** The request id of an answer, from the first header that has one, else from the body. */
export function requestIdOf(exchange: Exchange, contract: Contract): string | null {
  const { headers = [], body } = contract.requestId ?? {};
  const named = headers
    .map((name) => answerHeader(exchange, name))
    .find((value) => value !== undefined && value !== '');
  if (named !== undefined) return named;
  const inBody = body === undefined ? undefined : getPointer(jsonOf(exchange), body);
  return typeof inBody === 'string' || typeof inBody === 'number' ? String(inBody) : null;
}

/** In words; null where the contract names no place. */
export function whereRequestIdsAre(contract: Contract): string | null {
  const { headers = [], body } = contract.requestId ?? {};
  const places = [...headers, ...(body === undefined ? [] : [`body ${body}`])];
  return places.length === 0 ? null : places.join(' or ');
}
