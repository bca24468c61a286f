// Runs scenarios: a command side by side, longest first; a service in turn. Repeats alone what was disturbed.
import { availableParallelism } from 'node:os';
import { runCommandLane } from './command.js';
import { NOISY_MS } from './lateness.js';
import type { LanesOptions } from './options.js';
import type { LaneRun } from './run.js';
import type { Scenario } from './scenario.js';
import { createService } from './service.js';
import { createSlots, type Slots } from './slots.js';

export interface Lanes {
  run(scenarios: readonly Scenario[]): Promise<LaneRun[]>;
  /** So many side by side while no other client starts: their waits are measured on a quiet machine. */
  runQuietly(scenarios: readonly Scenario[], atOnce: number): Promise<LaneRun[]>;
}

export interface OpenLanes extends Lanes {
  /** Ends what runs beyond one scenario. */
  close(): Promise<void>;
}

export function createLanes(options: LanesOptions): OpenLanes {
  const starts = createSlots(Math.min(options.atOnce, Math.max(2, availableParallelism())));
  const places = createSlots(options.atOnce);
  const service = options.client.service === undefined ? null : createService(options.client.service, options);
  let running = 0;
  let done = 0;

  async function perform(scenario: Scenario, own: Slots, closesIdle: boolean): Promise<LaneRun> {
    running += 1;
    options.onLane?.(running, done);
    try {
      // A workload is a command of its own, also of a client that is otherwise a service.
      const running = scenario.command === undefined ? service?.run(scenario) : undefined;
      return await (running ?? runCommandLane(scenario, own, options, closesIdle));
    } finally {
      running -= 1;
      done += 1;
      options.onLane?.(running, done);
    }
  }

  async function one(scenario: Scenario, closesIdle = true): Promise<LaneRun> {
    await places.take(scenario.expectedMs);
    return perform(scenario, starts, closesIdle).finally(places.give);
  }

  /** Once more where the machine, or we, disturbed the run. */
  async function sound(
    scenario: Scenario,
    run: LaneRun,
    again: (closesIdle: boolean) => Promise<LaneRun>,
  ): Promise<LaneRun> {
    const { timerLateMaxMs, idleCloseRaces } = run.recording.noise;
    const isNoisy = scenario.timing && timerLateMaxMs >= NOISY_MS;
    return (isNoisy || idleCloseRaces > 0) && !options.signal.aborted ? again(idleCloseRaces === 0) : run;
  }

  async function all(
    scenarios: readonly Scenario[],
    each: (scenario: Scenario, closesIdle?: boolean) => Promise<LaneRun>,
  ): Promise<LaneRun[]> {
    const begun = await Promise.all(scenarios.map(async (scenario) => ({ scenario, run: await each(scenario) })));
    const runs: LaneRun[] = [];
    for (const { scenario, run } of begun)
      runs.push(await sound(scenario, run, (closesIdle) => each(scenario, closesIdle)));
    return runs;
  }

  return {
    run: (scenarios) => all(scenarios, one),
    async runQuietly(scenarios, atOnce) {
      await places.take(Number.MAX_SAFE_INTEGER);
      await starts.takeAll();
      // One start at a time, and places of its own.
      const [first, mine] = [createSlots(1), createSlots(atOnce)];
      try {
        return await all(scenarios, async (scenario, closesIdle = true) => {
          await mine.take(scenario.expectedMs);
          const run = await perform(scenario, first, closesIdle).finally(mine.give);
          return { ...run, quiet: true };
        });
      } finally {
        starts.giveAll();
        places.give();
      }
    },
    async close() {
      await service?.close();
      options.upstream?.close();
    },
  };
}
