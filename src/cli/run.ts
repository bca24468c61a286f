import { dirname } from 'node:path';
import { loadConfig, type ResolvedTarget } from '../config/load.js';
import { cacheFolder } from '../files/cache-folder.js';
import { type LastRun, lastRunPath, readLastRuns, rememberRuns } from '../memory/last-run.js';
import { headOf } from '../source/head.js';
import { againOfRun } from './again.js';
import { environmentWith } from './env-file.js';
import type { RunFlags } from './flags.js';
import { gateFor } from './gate.js';
import { catchInterrupts } from './interrupt.js';
import type { LastFailed } from './last-failed.js';
import { parseOutputs } from './outputs.js';
import type { CommandResult } from './result.js';

export async function run(flags: RunFlags): Promise<CommandResult> {
  const outputs = parseOutputs(flags);
  const gate = await gateFor(flags);
  const environment = await environmentWith(flags.envFile);
  const { file, targets } = await loadConfig({
    config: flags.config,
    cwd: process.cwd(),
    environment,
    only: flags.target,
  });
  const cache = await cacheFolder();
  const path = await lastRunPath(cache, file);
  if (flags.watch === true)
    return (await import('./watch.js')).watchRuns(targets, flags, outputs, { cache, lastRun: path });
  // Only now: until here a signal ends what a config may do, for ever perhaps.
  const interruption = catchInterrupts();
  const runs = await readLastRuns(path);
  const failed = flags.lastFailed === undefined ? null : await lastFailed(targets, flags.lastFailed, runs, flags);
  // Loaded only now: a config error needs neither the HTTP client nor the probes.
  const { runTargets } = await import('./run-targets.js');
  return runTargets(failed?.targets ?? targets, flags, outputs, environment, {
    interruption,
    gate,
    commit: await headOf(dirname(file), environment),
    again: (target) => againOfRun(flags, target, targets.length),
    last: { runs, among: failed?.among, remember: (reports) => rememberRuns(path, reports) },
  });
}

async function lastFailed(
  targets: readonly ResolvedTarget[],
  given: string | true,
  runs: readonly LastRun[],
  { quiet }: RunFlags,
): Promise<LastFailed> {
  const { chooseFailed, openInReport } = await import('./last-failed.js');
  const chosen = chooseFailed(targets, given === true ? runs : await openInReport(given));
  if (quiet !== true) for (const line of chosen.says) process.stderr.write(`golive-check: ${line}\n`);
  return chosen;
}
