// The demo's runs of the days before: checks that look back on an earlier run have one to look back on.
import type { ResolvedTarget } from '../config/load.js';
import { openState } from '../memory/target.js';
import { randomSeed, runTarget } from '../pipeline.js';
import { type Selection, selectChecks } from '../selection.js';

/** How long before the demo each run takes place, in windows; the oldest first, as the sandbox's clock goes forward. */
const RUNS = [
  { check: 'forgets-expired-keys', windowsAgo: 1.2 },
  { check: 'remembers-keys-within-window', windowsAgo: 0.75 },
] as const;

/** `clock` is the sandbox's as well as ours: both are set back for these runs. */
export async function rehearse(
  target: ResolvedTarget,
  selection: Selection,
  path: string,
  clock: { backMs: number },
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<void> {
  const windowMs = target.contract.idempotency?.windowMs ?? 0;
  const selected = selectChecks(target.config, selection).map((one) => one.check.id);
  for (const { check, windowsAgo } of RUNS.filter((one) => selected.includes(one.check))) {
    if (signal.aborted) break;
    clock.backMs = windowMs * windowsAgo;
    await runTarget(target, {
      selection: { only: [check], skip: [] },
      failOn: 'major',
      seed: randomSeed(),
      liveWritesTo: null,
      concurrency: 1,
      environment,
      signal,
      state: await openState(path),
      now: () => Date.now() - clock.backMs,
    });
  }
  clock.backMs = 0;
}
