// Words and sets that many endpoint checks share.
import type { Contract } from '../../config/schema.js';
import type { Exchange } from '../../evidence/exchange.js';
import {
  answerHeader,
  bareInterim,
  isErrorAnswer,
  isExpected,
  isRefusedInSuccess,
  isSuccess,
  isUpstreamError,
  statusOf,
} from '../../evidence/exchange.js';
import { ALWAYS_LIMITED, saysLimited } from '../../evidence/limits.js';
import { inconclusive } from '../define.js';
import type { Verdict } from '../verdict.js';

export const KEYLESS = 'Applies with an API that takes a key (contract.auth is none).';

/** "401" or "401 or 403" */
export function oneOf(statuses: readonly number[]): string {
  const words = statuses.map(String);
  const last = words.pop() ?? 'nothing';
  return words.length === 0 ? last : `${words.join(', ')} or ${last}`;
}

export function seen(exchange: Exchange): string {
  const status = statusOf(exchange);
  const bare = bareInterim(exchange);
  if (bare !== null) return `${bare} alone, without a final answer`;
  if (isRefusedInSuccess(exchange)) return `${status} with an error in its body (${exchange.refusal?.sign})`;
  return status === null ? `no answer (${exchange.ended})` : String(status);
}

/** "GET /v1/ping" */
export function callOf(exchange: Exchange): string {
  return `${exchange.request.method} ${new URL(exchange.request.url).pathname}`;
}

/** The control of all the others: what to say where it failed. */
export function withoutControl(control: Exchange): Verdict | null {
  if (isExpected(control)) return null;
  return inconclusive(
    'control-failed',
    `The control failed: ${callOf(control)}${control.request.credential === 'none' ? '' : ' with the valid key'} was answered ${seen(control)}, so nothing follows from the other answers.`,
    [control],
    { fact: 'read-refused' },
  );
}

/** An answer of something before the API: a limit or an unavailable upstream. */
export function isFromTheEdge(exchange: Exchange): boolean {
  const status = statusOf(exchange) ?? 0;
  return (
    ALWAYS_LIMITED.includes(status) ||
    isUpstreamError(status) ||
    (isRefusedInSuccess(exchange) && saysLimited(exchange)) ||
    (status === 403 && exchange.request.credential === 'key' && saysLimited(exchange))
  );
}

/** Recorded errors of the API itself. */
export function errorsIn(exchanges: readonly Exchange[]): Exchange[] {
  return exchanges.filter((exchange) => isErrorAnswer(exchange) && !isFromTheEdge(exchange));
}

export function successesIn(exchanges: readonly Exchange[]): Exchange[] {
  return exchanges.filter(isSuccess);
}

type Marker = NonNullable<NonNullable<Contract['idempotency']>['marker']>;

const NO = /^(false|no|0)$/i;

/** Whether an answer carries the contract's mark of a replay, with its value where one is named. */
export function isMarked(exchange: Exchange, { header, value }: Marker): boolean {
  const shown = answerHeader(exchange, header);
  return shown !== undefined && (value === undefined ? !NO.test(shown) : shown.toLowerCase() === value.toLowerCase());
}

export function plural(amount: number, one: string, many = `${one}s`): string {
  return `${amount} ${amount === 1 ? one : many}`;
}
