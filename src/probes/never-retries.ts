// A client that asks again after no answer at all has nothing to wait for: odd ways of asking it to wait are not tried.
import type { AskedEvidence } from '../evidence/map.js';
import { askedOnce, attemptsOf } from '../evidence/waits.js';
import type { ClientContext } from './define.js';

/** What shows it: errors that pass, and limits with and without Retry-After. */
export const PASSING = ['client.control', 'client.server-errors', 'client.rate-limits'] as const;

/** And the same with Retry-After, on a 503 too: some clients ask again only where an answer says when. */
export const WAITING = [...PASSING, 'client.retry-after'] as const;

/** null: it asked again at least once, or nothing shows that it never does. */
export function neverRetries(evidence: ClientContext['evidence']): AskedEvidence | null {
  const errors = evidence('client.server-errors').runs;
  const limits = evidence('client.rate-limits').runs;
  const tried = [...errors, ...limits];
  const isSingle = evidence('client.control').runs.every((run) => attemptsOf(run).length === 1);
  if (errors.length === 0 || limits.length === 0 || !isSingle || !tried.every(askedOnce)) return null;
  return { runs: tried, never: true };
}

export function neverWaits(evidence: ClientContext['evidence']): AskedEvidence | null {
  const never = neverRetries(evidence);
  const asked = evidence('client.retry-after').runs;
  return never !== null && asked.every(askedOnce) ? { runs: [...never.runs, ...asked], never: true } : null;
}
