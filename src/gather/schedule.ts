// The one scheduler: a probe starts as soon as what it builds on is there, and what it yields is kept.

import type { Evidence, EvidenceKey, Gathered, GatheredMap } from '../evidence/map.js';
import type { Lack } from '../evidence/unlock.js';
import type { Redactor } from '../redaction/redact.js';
import { NoEvidence } from '../transport/budget.js';
import type { OnKept, ProbeStep } from './options.js';

/** A probe of either kind, in the plan of a run. */
export interface Planned {
  probe: { key: EvidenceKey; says: string; after: readonly EvidenceKey[] };
  /** What must be configured before it can run; null: it runs. */
  missing: Lack | null;
}

/** Probes that run before those of the next phase. */
export interface Phase<P extends Planned> {
  members: readonly P[];
  /** One after the other. */
  inTurn: boolean;
}

export interface Scheduling<P extends Planned> {
  evidence: GatheredMap;
  redactor: Redactor;
  /** What the running probes do, for the progress. */
  doing: Set<string>;
  /** Yields the evidence of one probe. What it throws is kept in place of evidence. */
  run(planned: P): Promise<Evidence[EvidenceKey]>;
  /** Called when all is there that a probe builds on, right before it runs. */
  before?(planned: P): Promise<void>;
  /** Told of each key whose evidence is there, for good. */
  onKept?: OnKept | undefined;
  /** Told when a probe begins and ends. */
  onProbe?: ((step: ProbeStep) => void) | undefined;
}

/** Keeps, for probes that cannot run, what is missing. */
export function setAside(planned: readonly Planned[], evidence: GatheredMap): void {
  for (const { probe, missing } of planned) {
    if (missing !== null) {
      const { lacking: detail, unlock } = missing;
      keep(evidence, probe.key, { ok: false, why: 'not-configured', detail, ...(unlock.length > 0 && { unlock }) });
    }
  }
}

export function thatCanRun<P extends Planned>(planned: readonly P[]): P[] {
  return planned.filter(({ missing }) => missing === null);
}

/** Runs all probes, phase by phase. Never throws for what a probe throws. */
export async function schedule<P extends Planned>(phases: readonly Phase<P>[], work: Scheduling<P>): Promise<void> {
  const started = new Map<EvidenceKey, Promise<void>>();
  for (const { members, inTurn } of phases) {
    for (const planned of members) {
      const running = start(planned, started, work);
      started.set(planned.probe.key, running);
      if (inTurn) await running;
    }
    await Promise.all(started.values());
  }
}

async function start<P extends Planned>(
  planned: P,
  started: ReadonlyMap<EvidenceKey, Promise<void>>,
  work: Scheduling<P>,
): Promise<void> {
  const { key, after } = planned.probe;
  await Promise.all(after.map((one) => started.get(one)));
  await yieldInto(planned, work);
  work.onKept?.([key], work.evidence);
}

async function yieldInto<P extends Planned>(
  planned: P,
  { evidence, redactor, doing, run, before, onProbe }: Scheduling<P>,
): Promise<void> {
  const { key, says, after } = planned.probe;
  const failed = after.map((one) => evidence[one]).find((one) => one?.ok === false);
  if (failed?.ok === false) {
    keep(evidence, key, { ...failed, why: failed.why === 'crashed' ? 'dependency' : failed.why });
    return;
  }
  await before?.(planned);
  doing.add(says);
  onProbe?.({ state: 'began', probe: key, says });
  try {
    keep(evidence, key, { ok: true, value: await run(planned) });
  } catch (error) {
    keep(evidence, key, failureOf(error, redactor));
  } finally {
    doing.delete(says);
    const gathered = evidence[key];
    onProbe?.({
      state: 'ended',
      probe: key,
      ...(gathered?.ok === false ? { ok: false, why: gathered.why } : { ok: true }),
    });
  }
}

/** Reads the evidence of probes that a probe names in `after`. @throws NoEvidence where one failed */
export function evidenceFor(
  { key: reader, after }: Planned['probe'],
  evidence: GatheredMap,
): <K extends EvidenceKey>(key: K) => Evidence[K] {
  return <K extends EvidenceKey>(key: K) => {
    if (!after.includes(key)) throw new Error(`${reader} reads ${key} without naming it in "after"`);
    const gathered = evidence[key];
    if (gathered?.ok !== true)
      throw new NoEvidence('dependency', gathered?.detail ?? `${key} is missing`, { fact: gathered?.fact ?? null });
    return gathered.value as Evidence[K];
  };
}

/** The name of a probe without its kind: `replay` of `endpoint.replay`. */
export function nounOf({ key }: Planned['probe']): string {
  return key.slice(key.indexOf('.') + 1);
}

function keep(evidence: GatheredMap, key: EvidenceKey, gathered: Gathered): void {
  Object.assign(evidence, { [key]: gathered });
}

function failureOf(error: unknown, redactor: Redactor): Gathered {
  if (error instanceof NoEvidence) {
    const { why, message: detail, said, fact } = error;
    return { ok: false, why, detail, ...(said === null ? {} : { said }), ...(fact === null ? {} : { fact }) };
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { ok: false, why: 'crashed', detail: redactor.redact(text).text };
}
