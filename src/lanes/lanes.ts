// Runs scenarios: a command side by side, longest first; a service in turn. Once more what was disturbed.
import { availableParallelism } from 'node:os';
import { HELD_UP_MS, NOISY_MS } from '../evidence/lateness.js';
import type { LaneRun } from '../evidence/run.js';
import type { AttemptEvent } from '../proxy/options.js';
import { createBeginnings, withFurther } from './beginnings.js';
import { runCommandLane } from './command.js';
import type { LanesOptions } from './options.js';
import type { Scenario } from './scenario.js';
import { createService } from './service.js';
import { createSlots, type Slots } from './slots.js';
import { createWaits } from './waits.js';

export interface Lanes {
  /** One run each, in the order of the scenarios. Rejects with NoEvidence where a service cannot be started. */
  run(scenarios: readonly Scenario[]): Promise<LaneRun[]>;
  /** The first, and the further ones as soon as the client asks again in it; the first alone where it asks once. */
  runFurther(first: Scenario, further: readonly Scenario[]): Promise<LaneRun[]>;
  /** So many side by side while no other client starts: their waits are measured on a quiet machine. */
  runQuietly(scenarios: readonly Scenario[], atOnce: number): Promise<LaneRun[]>;
}

/** `askedAgain` is called when the client calls the operation a second time. */
type Run = (scenario: Scenario, closesIdle?: boolean, askedAgain?: () => void) => Promise<LaneRun>;

export interface OpenLanes extends Lanes {
  /** Ends what runs beyond one scenario. */
  close(): Promise<void>;
}

/** Nothing is started before the first run. */
export function createLanes(options: LanesOptions): OpenLanes {
  const { signal } = options;
  const starts = createSlots(Math.min(options.atOnce, Math.max(2, availableParallelism())));
  const places = createSlots(options.atOnce);
  const beginnings = createBeginnings();
  let done = 0;
  const report = () => options.onLane?.(done, waits.now());
  const waits = createWaits(report);
  // One run at a time.
  const ofService = waits.begin();
  const service =
    options.client.service === undefined
      ? null
      : createService(options.client.service, { ...options, onAttempt: ofService.saw });

  async function perform(
    scenario: Scenario,
    own: Slots,
    closesIdle: boolean,
    askedAgain: () => void = () => undefined,
  ): Promise<LaneRun> {
    const wait = waits.begin();
    const count = countingCalls(askedAgain);
    const onAttempt = (event: AttemptEvent) => {
      wait.saw(event);
      count(event);
    };
    report();
    try {
      // A workload is a command of its own, also of a client that is otherwise a service.
      const running = scenario.command === undefined ? service?.run(scenario) : undefined;
      return await (running ?? runCommandLane(scenario, own, { ...options, onAttempt }, closesIdle));
    } finally {
      done += 1;
      wait.over();
      if (scenario.command === undefined) ofService.over();
      report();
    }
  }

  async function one(scenario: Scenario, closesIdle = true, askedAgain?: () => void): Promise<LaneRun> {
    await places.take(scenario.expectedMs);
    return perform(scenario, starts, closesIdle, askedAgain).finally(places.give);
  }

  /** Another run may stand for it. */
  const any: Run = (scenario, closesIdle, askedAgain) =>
    beginnings.run(scenario, (told) =>
      one(scenario, closesIdle, () => {
        told();
        askedAgain?.();
      }),
    );

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

  return {
    run: (scenarios) => performAll(scenarios, any, one, signal),
    runFurther: (first, further) =>
      withFurther(
        (askedAgain) =>
          performAll([first], (scenario, closesIdle) => any(scenario, closesIdle, askedAgain), one, signal),
        () => performAll(further, any, one, signal),
      ),
    runQuietly: (scenarios, atOnce) =>
      whileQuiet((each) => {
        const mine = createSlots(atOnce);
        const inTurn: Run = async (scenario, closesIdle) => {
          await mine.take(scenario.expectedMs);
          return each(scenario, closesIdle).finally(mine.give);
        };
        return performAll(scenarios, inTurn, inTurn, signal);
      }),
    async close() {
      await service?.close();
      options.upstream?.close();
    },
  };
}

/** Each of them; and once more where the machine, or we, disturbed it. */
async function performAll(
  scenarios: readonly Scenario[],
  each: Run,
  again: Run,
  signal: AbortSignal,
): Promise<LaneRun[]> {
  const begun = await Promise.all(scenarios.map(async (scenario) => ({ scenario, run: await each(scenario) })));
  const runs: LaneRun[] = [];
  for (const { scenario, run } of begun) {
    const { timerLateMaxMs, idleCloseRaces } = run.recording.noise;
    const isNoisy = timerLateMaxMs >= (scenario.timing ? NOISY_MS : HELD_UP_MS);
    const isSound = (!isNoisy && idleCloseRaces === 0) || signal.aborted;
    runs.push(isSound ? run : await again(scenario, idleCloseRaces === 0));
  }
  return runs;
}

/** Tells of the second call of the operation, as soon as it arrives. */
function countingCalls(askedAgain: () => void): (event: AttemptEvent) => void {
  let calls = 0;
  return ({ what, target }) => {
    if (what === 'arrived' && target) calls += 1;
    if (calls > 1) askedAgain();
  };
}
