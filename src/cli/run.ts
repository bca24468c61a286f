import { loadConfig } from '../config/load.js';
import { environmentWith } from './env-file.js';
import type { RunFlags } from './flags.js';
import { catchInterrupts } from './interrupt.js';
import { parseOutputs } from './outputs.js';
import type { CommandResult } from './result.js';

export async function run(flags: RunFlags): Promise<CommandResult> {
  const outputs = parseOutputs(flags);
  const environment = await environmentWith(flags.envFile);
  const { targets } = await loadConfig({ config: flags.config, cwd: process.cwd(), environment });
  // Only now: until here a signal ends what a config may do, for ever perhaps.
  const interruption = catchInterrupts();
  // Loaded only now: a config error needs neither the HTTP client nor the probes.
  const { runTargets } = await import('./run-targets.js');
  return runTargets(targets, flags, outputs, environment, { interruption });
}
