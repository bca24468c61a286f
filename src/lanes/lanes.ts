// Runs scenarios: a command side by side, longest first; a service in turn. Repeats alone what was disturbed.
import { availableParallelism } from 'node:os';
import { runCommandLane } from './command.js';
import type { LanesOptions } from './options.js';
import type { LaneRun } from './run.js';
import type { Scenario } from './scenario.js';
import { createService } from './service.js';
import { createSlots } from './slots.js';

export interface Lanes {
  /** `atOnce`: no more of them side by side, where the machine must be quiet. */
  run(scenarios: readonly Scenario[], atOnce?: number): Promise<LaneRun[]>;
}

export interface OpenLanes extends Lanes {
  /** Ends what runs beyond one scenario. */
  close(): Promise<void>;
}

// A lane whose own timer came this late is too noisy to judge waits by, and is run again alone.
export const NOISY_MS = 150;

export function createLanes(options: LanesOptions): OpenLanes {
  const starts = createSlots(Math.min(options.atOnce, Math.max(2, availableParallelism())));
  const places = createSlots(options.atOnce);
  const service = options.client.service === undefined ? null : createService(options.client.service, options);
  let running = 0;
  let done = 0;

  async function one(scenario: Scenario, closesIdle = true): Promise<LaneRun> {
    await places.take(scenario.expectedMs);
    running += 1;
    options.onLane?.(running, done);
    try {
      // A workload is a command of its own, also of a client that is otherwise a service.
      const running = scenario.command === undefined ? service?.run(scenario) : undefined;
      return await (running ?? runCommandLane(scenario, starts, options, closesIdle));
    } finally {
      places.give();
      running -= 1;
      done += 1;
      options.onLane?.(running, done);
    }
  }

  return {
    async run(scenarios, atOnce = scenarios.length) {
      const mine = createSlots(Math.max(1, atOnce));
      const runs = await Promise.all(
        scenarios.map(async (scenario) => {
          await mine.take(scenario.expectedMs);
          return one(scenario).finally(mine.give);
        }),
      );
      for (const [at, scenario] of scenarios.entries()) {
        const run = runs[at];
        if (run === undefined || options.signal.aborted) continue;
        const { timerLateMaxMs, idleCloseRaces } = run.recording.noise;
        const noisy = scenario.timing && timerLateMaxMs >= NOISY_MS;
        if (noisy || idleCloseRaces > 0) runs[at] = await one(scenario, idleCloseRaces === 0);
      }
      return runs;
    },
    async close() {
      await service?.close();
      options.upstream?.close();
    },
  };
}
