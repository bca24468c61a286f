// How the API received a call from a vantage point.
import type { Contract } from '../../config/schema.js';
import { errorShapeFor } from '../../evidence/error-shape.js';
import type { Exchange } from '../../evidence/exchange.js';
import { describeEnding, hasStatus, isExpected, isSuccess, jsonOf, statusOf } from '../../evidence/exchange.js';
import type { VantageRead } from '../../evidence/map.js';
import { getPointer } from '../../evidence/pointer.js';
import { isFromTheEdge, seen } from './answers.js';

export type Reception =
  | 'served'
  | 'refused' // as addresses.unlisted says
  | 'otherwise' // answered, but neither as usual nor so
  | 'unclear'; // refused, perhaps for another reason
export type Unreached = 'unreached'; // no answer that says anything about the address

/** Without a contract of its own: what providers usually answer. */
const USUAL = { statuses: [401, 403], code: undefined, refused: true };

export function receptionOf(call: Exchange, contract: Contract): Reception | Unreached {
  const unlisted = contract.addresses?.unlisted ?? USUAL;
  // Closed or reset before an answer; what fails on our side, or leaves us waiting, says nothing.
  if (call.ended === 'refused' || call.ended === 'closed') return unlisted.refused ? 'refused' : 'unclear';
  const status = statusOf(call);
  if (status === null) return 'unreached';
  if (isExpected(call) || isSuccess(call)) return hasCode(call, contract) ? 'refused' : 'served';
  if (hasCode(call, contract)) return 'refused';
  if (isFromTheEdge(call)) return 'unreached';
  if (!hasStatus(call, unlisted.statuses)) return 'otherwise';
  return unlisted.code === undefined ? 'refused' : 'unclear';
}

/** Whether the answer carries the contract's own code for an unlisted address: no other reason gives it. */
export function hasCode(call: Exchange, contract: Contract): boolean {
  const code = contract.addresses?.unlisted.code;
  if (code === undefined) return false;
  const body = jsonOf(call);
  const place = errorShapeFor(contract, statusOf(call) ?? 0)?.code;
  return place === undefined ? mentions(body, code) : getPointer(body, place) === code;
}

function mentions(value: unknown, code: string): boolean {
  if (value === code) return true;
  return typeof value === 'object' && value !== null && Object.values(value).some((inner) => mentions(inner, code));
}

/** "outside (http://proxy:3128)" */
export function nameOf({ name, via }: Pick<VantageRead, 'name' | 'via'>): string {
  return `${name} (${via})`;
}

/** "outside (http://proxy:3128): 403" */
export function receivedText(read: VantageRead): string {
  return `${nameOf(read)}: ${read.call.ended === 'complete' ? seen(read.call) : describeEnding(read.call)}`;
}

export function listText(reads: readonly VantageRead[]): string {
  return reads.map(receivedText).join('; ');
}
