import type { Contract } from '../config/schema.js';
import type { Exchange } from '../evidence/exchange.js';
import type { Fact } from '../evidence/fact.js';
import type { Evidence, EvidenceKey } from '../evidence/map.js';
import { type Key, unlockOf } from '../evidence/unlock.js';
import type { Check, Due, SourcePlace, TimelineStep, Verdict } from './verdict.js';

/** Identity: `needs` fixes which evidence `judge` may read. */
export function defineCheck<const N extends EvidenceKey>(check: Check<N>): Check<N> {
  return check;
}

type Seen = Exchange | string;
interface Figures {
  fact?: Fact;
  expected?: string;
  measured?: string;
  timeline?: readonly TimelineStep[];
  due?: Due;
  places?: readonly SourcePlace[];
}

export function pass(code: string, because: string, at: readonly Seen[] = [], figures: Figures = {}): Verdict {
  return { outcome: 'pass', code, because, at: ids(at), ...figures };
}

export function fail(code: string, because: string, at: readonly Seen[] = [], figures: Figures = {}): Verdict {
  return { outcome: 'fail', code, because, at: ids(at), ...figures };
}

export function inconclusive(code: string, because: string, at: readonly Seen[] = [], figures: Figures = {}): Verdict {
  return { outcome: 'inconclusive', code, because, at: ids(at), ...figures };
}

/** `because` names the config key that would make it apply; `keys`: each of them, or one of a list. */
export function notApplicable(
  code: string,
  because: string,
  at: readonly Seen[] = [],
  keys: readonly Key[] = [],
): Verdict {
  const unlock = unlockOf(keys);
  return { outcome: 'not-applicable', code, because, at: ids(at), ...(unlock.length > 0 && { unlock }) };
}

/** The verdict of a check whose evidence is all there. */
export function judgeWith<N extends EvidenceKey>(
  check: Check<N>,
  evidence: Readonly<Pick<Evidence, N>>,
  contract: Contract,
): Verdict {
  return check.unless?.(evidence, contract, () => true) ?? check.judge(evidence, contract);
}

function ids(seen: readonly Seen[]): string[] {
  return seen.map((one) => (typeof one === 'string' ? one : one.id));
}
