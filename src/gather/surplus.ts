// Effects that no event explains: probes of the receiver go quickly, and once more with more time where one was seen.
import type { EventControlEvidence, Evidence, EvidenceKey, GatheredMap } from '../evidence/map.js';
import type { PlannedReceiverProbe } from '../plan.js';
import { type Effects, MOVING } from '../receiver/effects.js';

export interface Rerun {
  evidence: GatheredMap;
  effects: Effects;
  /** Runs these probes once more, in place of what they gathered. */
  again(planned: readonly PlannedReceiverProbe[]): Promise<void>;
}

/** Watches from the last event on that must have no effect, or no more. */
export interface Watched extends Rerun {
  sinceMs: number;
}

/**
 * Watches for late effects, and runs probes again whose effects are not those that must be: an effect that comes late falls
 * to the probe behind its own. What a probe saw twice alike is its own; else all run again, and wait for each effect as long
 * as one may take.
 */
export async function explainEffects(planned: readonly PlannedReceiverProbe[], rerun: Watched): Promise<void> {
  const control = seeingControl(rerun.evidence);
  if (control === null) return;
  const late = await rerun.effects.watchLate(rerun.sinceMs);
  note(rerun.evidence, { ...control, watchedMs: late.waitedMs });
  if (late.moved !== 0 || !(await isExplained(planned, control.unit, rerun))) await runPatiently(planned, rerun);
}

/** Without the watch: for probes behind which nothing can come late. */
export async function explainEach(planned: readonly PlannedReceiverProbe[], rerun: Rerun): Promise<void> {
  const control = seeingControl(rerun.evidence);
  if (control !== null && !(await isExplained(planned, control.unit, rerun))) await runPatiently(planned, rerun);
}

/** null: effects tell nothing. */
function seeingControl(evidence: GatheredMap): (EventControlEvidence & { unit: number }) | null {
  const control = evidence['webhook.control'];
  if (control?.ok !== true || control.value.settled?.why !== null) return null;
  const { unit } = control.value;
  return unit === null || unit === 0 ? null : { ...control.value, unit };
}

function note(evidence: GatheredMap, control: EventControlEvidence): void {
  evidence['webhook.control'] = { ok: true, value: control };
}

/** Whether what each probe saw beyond what must be is its own: it sees as much of it once more. */
async function isExplained(planned: readonly PlannedReceiverProbe[], unit: number, rerun: Rerun): Promise<boolean> {
  return await isSeenAgain(planned, 'careful', unit, rerun, (first, second) => first === second);
}

async function isSeenAgain(
  planned: readonly PlannedReceiverProbe[],
  pace: 'careful' | 'patient',
  unit: number,
  rerun: Rerun,
  isAlike: (first: number, second: number) => boolean,
): Promise<boolean> {
  const first = surplusesOf(planned, unit, rerun.evidence);
  const doubtful = planned.filter(({ probe }) => (first.get(probe.key) ?? 0) !== 0);
  if (doubtful.length === 0) return true;
  await runAgain(doubtful, pace, rerun);
  const second = surplusesOf(doubtful, unit, rerun.evidence);
  return doubtful.every(({ probe: { key } }) => isAlike(first.get(key) ?? 0, second.get(key) ?? 0));
}

/** By now nothing is under way: effects that still move are not ours, before as after. */
async function runPatiently(planned: readonly PlannedReceiverProbe[], rerun: Rerun): Promise<void> {
  const { effects, evidence } = rerun;
  const counting = planned.filter(({ probe }) => probe.surplus !== undefined);
  const before = seeingControl(evidence);
  if (before === null) return;
  const isMoving = async () => (await effects.watchLate(performance.now())).moved !== 0;
  const isStill = async () => {
    if (await isMoving()) return false;
    await runAgain(counting, 'patient', rerun);
    // A race has another number of effects each time, but some.
    return (
      (await isSeenAgain(counting, 'patient', before.unit, rerun, (_, second) => second !== 0)) && !(await isMoving())
    );
  };
  const isOurs = await isStill();
  const control = seeingControl(evidence);
  if (!isOurs && control?.settled != null)
    note(evidence, { ...control, unit: null, settled: { ...control.settled, effects: null, why: MOVING } });
}

async function runAgain(
  planned: readonly PlannedReceiverProbe[],
  pace: 'careful' | 'patient',
  { effects, again }: Rerun,
): Promise<void> {
  effects.slowTo(pace);
  // What is under way still belongs to what ran before.
  await effects.settle(0);
  await again(planned);
}

/** Those without evidence have none. */
function surplusesOf(
  planned: readonly PlannedReceiverProbe[],
  unit: number,
  evidence: GatheredMap,
): Map<EvidenceKey, number> {
  return new Map(
    planned.flatMap(({ probe }) => {
      const gathered = evidence[probe.key];
      if (gathered?.ok !== true || probe.surplus === undefined) return [];
      return [[probe.key, probe.surplus(gathered.value as Evidence[EvidenceKey], unit)] as const];
    }),
  );
}
