// What a repeat is answered while the first call is being performed.
import type { Contract } from '../config/schema.js';
import type { Exchange } from './exchange.js';
import { bareInterim, isRefusedInSuccess, jsonOf, statusOf } from './exchange.js';
import { getPointer } from './pointer.js';

/** The status, a bare 1xx included: some APIs answer with nothing but a 102. */
export function answeredStatus(exchange: Exchange): number | null {
  return statusOf(exchange) ?? bareInterim(exchange);
}

const USUAL = [409];

/** Whether the answer says so: by its status and, where the contract names codes and their place, by its code. */
export function saysInFlight(exchange: Exchange, contract: Contract): boolean {
  const { statuses = USUAL, codes } = contract.idempotency?.inFlight ?? {};
  const status = answeredStatus(exchange);
  if (status === null || (!statuses.includes(status) && !isRefusedInSuccess(exchange))) return false;
  const place = contract.errors?.default?.code;
  if (status < 200 || codes === undefined || place === undefined) return !isRefusedInSuccess(exchange);
  return codes.includes(String(getPointer(jsonOf(exchange), place)));
}
