// The plans of a run, all of them before anything is sent.
import type { ResolvedTarget } from './config/load.js';
import { UserError } from './errors.js';
import { planTarget } from './pipeline.js';
import type { Plan } from './plan.js';
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

/**
 * Each target so often in a row: what one does beside itself would count as its own.
 * @throws UserError where one of them cannot run
 */
export async function plansOf(targets: readonly ResolvedTarget[], planning: Planning): Promise<Plan[]> {
  const { among, repeat = 1, chosenBy, selection, ...settings } = planning;
  const plans: Plan[] = [];
  for (const target of targets.flatMap((one) => Array.from({ length: repeat }, () => one))) {
    const plan = await planTarget(target, { ...settings, selection: { ...selection, among: among?.get(target.name) } });
    if (plan.checks.length === 0)
      throw new UserError(
        'nothing-selected',
        `${target.name}: ${chosenBy} leave no check to run`,
        'see them all with: golive-check list',
      );
    await readAuthority(target.config.endpoint?.ca, target.directory);
    refuseShortage(plan);
    plans.push(plan);
  }
  return plans;
}
