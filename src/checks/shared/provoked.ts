// Errors that were provoked on purpose: whose answer they are.
import type { Contract } from '../../config/schema.js';
import { errorShapeFor } from '../../evidence/error-shape.js';
import type { Exchange } from '../../evidence/exchange.js';
import { answerHeader, contentTypeOf, jsonOf, statusOf } from '../../evidence/exchange.js';
import type { EvidenceKey } from '../../evidence/map.js';
import { plural } from './answers.js';
import { requestIdOf } from './request-ids.js';
import { mediaTypeOf } from './shapes.js';

/** Probes that provoke errors for the checks that judge all of them. */
export const PROVOKING = ['endpoint.provoked-reads', 'endpoint.provoked-writes'] as const satisfies EvidenceKey[];

/**
 * Refused by the HTTP server before any code of the API: hardly a framework lets an API shape what its parser says of a
 * URL that is too long. An answer that keeps a promise of the API is the API's own; a parser's may be JSON, too (Fastify),
 * but comes without Date.
 */
export function isBeforeCode(exchange: Exchange, contract: Contract): boolean {
  const status = statusOf(exchange) ?? 0;
  if (exchange.request.provokes !== 414 || status < 400) return false;
  const echo = contract.version?.echo;
  const shape = errorShapeFor(contract, status);
  const isOfType = shape?.contentType !== undefined && contentTypeOf(exchange) === mediaTypeOf(shape);
  const isWhole = answerHeader(exchange, 'date') !== undefined && (isOfType || jsonOf(exchange) !== undefined);
  return (
    !isWhole &&
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
