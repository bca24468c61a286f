import type { Headers } from './answer.js';
import { Refusal } from './problems.js';
import type { World } from './world.js';

export interface RateLimit {
  readonly limit: number;
  readonly windowMs: number;
}

export const DEFAULT_RATE_LIMIT: RateLimit = { limit: 2000, windowMs: 60_000 };
const LONG_LOCK_MS = 60_000;

export interface RateWindow {
  endsAt: number;
  used: number;
}

/** Counts one request of the account; the headers belong on its answer whatever that is. */
export function countRequest(
  world: World,
  account: string,
  path: string,
): { headers: Headers; refusal: Refusal | null } {
  const own = world.has('limits-nobody') ? undefined : world.dialect.rateLimit.byPath[path];
  const { policy, limit, windowMs } = own ?? { policy: 'default', ...world.rateLimit };
  const bucket = `${policy} ${account}`;
  const now = Date.now();
  const current = world.rateWindows.get(bucket);
  const window = current && current.endsAt > now ? current : { endsAt: now + windowMs, used: 0 };
  world.rateWindows.set(bucket, window);

  const isOver = window.used >= limit;
  if (!isOver) window.used += 1;
  const resetSeconds = Math.ceil(Math.min(windowMs, window.endsAt - now) / 1000);
  if (isOver && world.has('keeps-limiting')) window.endsAt = now + LONG_LOCK_MS;
  const headers = world.dialect.rateLimit.headers({
    policy,
    limit,
    remaining: world.has('freezes-rate-headers') ? limit : limit - window.used,
    windowSeconds: Math.ceil(windowMs / 1000),
    resetSeconds,
    resetEpochSeconds: Math.ceil(Math.min(now + windowMs, window.endsAt) / 1000),
  });
  if (!isOver) return { headers, refusal: null };
  const isSilent = world.has('limits-without-a-wait');
  const retry = isSilent ? {} : { headers: { 'Retry-After': `${resetSeconds}` } };
  return {
    headers: isSilent ? {} : headers,
    refusal: world.has('limits-with-503')
      ? new Refusal('unavailable', 'The service is busy.', retry)
      : new Refusal('rate_limited', 'Too many requests in this window.', retry),
  };
}
