// Runs scenarios: a command side by side, longest first; a service in turn. Once more what was disturbed.
import { availableParallelism } from 'node:os';
import { HELD_UP_MS, NOISY_MS } from '../evidence/lateness.js';
import type { LaneRun } from '../evidence/run.js';
import { runCommandLane } from './command.js';
import type { LanesOptions } from './options.js';
import type { Scenario } from './scenario.js';
import { createService } from './service.js';
import { createSlots, type Slots } from './slots.js';
import { createWaits } from './waits.js';

export interface Lanes {
  /** One run each, in the order of the scenarios. Rejects with NoEvidence where a service cannot be started. */
  run(scenarios: readonly Scenario[]): Promise<LaneRun[]>;
  /** So many side by side while no other client starts: their waits are measured on a quiet machine. */
  runQuietly(scenarios: readonly Scenario[], atOnce: number): Promise<LaneRun[]>;
}

type Run = (scenario: Scenario, closesIdle?: boolean) => Promise<LaneRun>;

export interface OpenLanes extends Lanes {
  /** Ends what runs beyond one scenario. */
  close(): Promise<void>;
}

/** Nothing is started before the first run. */
export function createLanes(options: LanesOptions): OpenLanes {
  const starts = createSlots(Math.min(options.atOnce, Math.max(2, availableParallelism())));
  const places = createSlots(options.atOnce);
  let done = 0;
  const report = () => options.onLane?.(done, waits.now());
  const waits = createWaits(report);
  // One run at a time.
  const ofService = waits.begin();
  const service =
    options.client.service === undefined
      ? null
      : createService(options.client.service, { ...options, onAttempt: ofService.saw });

  async function perform(scenario: Scenario, own: Slots, closesIdle: boolean): Promise<LaneRun> {
    const wait = waits.begin();
    report();
    try {
      // A workload is a command of its own, also of a client that is otherwise a service.
      const running = scenario.command === undefined ? service?.run(scenario) : undefined;
      return await (running ?? runCommandLane(scenario, own, { ...options, onAttempt: wait.saw }, closesIdle));
    } finally {
      done += 1;
      wait.over();
      if (scenario.command === undefined) ofService.over();
      report();
    }
  }

  async function one(scenario: Scenario, closesIdle = true): Promise<LaneRun> {
    await places.take(scenario.expectedMs);
    return perform(scenario, starts, closesIdle).finally(places.give);
  }

  /** While no other client starts; its own start one after the other. */
  async function whileQuiet<T>(work: (each: Run) => Promise<T>): Promise<T> {
    await places.take(Number.MAX_SAFE_INTEGER);
    await starts.takeAll();
    const first = createSlots(1);
    try {
      return await work(async (scenario, closesIdle = true) => ({
        ...(await perform(scenario, first, closesIdle)),
        quiet: true,
      }));
    } finally {
      starts.giveAll();
      places.give();
    }
  }

  /** Each of them; and once more where the machine, or we, disturbed it. */
  async function all(scenarios: readonly Scenario[], each: Run): Promise<LaneRun[]> {
    const begun = await Promise.all(scenarios.map(async (scenario) => ({ scenario, run: await each(scenario) })));
    const runs: LaneRun[] = [];
    for (const { scenario, run } of begun) {
      const { timerLateMaxMs, idleCloseRaces } = run.recording.noise;
      const isNoisy = timerLateMaxMs >= (scenario.timing ? NOISY_MS : HELD_UP_MS);
      const isSound = (!isNoisy && idleCloseRaces === 0) || options.signal.aborted;
      runs.push(isSound ? run : await each(scenario, idleCloseRaces === 0));
    }
    return runs;
  }

  return {
    run: (scenarios) => all(scenarios, one),
    runQuietly: (scenarios, atOnce) =>
      whileQuiet((each) => {
        const mine = createSlots(atOnce);
        const inTurn: Run = async (scenario, closesIdle) => {
          await mine.take(scenario.expectedMs);
          return each(scenario, closesIdle).finally(mine.give);
        };
        return all(scenarios, inTurn);
      }),
    async close() {
      await service?.close();
      options.upstream?.close();
    },
  };
}
