import type { Headers } from './answer.js';
import { Refusal } from './problems.js';
import type { World } from './world.js';

export interface RateLimit {
  readonly limit: number;
  readonly windowMs: number;
}

export const DEFAULT_RATE_LIMIT: RateLimit = { limit: 2000, windowMs: 10_000 };

export interface RateWindow {
  readonly endsAt: number;
  used: number;
}

/** Counts one request of the account; the headers belong on its answer whatever that is. */
export function countRequest(world: World, account: string): { headers: Headers; refusal: Refusal | null } {
  const { limit, windowMs } = world.rateLimit;
  const now = Date.now();
  const current = world.rateWindows.get(account);
  const window = current && current.endsAt > now ? current : { endsAt: now + windowMs, used: 0 };
  world.rateWindows.set(account, window);

  const isOver = window.used >= limit;
  if (!isOver) window.used += 1;
  const resetSeconds = Math.ceil((window.endsAt - now) / 1000);
  const headers = world.dialect.rateLimit.headers({
    limit,
    remaining: limit - window.used,
    windowSeconds: Math.ceil(windowMs / 1000),
    resetSeconds,
  });
  if (!isOver) return { headers, refusal: null };
  const retry = { headers: { 'Retry-After': `${resetSeconds}` } };
  return { headers, refusal: new Refusal('rate_limited', 'Too many requests in this window.', retry) };
}
