// What a check is, and what it makes of the evidence.
import type { Contract } from '../config/schema.js';
import type { Fact } from '../evidence/fact.js';
import type { Evidence, EvidenceKey } from '../evidence/map.js';
import type { Marks } from '../evidence/marks.js';
import type { Key, Unlock } from '../evidence/unlock.js';
import type { Severity } from './severity.js';

export const KINDS = ['endpoint', 'client', 'webhook', 'source', 'attestation'] as const;
export type Kind = (typeof KINDS)[number];
/** How we know: seen on the wire, read in files, or stated by a person. The strongest first. */
export const BASES = ['observed', 'scanned', 'attested'] as const;
export type Basis = (typeof BASES)[number];
export const OUTCOMES = ['pass', 'fail', 'inconclusive', 'not-applicable', 'error'] as const;
export type Outcome = (typeof OUTCOMES)[number];
export type RunVerdict = 'go' | 'no-go' | 'undecided';

/** Go-live topics, in the order of the report. */
export const TOPICS = [
  'Access',
  'Idempotency',
  'Retries',
  'Versions',
  'Request ids',
  'Errors',
  'Rate limits',
  'Paging and batches',
  'Webhooks',
  'Speed and time',
  'Secrets',
  'User experience',
  'Operations',
] as const;
export type Topic = (typeof TOPICS)[number];

/** One attempt of the client: what became of it, and how long the client had waited before it. */
export interface TimelineStep extends Marks {
  label: string;
  waitMs: number | null;
}

/** Within which time after an answer a repeat was expected, ms; the end null: at any later time. */
export interface Due {
  fromMs: number;
  untilMs: number | null;
}

/** Where in the user's files something stands; path from the root of what was read. */
export interface SourcePlace {
  path: string;
  /** From 1; absent: the file as a whole. */
  line?: number;
  column?: number;
  /** What stands there, as a phrase. */
  what: string;
}

export interface Verdict {
  outcome: 'pass' | 'fail' | 'not-applicable' | 'inconclusive';
  /** Stable machine word for the branch that decided. */
  code: string;
  /** One or two sentences with the observed figures. */
  because: string;
  /** Ids of the exchanges that show it. */
  at: readonly string[];
  expected?: string;
  measured?: string;
  timeline?: readonly TimelineStep[];
  /** When the first repeat was expected, where its time was judged. */
  due?: Due;
  /** Places in the user's files that show it. */
  places?: readonly SourcePlace[];
  /** The fact behind it, where it is known. */
  fact?: Fact;
  /** Where it is not what the kind of the check says: of a statement that was put to the test. */
  basis?: Basis;
  /** Of what does not apply: keys of the config that would make it apply. Left out: none would. */
  unlock?: Unlock;
}

/** What must be provoked before a statement can be put to the test. */
export type Drill = 'failures of the client' | 'forged events';

export interface Check<N extends EvidenceKey = EvidenceKey> {
  id: string;
  kind: Kind;
  topic: Topic;
  severity: Severity;
  /** A statement that is true when the check passes. */
  title: string;
  why: string;
  fix: string;
  refs: readonly string[];
  /** The figures by which it judges, as sentences: made of its own constants. */
  bounds?: readonly string[];
  /** Only run where the config names the check under `checks`. */
  optIn?: boolean;
  /** Of a statement: what a person is asked, and what would show it. */
  attestation?: { question: string; shownBy: string; drill?: Drill };
  needs: readonly N[];
  /** Probes whose exchanges it judges among the recorded traffic; where they cannot run it is judged without them. */
  wants?: readonly EvidenceKey[];
  /** Needed for the traffic that it provokes, and never read: where the config rules it out, the rest is judged. */
  mayLack?: readonly N[];
  /** Keys of the contract without which there is nothing to judge: each of them, or one of a list. */
  promises?: readonly Key[];
  /** Further keys of the config that it needs, which its probes do without. */
  settings?: readonly string[];
  /** Whether a verdict of this code rests on repeats of one fault, which a fast run leaves out. */
  takesRepeats?(evidence: Readonly<Pick<Evidence, N>>, code: string): boolean;
  /** Why it does not apply, as far as that is known without the evidence that is missing; null: it applies. */
  unless?(
    evidence: Readonly<Partial<Pick<Evidence, N>>>,
    contract: Contract,
    /** Whether a probe was to yield this evidence. */
    isPlanned: (key: EvidenceKey) => boolean,
  ): Verdict | null;
  judge(evidence: Readonly<Pick<Evidence, N>>, contract: Contract): Verdict;
}

/** A check of this run, with the severity that the config gives it. */
export interface PlannedCheck {
  check: Check;
  severity: Severity;
}

export interface Judgement {
  id: string;
  kind: Kind;
  topic: Topic;
  severity: Severity;
  title: string;
  outcome: Outcome;
  basis: Basis;
  code: string;
  because: string;
  expected?: string;
  measured?: string;
  timeline?: readonly TimelineStep[];
  due?: Due;
  places?: readonly SourcePlace[];
  fact?: Fact;
  at: readonly string[];
  unlock?: Unlock;
  why: string;
  fix: string;
  refs: readonly string[];
}
