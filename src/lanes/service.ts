// A service of the user's: started once, triggered per scenario, in turn. Scenarios are told apart by quiet on the wire.

import { resolve } from 'node:path';
import type { Client } from '../config/schema.js';
import type { Recording } from '../evidence/recording.js';
import type { LaneRun } from '../evidence/run.js';
import { answeredAtMs } from '../evidence/waits.js';
import { ok, scriptOf, step } from '../proxy/arm.js';
import { samplesOf } from '../proxy/samples.js';
import type { AttemptEvent, LaneProxy } from '../proxy/server.js';
import { NoEvidence } from '../transport/budget.js';
import { diagnose } from './diagnosis.js';
import { makeLaneDirectory } from './directory.js';
import { endingOf, follow, IDLE_MS } from './follow.js';
import { armed, environmentOf, ofListener, openListener, opennessOf } from './listener.js';
import { type LogReader, readLogs, unreadIn } from './logs.js';
import type { LanesOptions } from './options.js';
import { readOutput } from './output.js';
import { createPace, type Pace } from './pace.js';
import { bothOf, type RunningProcess, startProcess } from './process.js';
import { untilReady } from './ready.js';
import { type Scenario, scenario as scenarioOf, workOf } from './scenario.js';
import { createSlots } from './slots.js';
import { leftIn, type Survivor } from './survivors.js';
import { pullTrigger, type Triggered } from './trigger.js';

export interface Service {
  run(scenario: Scenario): Promise<LaneRun>;
  close(): Promise<void>;
}

const GRACE_MS = 2_000;
// After a trigger that waits for its operation nothing should come any more.
const QUIET_MS = 400;
// How long the first answer is held back, to see whether the trigger waits for it.
const HELD_MS = 600;
const LOOK_MS = 100;
// One without a request tells nothing.
const MOST_CALIBRATIONS = 3;

type Performed = Triggered & { how: Awaited<ReturnType<typeof follow>> };

interface Running {
  child: RunningProcess;
  proxy: LaneProxy;
  logs: LogReader;
}

export function createService(service: NonNullable<Client['service']>, given: LanesOptions): Service {
  const options = ofListener(given);
  const turn = createSlots(1);
  const cwd = resolve(options.target.directory, options.client.cwd ?? '.');
  const directory = makeLaneDirectory(options);
  const seen = new Set<string>();
  let proxy: LaneProxy | null = null;
  let running: Running | null = null;
  let pace: Pace = createPace();
  /** Whether the trigger is answered only when the operation is over; null: not tried yet. */
  let waits: boolean | null = null;
  let calibrations = 0;
  /** Told by the next run, or by the last one where none comes any more. */
  const survivors: Survivor[] = [];
  let lastRun: LaneRun | null = null;

  const onAttempt = (event: AttemptEvent) => pace.saw(event);

  /** Words for why there is no running service; null: there is one. */
  async function ensureRunning(scenario: Scenario): Promise<string | null> {
    if (running === null || running.child.facts().endedAt !== null) {
      if (running !== null) await stop();
      const why = await begin(scenario);
      if (why !== null) return why;
    }
    if (waits === null && running !== null && calibrations < MOST_CALIBRATIONS) await calibrate(running);
    return null;
  }

  async function begin(scenario: Scenario): Promise<string | null> {
    proxy ??= await openListener(scenario, options, onAttempt);
    const env = environmentOf(proxy.url, directory.path, options);
    const logs = readLogs(options, directory.path);
    const child = await startProcess(service.start, { cwd, env });
    running = { child, proxy, logs };
    const why = await untilReady(service.ready, child, options.signal);
    if (why !== null) {
      const said = child.output();
      await stop();
      return `${why}${lastLine(said)}`;
    }
    return null;
  }

  function lastLine(output: string): string {
    const line = options.redactor.redact(output).text.trim().split('\n').at(-1)?.slice(0, 160) ?? '';
    return line === '' ? '' : `; it printed: ${line}`;
  }

  async function stop(): Promise<void> {
    await running?.child.stop(GRACE_MS);
    survivors.push(...(running?.child.survivors() ?? []));
    running = null;
  }

  /** One call with a held answer: does the trigger wait for it? */
  async function calibrate(on: Running): Promise<void> {
    calibrations += 1;
    const held = scenarioOf('service calibration', scriptOf(step('delay', { ms: HELD_MS }), ok));
    const triggered = await perform(held, on);
    const [attempt] = on.proxy.recording().attempts.filter((one) => one.target);
    const { endedAt } = triggered.facts();
    if (attempt?.times.endedAtMs == null || endedAt === null) return;
    // On a busy machine the service may have our answer, and give its own, before we learn that ours is out.
    waits = endedAt - begunAt >= answeredAtMs(attempt);
  }

  // Of the scenario under way, on the clock of `performance.now()`.
  let begunAt = 0;

  async function perform(scenario: Scenario, on: Running, begun: () => void = () => undefined): Promise<Performed> {
    pace = createPace();
    begun();
    // A connection that is open already would not be shown this scenario's certificate.
    if (options.interception !== null && scenario.certificate !== 'good') on.proxy.closeIdle();
    // Before the recording, so that what the trigger answered last never seems to come before what was recorded last.
    begunAt = performance.now();
    on.proxy.rearm(armed(scenario, options));
    on.child.takeOutput();
    on.logs.added();
    const env = environmentOf(on.proxy.url, directory.path, options);
    const triggered = await pullTrigger(service.trigger, { cwd, env, timeoutMs: options.client.patience + GRACE_MS });
    const how = await follow({
      proxy: on.proxy,
      pace,
      ended: over(triggered, on.proxy),
      patienceMs: options.client.patience,
      signal: options.signal,
      closesIdle: false,
    });
    await triggered.stop(GRACE_MS);
    return { ...triggered, how };
  }

  /** The trigger was answered, and nothing comes any more. */
  async function over(triggered: Triggered, on: LaneProxy): Promise<void> {
    await triggered.ended;
    // Without a request yet, one may still be on its way; and what failed in front may be tried again behind.
    const { trigger, exitCode } = triggered.facts();
    const isDone = waits === true && (trigger?.expected ?? exitCode === 0);
    await untilQuiet(on, () => (isDone && pace.arrived() ? QUIET_MS : IDLE_MS + pace.nextWaitMs()));
  }

  /** Whether the trigger was answered with the end of the operation in sight: after its last attempt. */
  function sawTheEnd(triggered: Triggered, { attempts }: Recording): boolean {
    const { endedAt } = triggered.facts();
    const last = attempts.filter((one) => one.target).at(-1);
    return waits === true && (last === undefined || (endedAt ?? 0) - begunAt >= last.times.firstByteAtMs);
  }

  async function once(scenario: Scenario): Promise<LaneRun> {
    const why = await ensureRunning(scenario);
    if (why !== null || running === null) throw new NoEvidence('dependency', why ?? 'the service is not running');
    const on = running;
    let killed: Promise<number | null> = Promise.resolve(null);
    const triggered = await perform(scenario, on, () => {
      if (scenario.crashAfterMs !== null) killed = kill(scenario.crashAfterMs, on);
    });
    const restartedAtMs = await killed;
    if (restartedAtMs !== null) await startAgain(on);
    const { trigger, exitCode, signal } = triggered.facts();
    const { child } = running ?? on;
    const ended = restartedAtMs === null ? child.facts() : null;
    const output = bothOf(child.takeOutput(), triggered.child?.takeOutput());
    const recording = on.proxy.recording();
    // A service that is still busy with this scenario would spoil the next one.
    if (triggered.how === 'patience' || triggered.how === 'interrupted') await stop();
    survivors.push(...(triggered.child?.survivors() ?? []));
    lastRun = {
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
        reported: sawTheEnd(triggered, recording),
        ...leftIn(survivors.splice(0), options.redactor),
        ...unreadIn(on.logs, options.redactor),
        ...readOutput(
          output,
          { ...on.logs.added(), shared: false },
          recording,
          options.redactor,
          samplesOf(options.target.contract),
        ),
      },
      ended: endingOf(triggered.how, pace.arrived()),
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
    return lastRun;
  }

  /** Ends the service a while after the first request of the scenario, without a warning. */
  async function kill(afterMs: number, on: Running): Promise<number | null> {
    await Promise.race([pace.firstAttempt, on.child.ended]);
    await Promise.race([new Promise((wake) => setTimeout(wake, afterMs)), on.child.ended]);
    if (on.child.facts().endedAt !== null) return null;
    on.child.kill();
    await on.child.ended;
    survivors.push(...on.child.survivors());
    return on.proxy.recording().durationMs;
  }

  /** And waits until it has done what it still had to do. */
  async function startAgain(on: Running): Promise<void> {
    const child = await startProcess(service.start, { cwd, env: environmentOf(on.proxy.url, directory.path, options) });
    running = { ...on, child };
    if ((await untilReady(service.ready, child, options.signal)) !== null) await stop();
    await untilQuiet(on.proxy, () => IDLE_MS + pace.nextWaitMs());
  }

  /** Quiet for so long from now on: what was quiet before says nothing of what is still to come. */
  async function untilQuiet(on: LaneProxy, quietMs: () => number): Promise<void> {
    const begun = performance.now();
    for (;;) {
      await new Promise((wake) => setTimeout(wake, LOOK_MS));
      const forMs = performance.now() - begun;
      const { silentForMs } = await on.waitForSilence({ quietMs: 0, withinMs: 0 });
      if (Math.min(forMs, silentForMs) >= quietMs() || options.signal.aborted || forMs > options.client.patience)
        return;
    }
  }

  /** A late attempt of a scenario before: its key and operation were seen there, beside others here. */
  function straggles(run: LaneRun): boolean {
    const names = run.recording.attempts.flatMap(({ logical, request }) =>
      logical === null || request.idempotencyKey === null ? [] : [`${logical} ${request.idempotencyKey}`],
    );
    const own = new Set(names);
    const old = [...own].filter((name) => seen.has(name));
    for (const name of own) seen.add(name);
    return old.length > 0 && old.length < own.size;
  }

  return {
    async run(scenario) {
      await turn.take(scenario.expectedMs);
      try {
        const run = await once(scenario);
        if (!straggles(run) || options.signal.aborted) return run;
        if (proxy !== null) await untilQuiet(proxy, () => 2 * (IDLE_MS + pace.nextWaitMs()));
        return await once(scenario);
      } finally {
        turn.give();
      }
    },
    async close() {
      await stop();
      if (lastRun !== null && survivors.length > 0) {
        const { left = [] } = leftIn(survivors, options.redactor);
        lastRun.process.left = [...(lastRun.process.left ?? []), ...left];
      }
      await proxy?.close();
      directory.remove();
    },
  };
}
