// Triggers a scenario at the running service, and knows when it is over.
import type { Client } from '../../config/schema.js';
import type { Recording } from '../../evidence/recording.js';
import { answeredAtMs } from '../../evidence/waits.js';
import { ok, scriptOf, step } from '../../proxy/arm.js';
import type { AttemptEvent, LaneProxy } from '../../proxy/server.js';
import { follow, IDLE_MS } from '../follow.js';
import { armed } from '../listener.js';
import type { LanesOptions } from '../options.js';
import { createPace, type Pace } from '../pace.js';
import { type Scenario, scenario as scenarioOf } from '../scenario.js';
import { pullTrigger, type Triggered } from '../trigger.js';
import { GRACE_MS, type Running, type ServiceHost } from './host.js';
import { untilQuiet } from './quiet.js';

// After a trigger that waits for its operation nothing should come any more.
const QUIET_MS = 400;
// How long the first answer is held back, to see whether the trigger waits for it.
const HELD_MS = 600;
// One without a request tells nothing.
const MOST_CALIBRATIONS = 3;

export interface Performed extends Triggered {
  how: Awaited<ReturnType<typeof follow>>;
  pace: Pace;
  /** On the clock of performance.now(). */
  begunAt: number;
}

export interface ServiceDriver {
  /** Of every attempt at the listener. */
  saw(event: AttemptEvent): void;
  /** Learns by calls of its own whether the trigger waits for its operation; does nothing once that is known. */
  calibrate(on: Running): Promise<void>;
  /** `onBegin` is called before anything is sent. */
  perform(scenario: Scenario, on: Running, onBegin?: (pace: Pace) => void): Promise<Performed>;
  /** Whether the trigger was answered with the end of the operation in sight: after its last attempt. */
  sawTheEnd(performed: Performed, recording: Recording): boolean;
  /** Quiet for longer than the service may wait before it comes again. */
  untilIdle(proxy: LaneProxy, times?: number): Promise<void>;
}

export function createServiceDriver(
  trigger: NonNullable<Client['service']>['trigger'],
  options: LanesOptions,
  placeAt: ServiceHost['placeAt'],
): ServiceDriver {
  let pace = createPace();
  /** Whether the trigger is answered only when the operation is over; null: not known yet. */
  let waits: boolean | null = null;
  let calibrations = 0;

  async function perform(scenario: Scenario, on: Running, onBegin?: (pace: Pace) => void): Promise<Performed> {
    const own = createPace();
    pace = own;
    onBegin?.(own);
    // A connection that is open already would not be shown this scenario's certificate.
    if (options.interception !== null && scenario.certificate !== 'good') on.proxy.closeIdle();
    // Before the recording, so that what the trigger answered last never seems to come before what was recorded last.
    const begunAt = performance.now();
    on.proxy.rearm(armed(scenario, options));
    on.child.takeOutput();
    on.logs.added();
    const { patience: patienceMs } = options.client;
    const triggered = await pullTrigger(trigger, { ...placeAt(on.proxy), timeoutMs: patienceMs + GRACE_MS });
    const ended = over(triggered, on.proxy, own);
    const { signal } = options;
    const how = await follow({ proxy: on.proxy, pace: own, ended, patienceMs, signal, closesIdle: false });
    await triggered.stop(GRACE_MS);
    return { ...triggered, how, pace: own, begunAt };
  }

  /** The trigger was answered, and nothing comes any more. */
  async function over(triggered: Triggered, proxy: LaneProxy, own: Pace): Promise<void> {
    await triggered.ended;
    // Without a request yet, one may still be on its way; and what failed in front may be tried again behind.
    const { trigger: answer, exitCode } = triggered.facts();
    const isDone = waits === true && (answer?.expected ?? exitCode === 0);
    await untilQuiet(proxy, () => (isDone && own.arrived() ? QUIET_MS : IDLE_MS + own.nextWaitMs()), options);
  }

  return {
    saw: (event) => pace.saw(event),
    perform,
    /** One call with a held answer: does the trigger wait for it? */
    async calibrate(on) {
      if (waits !== null || calibrations >= MOST_CALIBRATIONS) return;
      calibrations += 1;
      const held = scenarioOf('service calibration', scriptOf(step('delay', { ms: HELD_MS }), ok));
      const { facts, begunAt } = await perform(held, on);
      const [attempt] = on.proxy.recording().attempts.filter((one) => one.target);
      const { endedAt } = facts();
      if (attempt?.times.endedAtMs == null || endedAt === null) return;
      // On a busy machine the service may have our answer, and give its own, before we learn that ours is out.
      waits = endedAt - begunAt >= answeredAtMs(attempt);
    },
    sawTheEnd({ facts, begunAt }, { attempts }) {
      const { endedAt } = facts();
      const last = attempts.filter((one) => one.target).at(-1);
      return waits === true && (last === undefined || (endedAt ?? 0) - begunAt >= last.times.firstByteAtMs);
    },
    untilIdle: (proxy, times = 1) => untilQuiet(proxy, () => times * (IDLE_MS + pace.nextWaitMs()), options),
  };
}
