// Rate-limit answers among all recorded ones, whoever caused them.
import type { Contract } from '../../config/schema.js';
import { isLimited, isLimitedInBurst } from '../../evidence/limits.js';
import type { Exchange, Verdict } from '../../types.js';
import { inconclusive, notApplicable } from '../define.js';
import { plural } from './answers.js';

export function isOfBurst(exchange: Exchange): boolean {
  return exchange.id.startsWith('burst.');
}

/** The answer of a test call, which no limit gave. */
function isProvoked(exchange: Exchange): boolean {
  return exchange.id.startsWith('refused-key.provoked');
}

export function limitAnswersIn(exchanges: readonly Exchange[], contract: Contract): Exchange[] {
  return exchanges.filter(
    (one) => !isProvoked(one) && (isOfBurst(one) ? isLimitedInBurst(one, contract) : isLimited(one, contract)),
  );
}

/** What to say where no limit was met. */
export function withoutLimit(exchanges: readonly Exchange[]): Verdict {
  const burst = exchanges.filter(isOfBurst);
  if (burst.length === 0)
    return notApplicable(
      'never-limited',
      'No call of this run was limited; applies with checks: { limits-bursts: minor }, which sends a burst.',
    );
  return inconclusive('not-met', `A burst of ${plural(burst.length, 'call')} met no limit.`, burst.slice(-1));
}
