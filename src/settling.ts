// Judges each check as soon as all is there that it reads, while the run goes on: for whoever waits. The report is judged
// anew, from what is saved.
import type { Judgement, PlannedCheck } from './checks/verdict.js';
import type { Contract } from './config/schema.js';
import type { EvidenceKey, GatheredMap } from './evidence/map.js';
import type { Doubts } from './evidence/readings.js';
import { judgeEarly, readsOf } from './judge.js';

export interface Settling {
  /** More evidence is there, and changes no more. */
  there(keys: readonly EvidenceKey[], evidence: Readonly<GatheredMap>): void;
  /** Judges at once what is ready, and nothing after that. */
  finish(): void;
  /** Nothing is judged any more. */
  stop(): void;
}

export interface SettlingOptions {
  checks: readonly PlannedCheck[];
  contract: Contract;
  onSettled(judgement: Judgement): void;
  /** Told of a check before it is judged, and of the end of that by null. */
  onJudge(check: string | null): void;
  /** Gives a turn of its own to each judgement: what is measured meanwhile must not wait for many. */
  later(act: () => void): void;
}

export function startSettling(options: SettlingOptions): Settling {
  const { contract, onSettled, onJudge, later } = options;
  const there = new Set<EvidenceKey>();
  const doubts: Doubts = new Map();
  const ready: PlannedCheck[] = [];
  let waiting = [...options.checks];
  let known: Readonly<GatheredMap> = {};

  function judgeNext(): void {
    const next = ready.shift();
    if (next === undefined) return;
    if (ready.length > 0) later(judgeNext);
    onJudge(next.check.id);
    const judgement = judgeEarly(next, known, contract, doubts);
    onJudge(null);
    onSettled(judgement);
  }

  return {
    there(keys, evidence) {
      known = evidence;
      for (const key of keys) there.add(key);
      const isReady = ({ check }: PlannedCheck) => readsOf(check).every((key) => there.has(key));
      const more = waiting.filter(isReady);
      waiting = waiting.filter((one) => !isReady(one));
      const isIdle = ready.length === 0;
      ready.push(...more);
      if (isIdle && ready.length > 0) later(judgeNext);
    },
    finish() {
      while (ready.length > 0) judgeNext();
      waiting = [];
    },
    stop() {
      waiting = [];
      ready.length = 0;
    },
  };
}
