// A service of the user's: started once, triggered per scenario, in turn. Scenarios are told apart by quiet on the wire.

import type { Client } from '../config/schema.js';
import type { LaneRun } from '../evidence/run.js';
import { samplesOf } from '../proxy/samples.js';
import { diagnose } from './diagnosis.js';
import { endingOf } from './follow.js';
import { ofListener, opennessOf } from './listener.js';
import { unreadIn } from './logs.js';
import type { LanesOptions } from './options.js';
import { readOutput } from './output.js';
import { bothOf } from './process.js';
import { type Scenario, workOf } from './scenario.js';
import { createServiceDriver, type ServiceDriver } from './service/driver.js';
import { createServiceHost, type ServiceHost } from './service/host.js';
import { createLateAttempts } from './service/late-attempts.js';
import { createSlots } from './slots.js';
import { leftIn } from './survivors.js';

export interface Service {
  /** One scenario at a time, the most expensive first. Throws NoEvidence where the service cannot be started. */
  run(scenario: Scenario): Promise<LaneRun>;
  /** Ends the service; what it left running is noted in the last run. */
  close(): Promise<void>;
}

interface Parts {
  options: LanesOptions;
  host: ServiceHost;
  driver: ServiceDriver;
}

/** The service is started by the first run. */
export function createService(service: NonNullable<Client['service']>, given: LanesOptions): Service {
  const options = ofListener(given);
  const host: ServiceHost = createServiceHost(service, options, (event) => driver.saw(event));
  const driver: ServiceDriver = createServiceDriver(service.trigger, options, host.placeAt);
  const lateAttempts = createLateAttempts();
  const turn = createSlots(1);
  let lastRun: LaneRun | null = null;

  async function once(scenario: Scenario): Promise<LaneRun> {
    lastRun = await runOnce(scenario, { options, host, driver });
    return lastRun;
  }

  return {
    async run(scenario) {
      await turn.take(scenario.expectedMs);
      try {
        const run = await once(scenario);
        if (!lateAttempts.arrivedIn(run) || options.signal.aborted) return run;
        const proxy = host.proxy();
        if (proxy !== null) await driver.untilIdle(proxy, 2);
        return await once(scenario);
      } finally {
        turn.give();
      }
    },
    async close() {
      await host.stop();
      const { left = [] } = leftIn(host.survivors, options.redactor);
      if (lastRun !== null && left.length > 0) lastRun.process.left = [...(lastRun.process.left ?? []), ...left];
      await host.close();
    },
  };
}

/** Runs a scenario and takes its evidence, before a service that is stuck in it is stopped. */
async function runOnce(scenario: Scenario, parts: Parts): Promise<LaneRun> {
  const { options, host, driver } = parts;
  const on = await host.ensureRunning(scenario);
  await driver.calibrate(on);
  const { crashAfterMs } = scenario;
  let crashed: Promise<number | null> = Promise.resolve(null);
  const performed = await driver.perform(scenario, on, (pace) => {
    if (crashAfterMs !== null) crashed = host.crash(on, crashAfterMs, pace.firstAttempt);
  });
  const restartedAtMs = await crashed;
  if (restartedAtMs !== null) {
    await host.startAgain(on);
    // It does first what it still has to do.
    await driver.untilIdle(on.proxy);
  }
  const { child } = host.running() ?? on;
  const ended = restartedAtMs === null ? child.facts() : null;
  const output = bothOf(child.takeOutput(), performed.child?.takeOutput());
  const recording = on.proxy.recording();
  // A service that is still busy with this scenario would spoil the next one.
  if (performed.how === 'patience' || performed.how === 'interrupted') await host.stop();
  host.survivors.push(...(performed.child?.survivors() ?? []));
  const { exitCode, signal, trigger } = performed.facts();
  return {
    label: scenario.label,
    repeat: scenario.repeat,
    ...workOf(scenario),
    ...opennessOf(options),
    recording,
    process: {
      startedAtMs: 0,
      endedAtMs: Math.round(recording.durationMs),
      exitCode: exitCode ?? ended?.exitCode ?? null,
      signal: signal ?? ended?.signal ?? null,
      trigger,
      reported: driver.sawTheEnd(performed, recording),
      ...leftIn(host.survivors.splice(0), options.redactor),
      ...unreadIn(on.logs, options.redactor),
      ...readOutput(
        output,
        { ...on.logs.added(), shared: false },
        recording,
        options.redactor,
        samplesOf(options.target.contract),
      ),
    },
    ended: endingOf(performed.how, performed.pace.arrived()),
    restartedAtMs,
    diagnosis:
      recording.attempts.length > 0
        ? null
        : diagnose(
            options.client,
            output.text,
            { exitCode, signal, startError: trigger?.error ?? null },
            recording,
            on.proxy.unadmitted(),
          ),
  };
}
