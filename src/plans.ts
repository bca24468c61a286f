// The plans of a run, all of them before anything is sent.
import { CHECKS } from './checks/index.js';
import type { Check } from './checks/verdict.js';
import type { ResolvedTarget } from './config/load.js';
import { UserError } from './errors.js';
import type { EvidenceKey } from './evidence/map.js';
import { planTarget } from './pipeline.js';
import { closure, type Plan, probesOf } from './plan.js';
import type { Selection } from './selection.js';
import { refuseShortage } from './shortage.js';
import { readAuthority } from './transport/authority.js';

export interface Planning extends Omit<Parameters<typeof planTarget>[1], 'now'> {
  /** Checks of each target, where not all of them are up. */
  among?: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  /** How often each target runs; default: once. */
  repeat?: number | undefined;
  /** The settings that choose checks, for whom they leave none: "--only, --skip and checks". */
  chosenBy: string;
}

// Keys of earlier runs are asked for once: a second run would meet keys that the first one has used.
const OF_EARLIER_RUNS: readonly EvidenceKey[] = ['endpoint.remembered-key', 'endpoint.expired-key'];

function checksAskedOnce(): string[] {
  const isOfEarlierRuns = (check: Check) => [...closure(probesOf(check))].some((key) => OF_EARLIER_RUNS.includes(key));
  return CHECKS.filter(isOfEarlierRuns).map(({ id }) => id);
}

/**
 * Each target so often in a row: what one does beside itself would count as its own.
 * @throws UserError where one of them cannot run
 */
export async function plansOf(targets: readonly ResolvedTarget[], planning: Planning): Promise<Plan[]> {
  const { among, repeat = 1, chosenBy, selection, ...settings } = planning;
  const once = repeat > 1 ? checksAskedOnce() : [];
  const plans: Plan[] = [];
  for (const target of targets) {
    const chosen: Selection = { ...selection, among: among?.get(target.name) };
    const first = await planTarget(target, { ...settings, selection: chosen });
    if (first.checks.length === 0)
      throw new UserError(
        'nothing-selected',
        `${target.name}: ${chosenBy} leave no check to run`,
        'see them all with: golive-check list',
      );
    await readAuthority(target.config.endpoint?.ca, target.directory);
    refuseShortage(first);
    plans.push(first);
    const again: Selection = { ...chosen, skip: [...chosen.skip, ...once] };
    const isDone = first.checks.every(({ check }) => once.includes(check.id));
    for (let round = 2; round <= repeat && !isDone; round += 1)
      plans.push(await planTarget(first.target, { ...settings, selection: again }));
  }
  return plans;
}
