// A client that asks only once meets only the beginning of a script: one run then stands for every script that begins so.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { HELD_UP_MS } from '../evidence/lateness.js';
import type { LaneRun } from '../evidence/run.js';
import { askedOnce } from '../evidence/waits.js';
import { type Scenario, workOf } from './scenario.js';

/** `askedAgain` is to be called as soon as the client calls the operation a second time. */
type Perform = (askedAgain: () => void) => Promise<LaneRun>;

export interface Beginnings {
  /** Runs it, unless another run with the same beginning stands for it. */
  run(scenario: Scenario, perform: Perform): Promise<LaneRun>;
}

export function createBeginnings(): Beginnings {
  const firsts = new Map<string, Promise<LaneRun | null>>();
  return {
    async run(scenario, perform) {
      const beginning = beginningOf(scenario);
      if (beginning === null) return perform(() => undefined);
      // What lasts longest begins first: a fault for good before the same one that passes.
      if (!isForGood(scenario)) await nextTurn();
      const first = firsts.get(beginning);
      if (first === undefined) return performFirst(perform, (told) => firsts.set(beginning, told));
      const alike = await first;
      return alike === null ? perform(() => undefined) : { ...alike, label: scenario.label, ...workOf(scenario) };
    },
  };
}

/** Runs it, and tells what it came to where it stands for others; null, and as early as that is known: it does not. */
async function performFirst(perform: Perform, keep: (told: Promise<LaneRun | null>) => void): Promise<LaneRun> {
  let tell: (alike: LaneRun | null) => void = () => undefined;
  keep(
    new Promise((resolve) => {
      tell = resolve;
    }),
  );
  try {
    const run = await perform(() => tell(null));
    tell(askedOnce(run) && isUndisturbed(run) ? run : null);
    return run;
  } catch (error) {
    tell(null);
    throw error;
  }
}

/** The first run; and further ones as soon as the client asks again in it, or has not shown that it never does. */
export async function withFurther(
  begin: (askedAgain: () => void) => Promise<LaneRun[]>,
  further: () => Promise<LaneRun[]>,
): Promise<LaneRun[]> {
  let tell: (asksAgain: boolean) => void = () => undefined;
  const asksAgain = new Promise<boolean>((resolve) => {
    tell = resolve;
  });
  const first = begin(() => tell(true));
  first.then(
    (runs) => tell(!runs.every(askedOnce)),
    () => tell(false),
  );
  const others = asksAgain.then((isSo) => (isSo ? further() : []));
  return (await Promise.all([first, others])).flat();
}

function isUndisturbed({ recording: { noise } }: LaneRun): boolean {
  return noise.timerLateMaxMs < HELD_UP_MS && noise.idleCloseRaces === 0;
}

/** The first fault, in words; null: more than the script decides what happens, or a repeat is wanted for its own sake. */
function beginningOf(scenario: Scenario): string | null {
  const { script, repeat, crashAfterMs, certificate, command, operation, otherWork, stub } = scenario;
  const fault = script?.steps[0]?.fault;
  const isOfItsOwn = [command, operation, otherWork, stub].some((one) => one !== undefined);
  if (fault == null || repeat > 1 || isOfItsOwn || crashAfterMs !== null || certificate !== 'good') return null;
  return JSON.stringify([fault.id, fault.params]);
}

function isForGood({ script }: Scenario): boolean {
  return script?.steps[0]?.times === null;
}
