// One lane by itself, exactly as a run would serve it: for a client that somebody looks at while it runs.
import type { Client } from '../config/schema.js';
import type { LaneRun } from '../evidence/run.js';
import { runCommandLane } from '../lanes/command.js';
import { makeLaneDirectory } from '../lanes/directory.js';
import { environmentOf, laneName, ofListener, openListener } from '../lanes/listener.js';
import type { LanesOptions } from '../lanes/options.js';
import { type Scenario, scenario as usual } from '../lanes/scenario.js';
import { createService } from '../lanes/service.js';
import { createSlots } from '../lanes/slots.js';
import type { Plan } from '../plan.js';
import type { Redactor } from '../redaction/redact.js';
import { readAuthority } from '../transport/authority.js';
import { createBudget } from '../transport/budget.js';
import { discoveredIn, interceptionFor, lanesOptions } from './client.js';
import { redactorFor } from './redactor.js';

export interface LaneSettings {
  seed: number;
  signal: AbortSignal;
  environment: NodeJS.ProcessEnv;
  port: number;
  onAttempt: NonNullable<LanesOptions['onAttempt']>;
}

export interface ServedLane {
  url: string;
  /** What a client of this lane is started with beside the environment of this process. */
  environment: Record<string, string>;
  /** Whether no secret of the config stands in it. */
  isPublic(text: string): boolean;
  close(): Promise<void>;
}

/** Everything that a lane needs, ready to be served or run. */
export interface PreparedLane {
  /** Serves it to whoever calls. Rejects with Node's error where the port cannot be had. */
  serve(): Promise<ServedLane>;
  /** Runs the client of the config on it, as a run does. */
  run(): Promise<LaneRun>;
  close(): void;
}

export async function prepareLane(
  plan: Plan,
  client: Client,
  scenario: Scenario,
  settings: LaneSettings,
): Promise<PreparedLane> {
  const ca = await readAuthority(plan.target.config.endpoint?.ca, plan.target.directory);
  const redactor = redactorFor(plan);
  const interception = await interceptionFor(plan, client, settings);
  const probing: Parameters<typeof lanesOptions>[4] = {
    ...settings,
    ca,
    redactor,
    concurrency: 1,
  };
  // Who looks at a client in a debugger takes longer than a run.
  const budget = createBudget({ ...plan.target.config.budget, seconds: Number.POSITIVE_INFINITY });
  const options = lanesOptions(plan, client, interception, budget, probing);
  const { port } = settings;
  const mine = laneName(scenario);
  // A service is triggered before, to learn how it ends.
  const onAttempt: typeof settings.onAttempt = (event) => {
    const { id } = event.describe();
    if (id.startsWith(`${mine}#`) || id.startsWith(`${mine}@`)) settings.onAttempt(event);
  };
  return {
    serve: () => serveLane(scenario, { ...options, port, onAttempt }, redactor),
    async run() {
      const seen = await discover(plan, client, scenario, options);
      return runLane(scenario, { ...options, discovered: () => seen, port, onAttempt });
    },
    close() {
      options.upstream?.close();
      interception?.close();
    },
  };
}

async function serveLane(scenario: Scenario, given: LanesOptions, { redact }: Redactor): Promise<ServedLane> {
  const options = ofListener(given);
  const directory = makeLaneDirectory(options);
  const proxy = await openListener(scenario, options, () => undefined).catch((error: unknown) => {
    directory.remove();
    throw error;
  });
  const environment = environmentOf(proxy.url, directory.path, { ...options, environment: {} });
  return {
    url: options.interception === null ? proxy.url : new URL(proxy.url).origin,
    environment: Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, value ?? ''])),
    // What opens the proxy of this lane alone is for the user to set.
    isPublic: (text) => redact(text).text === text,
    async close() {
      await proxy.close();
      directory.remove();
    },
  };
}

async function runLane(scenario: Scenario, options: LanesOptions): Promise<LaneRun> {
  const { service } = options.client;
  if (service === undefined || scenario.command !== undefined)
    return runCommandLane(scenario, createSlots(1), options, true);
  const running = createService(service, options);
  try {
    return await running.run(scenario);
  } finally {
    await running.close();
  }
}

/** What faults aim at where the config does not describe the operation: a run without faults shows it. */
async function discover(plan: Plan, client: Client, scenario: Scenario, options: LanesOptions) {
  const { endpoint } = plan.target.config;
  if (endpoint?.operations[client.operation] !== undefined || scenario.operation !== undefined) return [];
  const control = await runLane({ ...usual('no fault', null), group: 'control' }, options);
  return discoveredIn([control], client.operation, endpoint?.url);
}
