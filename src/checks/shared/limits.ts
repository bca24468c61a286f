// Rate-limit answers among all recorded ones, whoever caused them.
import type { Contract } from '../../config/schema.js';
import type { Exchange } from '../../evidence/exchange.js';
import { isExpected } from '../../evidence/exchange.js';
import { isLimited, isLimitedInBurst, isUndocumentedLimit } from '../../evidence/limits.js';
import type { Evidence, EvidenceKey } from '../../evidence/map.js';
import { inconclusive, notApplicable } from '../define.js';
import type { Verdict } from '../verdict.js';
import { plural, seen } from './answers.js';

export function isOfBurst(exchange: Exchange): boolean {
  return exchange.probe === 'burst';
}

export function limitAnswersIn(exchanges: readonly Exchange[], contract: Contract): Exchange[] {
  return exchanges.filter(
    (one) =>
      one.request.testCase !== true && (isOfBurst(one) ? isLimitedInBurst(one, contract) : isLimited(one, contract)),
  );
}

const NEVER_LIMITED = notApplicable(
  'never-limited',
  'No call of this run was limited; applies with checks: { limits-bursts: minor }, which sends a burst.',
  [],
  ['checks.limits-bursts: minor'],
);

/** For a run that could send no burst, and met no limit otherwise. */
export function unlessLimited(
  traffic: Evidence['endpoint.traffic'] | undefined,
  contract: Contract,
  isPlanned: (key: EvidenceKey) => boolean,
): Verdict | null {
  if (traffic === undefined || isPlanned('endpoint.burst')) return null;
  return limitAnswersIn(traffic.exchanges, contract).length === 0 ? NEVER_LIMITED : null;
}

/** What to say where no limit was met. */
export function withoutLimit(exchanges: readonly Exchange[], contract: Contract): Verdict {
  const burst = exchanges.filter(isOfBurst);
  if (burst.length === 0) return NEVER_LIMITED;
  const other = burst.find((one) => !isExpected(one) && isUndocumentedLimit(one, contract));
  if (other !== undefined)
    return inconclusive(
      'other-status',
      `A burst of ${plural(burst.length, 'call')} met no documented limit, but was answered ${seen(other)}.`,
      [other],
    );
  return inconclusive('not-met', `A burst of ${plural(burst.length, 'call')} met no limit.`, burst.slice(-1));
}
