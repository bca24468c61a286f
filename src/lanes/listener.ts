// The listener of a lane: what answers the client, where faults aim, and how the client is told of it.
import type { Client } from '../config/schema.js';
import { parsePlainJson } from '../evidence/json.js';
import type { LaneRun } from '../evidence/run.js';
import { OPEN_ACCESS } from '../intercept/access.js';
import { jsonAnswer } from '../proxy/answers.js';
import { createUpstream } from '../proxy/forward.js';
import type { LaneSetup } from '../proxy/options.js';
import { createRandom } from '../proxy/random.js';
import { createRecall } from '../proxy/recall.js';
import { samplesOf } from '../proxy/samples.js';
import { type AttemptEvent, type LaneProxy, startLaneProxy } from '../proxy/server.js';
import type { Source } from '../proxy/source.js';
import { createStub, type StubOperation } from '../proxy/stub.js';
import { inLane } from './directory.js';
import { withLogIn } from './log-in.js';
import type { LanesOptions, ListenerOptions } from './options.js';
import type { Scenario } from './scenario.js';
import { configuredOperations } from './status-reads.js';

/** Name of a lane: makes ids of attempts unique over all lanes. */
export function laneName(scenario: Scenario): string {
  return [scenario.group, scenario.label.replace(/[^\w.-]+/g, '-'), scenario.repeat].join('.');
}

/** Listens on a port of loopback, armed with the scenario. Rejects with Node's error where none can be had. */
export function openListener(
  scenario: Scenario,
  options: ListenerOptions,
  onAttempt: (event: AttemptEvent) => void,
): Promise<LaneProxy> {
  const { target, client, redactor, seed } = options;
  const { contract, config } = target;
  const operations = operationsOf(options);
  const aim = scenario.operation === undefined ? client.operation : scenario.operation;
  return startLaneProxy({
    ...armed(scenario, options),
    redactor,
    operations,
    samples: samplesOf(contract),
    seed,
    key: {
      header: contract.idempotency?.header,
      bodyField: contract.idempotency?.bodyField,
      quoted: contract.idempotency?.quoted,
    },
    ...(aim !== null && operations.some((one) => one.name === aim) ? { target: aim } : {}),
    ...(config.endpoint === undefined ? {} : { basePath: new URL(config.endpoint.url).pathname }),
    admits: options.access?.admits,
    port: options.port,
    onAttempt(event) {
      options.onAttempt?.(event);
      onAttempt(event);
    },
  });
}

/** What belongs to one listener alone: who may use it, and the tokens that its client is given. */
export function ofListener(options: LanesOptions): LanesOptions {
  const { interception } = options;
  return withLogIn(interception === null ? options : { ...options, access: interception.access() });
}

export function opennessOf({ access }: LanesOptions): Pick<LaneRun, 'openProxy'> {
  return access === OPEN_ACCESS ? { openProxy: true } : {};
}

/** The part of a listener that changes from scenario to scenario. */
export function armed(scenario: Scenario, options: ListenerOptions): LaneSetup {
  return {
    lane: laneName(scenario),
    // What answers in a way of its own can do so as a stub alone.
    source:
      options.upstream === null || scenario.stub !== undefined
        ? stubFor(scenario, options)
        : { ...options.upstream, close: () => undefined },
    ...(scenario.script === null ? {} : { script: scenario.script }),
    ...(options.interception === null ? {} : { intercept: options.interception.interceptor(scenario.certificate) }),
  };
}

function operationsOf(options: ListenerOptions): readonly StubOperation[] {
  const configured = configuredOperations(options.target.config.endpoint);
  const known = isNamed(options) ? configured : [...configured, ...options.discovered()];
  return [...(options.logIn?.operations(known) ?? []), ...known];
}

/** Whether the config says which call the client's operation is. */
function isNamed({ target, client }: ListenerOptions): boolean {
  return target.config.endpoint?.operations[client.operation] !== undefined;
}

/** What answers in place of the API. */
export function stubFor(scenario: Scenario, options: ListenerOptions): Source {
  const random = createRandom(options.seed).stream(`stub ${scenario.label} ${scenario.repeat}`);
  const operations = operationsOf(options);
  return createStub({
    operations: scenario.stub?.(operations) ?? operations,
    random,
    // Where the operation is not configured the control run shows what the client calls; everything is answered kindly.
    ...(isNamed(options)
      ? { unknown: () => samplesOf(options.target.contract).error(404) }
      : { unknown: ({ body }) => jsonAnswer(200, { id: `res_${random.hex(12)}`, ...echo(body) }) }),
  });
}

/**
 * The real API behind all lanes of a run: asked once per operation, then answered from memory, so that a suite of
 * faults costs it a handful of calls. `refuse` says why a call may not leave, or null.
 */
export function upstreamFor(
  options: Pick<LanesOptions, 'target' | 'seed'> & { ca: string | null },
  refuse: (method: string, url: string) => string | null,
): Source | null {
  const { endpoint, client } = options.target.config;
  if (client?.upstream !== 'endpoint' || endpoint === undefined) return null;
  return createRecall({
    upstream: createUpstream({ origin: endpoint.url, refuse, ca: options.ca ?? undefined }),
    operations: configuredOperations(endpoint),
    random: createRandom(options.seed).stream('replay'),
  });
}

function echo(body: Buffer): object {
  try {
    const value: unknown = parsePlainJson(body.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}

type OfEnvironment = Pick<LanesOptions, 'environment' | 'interception' | 'access'> & {
  client: Pick<Client, 'env' | 'baseUrlEnv'>;
};

/** `directory`: the lane's own, put in place of {{lane}}. */
export function environmentOf(
  url: string,
  directory: string,
  { client, environment, interception, access = OPEN_ACCESS }: OfEnvironment,
): NodeJS.ProcessEnv {
  const own = Object.fromEntries(Object.entries(client.env).map(([name, value]) => [name, inLane(value, directory)]));
  if (interception !== null)
    return { ...environment, ...own, ...interception.environment(access.proxyUrl(new URL(url).origin)) };
  const names = client.baseUrlEnv === undefined ? [] : [client.baseUrlEnv].flat();
  return {
    ...environment,
    NO_PROXY: '127.0.0.1,localhost',
    no_proxy: '127.0.0.1,localhost',
    ...own,
    ...Object.fromEntries(names.map((name) => [name, url])),
  };
}
