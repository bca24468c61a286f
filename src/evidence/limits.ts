// What an answer says about a rate limit: that it is one, and how long to wait.
import type { Contract } from '../config/schema.js';
import type { Exchange } from './exchange.js';
import { answerHeader, isRefusedInSuccess, statusOf } from './exchange.js';
import { parseHttpDate, parseIsoDate } from './http-date.js';

/** Of a refusal that has other meanings too, what makes it one of a limit. */
const WORDS = /rate.?limit|rate exceeded|throttl|too many requests|slow.?down/i;
// The page about rate limits is linked from errors of every kind.
const ADDRESS = /[^\s"'<>/]{0,200}\/[^\s"'<>]{1,2000}/g;
const USUAL_STATUSES = [429, 503, 403, 529];
export const ALWAYS_LIMITED = [429, 529];

/** Whether a call was refused because there were too many. */
export function isLimited(exchange: Exchange, contract: Contract): boolean {
  // Of an answer that we cut on purpose the status line was read.
  const status = exchange.ended === 'cut-by-us' ? exchange.response?.status : statusOf(exchange);
  if (status == null) return false;
  if (isRefusedInSuccess(exchange)) return saysLimited(exchange, contract.rateLimit?.headers?.remaining);
  if (ALWAYS_LIMITED.includes(status)) return true;
  if (!(contract.rateLimit?.statuses ?? USUAL_STATUSES).includes(status)) return false;
  return saysLimited(exchange, contract.rateLimit?.headers?.remaining);
}

/** Whether a refusal with another meaning shows that it is one of a limit. */
export function saysLimited(exchange: Exchange, remainingHeader = 'x-ratelimit-remaining'): boolean {
  // An API that is down also says when it will be back.
  const isTold = statusOf(exchange) !== 503 && answerHeader(exchange, 'retry-after') !== undefined;
  const isUsedUp = answerHeader(exchange, remainingHeader)?.trim() === '0';
  const words = (exchange.response?.body.text ?? '').replace(ADDRESS, ' ');
  return isTold || isUsedUp || WORDS.test(words);
}

/** In a burst of calls that work, any of the contract's statuses is the limit's. */
export function isLimitedInBurst(exchange: Exchange, contract: Contract): boolean {
  const statuses = contract.rateLimit?.statuses ?? USUAL_STATUSES;
  return isLimited(exchange, contract) || statuses.includes(statusOf(exchange) ?? 0);
}

/** In such a burst, an answer that is as good as a limit's, whatever statuses the contract gives it. */
export function isRefusedInBurst(exchange: Exchange, contract: Contract): boolean {
  const status = statusOf(exchange) ?? 0;
  return (
    isLimitedInBurst(exchange, contract) || USUAL_STATUSES.includes(status) || (status >= 400 && saysLimited(exchange))
  );
}

/** Whether the contract names the limit's statuses, and this is none of them. */
export function isUndocumentedLimit(exchange: Exchange, contract: Contract): boolean {
  const documented = contract.rateLimit?.statuses;
  const isOther = documented !== undefined && !documented.includes(statusOf(exchange) ?? 0);
  return isOther && isRefusedInBurst(exchange, contract);
}

export interface Wait {
  /** `decimal` is understood here, but RFC 9110 knows whole seconds only. */
  form: 'seconds' | 'date' | 'decimal' | 'reset header';
  ms: number;
}

/** The wait that an answer asks for; null: none that can be read. */
export function announcedWait(exchange: Exchange, contract: Contract): Wait | null {
  const retryAfter = answerHeader(exchange, 'retry-after')?.trim();
  const read = retryAfter === undefined ? null : readRetryAfter(retryAfter, clockOf(exchange));
  return read ?? waitUntilReset(exchange, contract);
}

export function readRetryAfter(text: string, nowEpochMs: number): Wait | null {
  if (/^\d{1,9}$/.test(text)) return { form: 'seconds', ms: Number(text) * 1000 };
  if (/^\d{1,9}\.\d+$/.test(text)) return { form: 'decimal', ms: Math.ceil(Number(text) * 1000) };
  const date = parseHttpDate(text, nowEpochMs);
  return date === null ? null : { form: 'date', ms: Math.max(0, date - nowEpochMs) };
}

function waitUntilReset(exchange: Exchange, contract: Contract): Wait | null {
  const { reset, resetFormat, draft } = contract.rateLimit?.headers ?? {};
  const text = reset === undefined ? undefined : answerHeader(exchange, reset)?.trim();
  const read = text === undefined ? null : readReset(text, resetFormat, clockOf(exchange));
  if (read !== null) return { form: 'reset header', ms: Math.max(0, read.ms) };
  const seconds = draft === true ? DRAFT_RESET.exec(answerHeader(exchange, 'ratelimit') ?? '')?.[1] : undefined;
  return seconds === undefined ? null : { form: 'reset header', ms: Number(seconds) * 1000 };
}

/** `"default";r=0;t=30`, and `limit=10, remaining=0, reset=30` of the drafts before. */
const DRAFT_RESET = /(?:^|[;,])\s*(?:t|reset)=(\d{1,9})/;

export type ResetFormat = NonNullable<NonNullable<NonNullable<Contract['rateLimit']>['headers']>['resetFormat']>;

const FORMATS: readonly ResetFormat[] = [
  'delta-seconds',
  'epoch-seconds',
  'epoch-ms',
  'duration',
  'http-date',
  'rfc3339',
];
const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const DAY_MS = 24 * 60 * 60 * 1000;

/** How far away a reset is, in the declared format or else in the first in which it makes sense. */
export function readReset(
  text: string,
  declared: ResetFormat | undefined,
  nowEpochMs: number,
): { ms: number; format: ResetFormat } | null {
  for (const format of declared === undefined ? FORMATS : [declared]) {
    const ms = msUntil(text, format, nowEpochMs);
    // A number in another unit lands years away.
    if (ms !== null && ms >= -DAY_MS && ms <= 40 * DAY_MS) return { ms, format };
  }
  return null;
}

function msUntil(text: string, format: ResetFormat, nowEpochMs: number): number | null {
  switch (format) {
    case 'delta-seconds':
      return /^\d{1,12}(\.\d+)?$/.test(text) ? Number(text) * 1000 : null;
    case 'epoch-seconds':
      return /^\d{1,12}(\.\d+)?$/.test(text) ? Number(text) * 1000 - nowEpochMs : null;
    case 'epoch-ms':
      return /^\d{1,15}$/.test(text) ? Number(text) - nowEpochMs : null;
    case 'duration':
      return durationMs(text);
    case 'rfc3339': {
      const date = RFC3339.test(text) ? parseIsoDate(text) : null;
      return date === null ? null : date - nowEpochMs;
    }
    case 'http-date': {
      const date = parseHttpDate(text, nowEpochMs);
      return date === null ? null : date - nowEpochMs;
    }
  }
}

const RFC3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;

/** "6m0s", "120ms", "1.5s" */
function durationMs(text: string): number | null {
  if (!/^(\d{1,12}(\.\d{1,12})?(ms|s|m|h|d)){1,5}$/.test(text)) return null;
  return [...text.matchAll(/(\d{1,12}(?:\.\d{1,12})?)(ms|s|m|h|d)/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (UNIT_MS[unit ?? ''] ?? 0),
    0,
  );
}

/** The server's own clock where it shows it: its dates are meant by that. */
export function clockOf(exchange: Exchange): number {
  const ours = exchange.startedAtEpochMs + (exchange.endedAtMs - exchange.startedAtMs);
  return parseHttpDate(answerHeader(exchange, 'date')?.trim() ?? '', ours) ?? ours;
}
