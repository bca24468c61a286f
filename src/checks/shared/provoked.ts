// Errors that were provoked on purpose: whose answer they are.
import type { Contract } from '../../config/schema.js';
import { answerHeader, contentTypeOf, jsonOf, statusOf } from '../../evidence/exchange.js';
import type { EvidenceKey, Exchange } from '../../types.js';
import { plural } from './answers.js';
import { requestIdOf } from './request-ids.js';
import { mediaTypeOf, shapeFor } from './shapes.js';

/** Probes that provoke errors for the checks that judge all of them. */
export const PROVOKING = ['endpoint.provoked-reads', 'endpoint.provoked-writes'] as const satisfies EvidenceKey[];

/**
 * Refused by the HTTP server before any code of the API: no framework lets an API shape what its parser says of a URL
 * that is too long. An answer that keeps any of the API's promises is the API's own.
 */
export function isBeforeCode(exchange: Exchange, contract: Contract): boolean {
  if (exchange.request.provokes !== 414 || (statusOf(exchange) ?? 0) < 400) return false;
  const echo = contract.version?.echo;
  const shape = shapeFor(contract, statusOf(exchange) ?? 0);
  return (
    jsonOf(exchange) === undefined &&
    (shape?.contentType === undefined || contentTypeOf(exchange) !== mediaTypeOf(shape)) &&
    requestIdOf(exchange, contract) === null &&
    (echo === undefined || answerHeader(exchange, echo) === undefined)
  );
}

/** What to add to a verdict that leaves such answers out. */
export function beforeCodeText(exchanges: readonly Exchange[], contract: Contract): string {
  const some = exchanges.filter((one) => isBeforeCode(one, contract));
  const [first] = some;
  if (first === undefined) return '';
  return ` Not counted: ${plural(some.length, 'answer')} (${statusOf(first)}) to a URL that was too long, by the HTTP server before the API's code.`;
}
