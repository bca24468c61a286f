// Lanes: each scenario gets a listener and a process of its own; they run side by side, longest first.
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { ResolvedTarget } from '../config/load.js';
import type { Client } from '../config/schema.js';
import type { Redactor } from '../evidence/redact.js';
import { jsonAnswer } from '../proxy/answers.js';
import type { OperationPattern } from '../proxy/pattern.js';
import { createRandom } from '../proxy/random.js';
import type { Recording } from '../proxy/recording.js';
import { samplesOf } from '../proxy/samples.js';
import { type AttemptEvent, type LaneProxy, startLaneProxy } from '../proxy/server.js';
import { createStub, stubOperation } from '../proxy/stub.js';
import { diagnose } from './diagnosis.js';
import { createPace, type Pace } from './pace.js';
import { type RunningProcess, startProcess } from './process.js';
import type { LaneRun } from './run.js';
import type { Scenario } from './scenario.js';

export interface Lanes {
  run(scenarios: readonly Scenario[]): Promise<LaneRun[]>;
}

export interface LanesOptions {
  target: ResolvedTarget;
  client: Client;
  redactor: Redactor;
  seed: number;
  signal: AbortSignal;
  environment: NodeJS.ProcessEnv;
  /** Operations seen in the control run, where none is configured. */
  discovered: () => readonly OperationPattern[];
  onLane?: (running: number, done: number) => void;
}

// The first request came after 32 s at worst in measured runs on loaded machines.
const FIRST_REQUEST_MS = 60_000;
// Silence after which an idle connection is closed: some clients end only when theirs is gone. No round number, and
// beyond what the client may still be waiting for: its next attempt must not meet the closing.
const IDLE_MS = 3_370;
const GRACE_MS = 2_000;
// A lane whose own timer came this late is too noisy to judge waits by, and is run again alone.
export const NOISY_MS = 150;

export function createLanes(options: LanesOptions): Lanes {
  // Starting costs processor time, waiting does not: only starts are limited.
  const starts = createSlots(Math.max(2, availableParallelism()));
  let running = 0;
  let done = 0;

  async function one(scenario: Scenario, closesIdle = true): Promise<LaneRun> {
    running += 1;
    options.onLane?.(running, done);
    try {
      return await runLane(scenario, starts, options, closesIdle);
    } finally {
      running -= 1;
      done += 1;
      options.onLane?.(running, done);
    }
  }

  return {
    async run(scenarios) {
      const order = scenarios
        .map((scenario, at) => ({ scenario, at }))
        .toSorted((a, b) => b.scenario.expectedMs - a.scenario.expectedMs);
      const runs: LaneRun[] = new Array(scenarios.length);
      await Promise.all(
        order.map(async ({ scenario, at }) => {
          runs[at] = await one(scenario);
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
  };
}

async function runLane(
  scenario: Scenario,
  starts: Slots,
  options: LanesOptions,
  closesIdle: boolean,
): Promise<LaneRun> {
  await starts.take();
  let holding = true;
  const free = () => {
    if (holding) starts.give();
    holding = false;
  };
  const pace = createPace();
  const proxy = await openLane(scenario, options, (event) => {
    if (event.what === 'arrived') free();
    pace.saw(event);
  });
  const begunAt = performance.now();
  try {
    const child = startProcess(options.client.command ?? '', {
      cwd: resolve(options.target.directory, options.client.cwd ?? '.'),
      env: laneEnvironment(proxy.url, options),
    });
    const ended = await follow(child, proxy, options, { pace, free, closesIdle });
    proxy.closeIdle();
    await child.stop(GRACE_MS);
    const recording = proxy.recording();
    const facts = child.facts();
    return {
      label: scenario.label,
      repeat: scenario.repeat,
      recording,
      process: {
        startedAtMs: 0,
        endedAtMs: facts.endedAt === null ? null : Math.round(facts.endedAt - begunAt),
        exitCode: facts.exitCode,
        signal: facts.signal,
        ...readOutput(child, recording, options.redactor),
      },
      ended,
      diagnosis: recording.attempts.length > 0 ? null : diagnose(options.client, child.output(), facts),
    };
  } finally {
    free();
    await proxy.close();
  }
}

async function openLane(
  scenario: Scenario,
  options: LanesOptions,
  onAttempt: (event: AttemptEvent) => void,
): Promise<LaneProxy> {
  const { target, client, redactor, seed } = options;
  const { contract, config } = target;
  const endpoint = config.endpoint;
  const configured = Object.entries(endpoint?.operations ?? {}).map(([name, operation]) =>
    stubOperation(name, operation),
  );
  const operations = configured.length > 0 ? configured : options.discovered();
  const random = createRandom(seed).stream(`stub ${scenario.label} ${scenario.repeat}`);
  const source = createStub({
    operations,
    random,
    // Without configured operations the control run shows what the client calls; everything is answered kindly.
    ...(configured.length > 0
      ? {}
      : { unknown: ({ body }) => jsonAnswer(200, { id: `res_${random.hex(12)}`, ...echo(body) }) }),
  });
  return startLaneProxy({
    lane: [scenario.group, scenario.label.replace(/[^\w.-]+/g, '-'), scenario.repeat].join('.'),
    source,
    redactor,
    operations,
    samples: samplesOf(contract),
    seed,
    key: {
      header: contract.idempotency?.header,
      bodyField: contract.idempotency?.bodyField,
      quoted: contract.idempotency?.quoted,
    },
    ...(scenario.script === null ? {} : { script: scenario.script }),
    ...(operations.some((one) => one.name === client.operation) ? { target: client.operation } : {}),
    ...(endpoint === undefined ? {} : { basePath: new URL(endpoint.url).pathname }),
    onAttempt,
  });
}

function echo(body: Buffer): object {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}

/** Waits until the client has ended, or has had its time. */
async function follow(
  child: RunningProcess,
  proxy: LaneProxy,
  options: LanesOptions,
  { pace, free, closesIdle }: { pace: Pace; free: () => void; closesIdle: boolean },
): Promise<LaneRun['ended']> {
  const { patience } = options.client;
  let over = false;
  void child.ended.then(() => {
    over = true;
  });
  const begunAt = performance.now();
  let firstAt: number | null = null;
  while (!over) {
    if (options.signal.aborted) return 'interrupted';
    const now = performance.now();
    if (pace.arrived()) firstAt ??= now;
    if (firstAt === null && now - begunAt > Math.max(FIRST_REQUEST_MS, patience)) return 'no-request';
    if (firstAt !== null && now - firstAt > patience) return 'patience';
    // A slow starter must not keep the others from starting.
    if (now - begunAt > 5_000) free();
    const { silent } = await proxy.waitForSilence({ quietMs: IDLE_MS + pace.nextWaitMs(), withinMs: 100 });
    if (silent && closesIdle) {
      proxy.closeIdle();
      await Promise.race([child.ended, new Promise((wake) => setTimeout(wake, 100))]);
    }
  }
  const { startError } = child.facts();
  if (startError !== null) return 'not-started';
  if (!pace.arrived()) return 'no-request';
  // What is on the wire already belongs to this run.
  await proxy.waitForSilence({ quietMs: 50, withinMs: 1_000 });
  return 'exited';
}

function laneEnvironment(url: string, { client, environment }: LanesOptions): NodeJS.ProcessEnv {
  const names = client.baseUrlEnv === undefined ? [] : [client.baseUrlEnv].flat();
  return {
    ...environment,
    NO_PROXY: '127.0.0.1,localhost',
    no_proxy: '127.0.0.1,localhost',
    ...client.env,
    ...Object.fromEntries(names.map((name) => [name, url])),
  };
}

const KEPT_OUTPUT = 8 * 1024;

function readOutput(
  child: RunningProcess,
  recording: Recording,
  redactor: Redactor,
): Pick<LaneRun['process'], 'output' | 'outputBytes' | 'found' | 'namedRequestIds' | 'namedErrors'> {
  const whole = child.output();
  const { text, found } = redactor.redact(whole);
  const failed = recording.attempts.filter((attempt) => attempt.target && (attempt.answer?.status ?? 0) >= 400);
  const ids = new Set(failed.flatMap((attempt) => (attempt.requestId === null ? [] : [attempt.requestId])));
  const errors = new Set(failed.map((attempt) => String(attempt.answer?.status)));
  return {
    output: text.slice(-KEPT_OUTPUT),
    outputBytes: child.outputBytes(),
    found,
    namedRequestIds: [...ids].filter((id) => whole.includes(id)),
    namedErrors: [...errors].filter((status) => new RegExp(`(^|\\D)${status}(\\D|$)`).test(whole)),
  };
}

interface Slots {
  take(): Promise<void>;
  give(): void;
}

function createSlots(count: number): Slots {
  let left = count;
  const waiting: (() => void)[] = [];
  return {
    async take() {
      if (left > 0) left -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
    },
    give() {
      const next = waiting.shift();
      if (next === undefined) left += 1;
      else next();
    },
  };
}
