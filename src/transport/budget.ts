import type { Fact } from '../evidence/fact.js';
import type { GatherFailure } from '../evidence/map.js';
import type { Said } from '../evidence/said.js';

/** Thrown inside a probe: there will be no evidence, and why. */
export class NoEvidence extends Error {
  override readonly name = 'NoEvidence';
  readonly why: GatherFailure;
  /** Of a call that was refused: what the answer says. */
  readonly said: Said | null;
  readonly fact: Fact | null;
  constructor(
    why: GatherFailure,
    detail: string,
    { said = null, fact = null }: { said?: Said | null; fact?: Fact | null } = {},
  ) {
    super(detail);
    this.why = why;
    this.said = said;
    this.fact = fact;
  }
}

/** Why something was not run any more: a budget that is spent, or the user. */
export function notRun({ reason }: AbortSignal): NoEvidence {
  return reason instanceof NoEvidence ? reason : new NoEvidence('interrupted', 'the run was interrupted');
}

export interface Budget {
  /** Counts one request, or throws NoEvidence when it would be one too many. */
  take(write: boolean): void;
  readonly requests: number;
  readonly writes: number;
  /** ms left for requests of ours. */
  remainingMs(): number;
}

export function createBudget(
  limits: { requests: number; writes: number; seconds: number },
  nowMs: () => number = () => performance.now(),
): Budget {
  const deadlineMs = nowMs() + limits.seconds * 1000;
  let requests = 0;
  let writes = 0;
  return {
    take(write) {
      if (nowMs() >= deadlineMs) {
        throw new NoEvidence('budget', `the time budget of ${limits.seconds} s is spent (budget.seconds)`);
      }
      if (requests >= limits.requests) {
        throw new NoEvidence('budget', `the budget of ${limits.requests} requests is spent (budget.requests)`);
      }
      if (write && writes >= limits.writes) {
        throw new NoEvidence('budget', `the budget of ${limits.writes} writes is spent (budget.writes)`);
      }
      requests += 1;
      if (write) writes += 1;
    },
    get requests() {
      return requests;
    },
    get writes() {
      return writes;
    },
    remainingMs: () => Math.max(0, deadlineMs - nowMs()),
  };
}
