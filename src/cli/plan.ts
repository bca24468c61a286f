import { fastTarget } from '../config/fast.js';
import { loadConfig } from '../config/load.js';
import { EXIT } from '../exit.js';
import { planTarget } from '../pipeline.js';
import { renderPlan } from '../views/plan.js';
import { environmentWith } from './env-file.js';
import type { Flags } from './flags.js';
import type { CommandResult } from './result.js';
import { stateFor } from './state.js';
import { renderOptions } from './terminal.js';

export async function plan(flags: Flags<'plan'>): Promise<CommandResult> {
  const environment = await environmentWith(flags.envFile);
  const { config, target: only } = flags;
  const { targets } = await loadConfig({ config, only, cwd: process.cwd(), environment, allowMissing: true });
  const settings = {
    selection: { only: flags.only ?? [], skip: flags.skip ?? [] },
    seed: 0, // the plan shows templates, so no value of the seed is ever seen
    liveWritesTo: flags.allowLiveWrites ?? null,
    state: await stateFor(targets, flags.state, only !== undefined),
  };
  const plans = await Promise.all(
    targets.map((target) => planTarget(flags.fast === true ? fastTarget(target) : target, settings)),
  );
  const texts = plans.map((one) => renderPlan(one, renderOptions(flags)));
  return { code: EXIT.go, stdout: texts.join('\n') };
}
