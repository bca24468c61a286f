import type { Exchange } from '../evidence/exchange.js';
import type { Fact } from '../evidence/fact.js';
import type { EvidenceKey } from '../evidence/map.js';
import type { Check, TimelineStep, Verdict } from './verdict.js';

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

/** `because` names the config key that would make it apply. */
export function notApplicable(code: string, because: string, at: readonly Seen[] = []): Verdict {
  return { outcome: 'not-applicable', code, because, at: ids(at) };
}

function ids(seen: readonly Seen[]): string[] {
  return seen.map((one) => (typeof one === 'string' ? one : one.id));
}
