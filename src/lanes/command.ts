// One lane: a listener and a process of the user's client of its own.

import { resolve } from 'node:path';
import type { LaneRun } from '../evidence/run.js';
import { samplesOf } from '../proxy/samples.js';
import type { LaneProxy } from '../proxy/server.js';
import { diagnose } from './diagnosis.js';
import { makeLaneDirectory } from './directory.js';
import { endingOf, follow } from './follow.js';
import { environmentOf, ofListener, openListener, opennessOf } from './listener.js';
import { readLogs, sharesLogs, unreadIn } from './logs.js';
import type { LanesOptions } from './options.js';
import { readOutput } from './output.js';
import { createPace, type Pace } from './pace.js';
import { bothOf, type Printed, type RunningProcess, startProcess } from './process.js';
import { type Scenario, workOf } from './scenario.js';
import type { Slots } from './slots.js';
import { leftIn, type Survivor } from './survivors.js';

const GRACE_MS = 2_000;
// A slow starter must not keep the others from starting.
const START_SLOT_MS = 5_000;

/** A command that cannot be started is a run, too: `not-started`. Rejects with Node's error where no port can be had. */
export async function runCommandLane(
  scenario: Scenario,
  starts: Slots,
  given: LanesOptions,
  closesIdle: boolean,
): Promise<LaneRun> {
  const options = ofListener(given);
  const command = scenario.command ?? options.client.command;
  await starts.take(scenario.expectedMs);
  let holding = true;
  const free = () => {
    if (holding) starts.give();
    holding = false;
  };
  const pace = createPace();
  const directory = makeLaneDirectory(options);
  const proxy = await openListener(scenario, options, (event) => {
    if (event.what === 'arrived') free();
    pace.saw(event);
  });
  const logs = readLogs(options, directory.path);
  const begunAt = performance.now();
  const start = () =>
    startProcess(command ?? '', {
      cwd: resolve(options.target.directory, options.client.cwd ?? '.'),
      env: environmentOf(proxy.url, directory.path, options),
    });
  try {
    let child = await start();
    let restartedAtMs: number | null = null;
    const survivors: Survivor[] = [];
    const printed: Printed = { text: '', bytes: 0, isCut: false };
    if (scenario.crashAfterMs !== null) {
      restartedAtMs = await crash(child, proxy, pace, scenario.crashAfterMs, options);
      Object.assign(printed, child.takeOutput());
      survivors.push(...child.survivors());
      if (restartedAtMs !== null) child = await start();
    }
    const how = await follow({
      proxy,
      pace,
      ended: child.ended,
      patienceMs: options.client.patience,
      signal: options.signal,
      closesIdle,
      onLook: (sinceMs) => {
        if (sinceMs > START_SLOT_MS) free();
      },
    });
    const { startError } = child.facts();
    // What is on the wire already belongs to this run.
    if (how === 'over' && pace.arrived()) await proxy.waitForSilence({ quietMs: 50, withinMs: 1_000 });
    proxy.closeIdle();
    await child.stop(GRACE_MS);
    // A handshake that the client broke off is evidence: its end must have arrived.
    if (options.interception !== null) await proxy.drained(1_000);
    const recording = proxy.recording();
    const facts = child.facts();
    const last = child.takeOutput();
    const whole = bothOf(printed, last);
    return {
      label: scenario.label,
      repeat: scenario.repeat,
      ...workOf(scenario),
      ...opennessOf(options),
      recording,
      process: {
        startedAtMs: 0,
        endedAtMs: facts.endedAt === null ? null : Math.round(facts.endedAt - begunAt),
        exitCode: facts.exitCode,
        signal: facts.signal,
        trigger: null,
        reported: true,
        ...leftIn([...survivors, ...child.survivors()], options.redactor),
        ...unreadIn(logs, options.redactor),
        ...readOutput(
          whole,
          { ...logs.added(), shared: sharesLogs(options) },
          recording,
          options.redactor,
          samplesOf(options.target.contract),
        ),
      },
      ended: startError === null ? endingOf(how, pace.arrived()) : 'not-started',
      restartedAtMs,
      diagnosis:
        recording.attempts.length > 0
          ? null
          : diagnose({ ...options.client, command }, whole.text, facts, recording, proxy.unadmitted()),
    };
  } finally {
    free();
    await proxy.close();
    directory.remove();
  }
}

/** Kills the client a while after its first request; null where it had ended by itself before. */
async function crash(
  child: RunningProcess,
  proxy: LaneProxy,
  pace: Pace,
  afterMs: number,
  options: LanesOptions,
): Promise<number | null> {
  const how = await follow({
    proxy,
    pace,
    ended: Promise.race([child.ended, pace.firstAttempt]),
    patienceMs: options.client.patience,
    signal: options.signal,
    closesIdle: false,
  });
  if (how !== 'over' || child.facts().endedAt !== null) return null;
  await Promise.race([child.ended, new Promise((wake) => setTimeout(wake, afterMs))]);
  if (child.facts().endedAt !== null) return null;
  child.kill();
  await child.ended;
  await proxy.waitForSilence({ quietMs: 50, withinMs: 1_000 });
  return proxy.recording().durationMs;
}
