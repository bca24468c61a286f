// Effects that no event explains: probes of the receiver go quickly, and once more with more time where one was seen.
import type { Evidence, EvidenceKey, GatheredMap } from '../evidence/map.js';
import type { PlannedReceiverProbe } from '../plan.js';
import type { Effects } from '../receiver/effects.js';

export interface Rerun {
  evidence: GatheredMap;
  effects: Effects;
  /** Runs these probes once more, in place of what they gathered. */
  again(planned: readonly PlannedReceiverProbe[]): Promise<void>;
}

/**
 * Watches for late effects, and runs probes again whose effects are not those that must be: an effect that comes late falls
 * to the probe behind its own. What a probe saw twice alike is its own; else all run again, and wait for each effect as long
 * as one may take.
 */
export async function explainEffects(planned: readonly PlannedReceiverProbe[], rerun: Rerun): Promise<void> {
  const control = rerun.evidence['webhook.control'];
  if (control?.ok !== true || control.value.unit === null || control.value.unit === 0) return;
  const { effects, evidence } = rerun;
  const late = await effects.watchLate();
  evidence['webhook.control'] = { ok: true, value: { ...control.value, watchedMs: late.waitedMs } };
  const counting = planned.filter(({ probe }) => probe.surplus !== undefined);
  if (late.moved !== 0) await runAgain(counting, 'patient', rerun);
  else await explainEach(counting, control.value.unit, rerun);
}

/** Without the watch: for probes behind which nothing can come late. */
export async function explainEach(planned: readonly PlannedReceiverProbe[], unit: number, rerun: Rerun): Promise<void> {
  const first = surplusesOf(planned, unit, rerun.evidence);
  const doubtful = planned.filter(({ probe }) => (first.get(probe.key) ?? 0) !== 0);
  if (doubtful.length === 0) return;
  await runAgain(doubtful, 'careful', rerun);
  const second = surplusesOf(doubtful, unit, rerun.evidence);
  if (doubtful.some(({ probe }) => first.get(probe.key) !== second.get(probe.key)))
    await runAgain(planned, 'patient', rerun);
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
