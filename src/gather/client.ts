// Runs the planned client probes: side by side as soon as what they build on is there.
import { USUAL_CONCURRENCY } from '../bounds.js';
import type { Client } from '../config/schema.js';
import type { GatheredMap } from '../evidence/map.js';
import type { LaneRun } from '../evidence/run.js';
import { withoutTrailing } from '../evidence/trailing.js';
import { isUnnamed } from '../evidence/waits.js';
import { type Interception, openInterception } from '../intercept/interception.js';
import { createLanes, type Lanes, type OpenLanes } from '../lanes/lanes.js';
import { upstreamFor } from '../lanes/listener.js';
import type { LanesOptions } from '../lanes/options.js';
import type { Scenario } from '../lanes/scenario.js';
import { type Plan, type PlannedClientProbe, runsOf } from '../plan.js';
import { isWrite } from '../probes/api.js';
import type { OperationPattern } from '../proxy/pattern.js';
import { type Budget, NoEvidence, notRun } from '../transport/budget.js';
import { LONGEST_TIMER_MS, type ProbingOptions } from './options.js';
import { evidenceFor, nounOf, type Phase, schedule, thatCanRun } from './schedule.js';

export async function gatherClient(
  plan: Plan,
  evidence: GatheredMap,
  budget: Budget,
  options: ProbingOptions,
): Promise<void> {
  const { client } = plan.target.config;
  const planned = thatCanRun(plan.clientProbes);
  if (client === undefined || planned.length === 0) return;

  const interception = await interceptionFor(plan, client, options);
  const time = startTime(plan.target, options.signal);
  try {
    await runPlanned(plan, planned, client, interception, evidence, budget, { ...options, signal: time.signal });
  } finally {
    time.stop();
    interception?.close();
  }
}

/** Aborts when the time of the client is spent, or the run is interrupted. */
function startTime(
  { config, isFast }: Plan['target'],
  interrupted: AbortSignal,
): { signal: AbortSignal; stop: () => void } {
  const seconds = config.budget.clientSeconds;
  const bound = isFast === true ? '--fast; leave it out to settle this' : 'budget.clientSeconds';
  const spent = new AbortController();
  const timer = setTimeout(
    () => spent.abort(new NoEvidence('budget', `the time for your client, ${seconds} s, is spent (${bound})`)),
    Math.min(seconds * 1000, LONGEST_TIMER_MS),
  );
  return { signal: AbortSignal.any([interrupted, spent.signal]), stop: () => clearTimeout(timer) };
}

export async function interceptionFor(
  { target }: Plan,
  client: Client,
  options: Pick<ProbingOptions, 'environment'>,
): Promise<Interception | null> {
  const { endpoint } = target.config;
  if (client.intercept === undefined || endpoint === undefined) return null;
  return openInterception({ endpoint, client, environment: options.environment });
}

async function runPlanned(
  plan: Plan,
  planned: readonly PlannedClientProbe[],
  client: Client,
  interception: Interception | null,
  evidence: GatheredMap,
  budget: Budget,
  options: ProbingOptions,
): Promise<void> {
  const { redactor, signal } = options;
  const runs: LaneRun[] = [];
  // Until a probe is over it is expected to take what it usually takes.
  let expected = planned.reduce((sum, one) => sum + runsOf(one.probe, plan.target), 0);
  const doing = new Set<string>();
  const lanes = createLanes({
    ...lanesOptions(plan, client, interception, budget, options),
    discovered: () => discoveredIn(runs, client.operation, plan.target.config.endpoint?.url),
    onLane: (done, waiting) =>
      options.onProgress?.({ doing: [...doing], waiting, sent: done, planned: expected, phase: 'client' }),
  });
  const run = async ({ probe }: PlannedClientProbe) => {
    if (signal.aborted) throw notRun(signal);
    const { target } = plan;
    const context = { target, client, allRuns: () => runs, evidence: evidenceFor(probe, evidence) };
    const settled = probe.settled?.(context.evidence) ?? null;
    if (settled !== null) {
      expected -= runsOf(probe, target);
      return settled;
    }
    const mine: LaneRun[] = [];
    const value = await probe.run(context, recordingInto(lanes, nounOf(probe), [runs, mine], options.onLane));
    expected +=
      mine.filter(({ recording }) => recording.lane.startsWith(`${nounOf(probe)}.`)).length - runsOf(probe, target);
    // What was cut short shows neither a failure nor an end.
    if (signal.aborted && mine.some((one) => one.ended !== 'exited')) throw notRun(signal);
    if (probe.key === 'client.control') requireCalls(runs);
    return value;
  };
  try {
    await schedule(phasesOf(planned), {
      evidence,
      redactor,
      doing,
      run,
      onKept: options.onKept,
      onProbe: options.onProbe,
    });
  } finally {
    await lanes.close();
  }
}

/** What every lane shares; no operation is discovered yet. */
export function lanesOptions(
  plan: Plan,
  client: Client,
  interception: Interception | null,
  budget: Budget,
  options: Omit<ProbingOptions, 'runId' | 'startedAtMs' | 'checkLinks'>,
): LanesOptions {
  const { redactor, seed, signal, concurrency, ca } = options;
  return {
    target: plan.target,
    client,
    redactor: interception?.hide(redactor) ?? redactor,
    seed,
    signal,
    atOnce: concurrency < USUAL_CONCURRENCY ? concurrency : Number.POSITIVE_INFINITY,
    // Read once: the environment of this process is slow to copy.
    environment: { ...options.environment },
    upstream: upstreamFor({ target: plan.target, seed, ca }, (method) => refusal(plan, budget, method)),
    interception,
    discovered: () => [],
  };
}

function phasesOf(planned: readonly PlannedClientProbe[]): Phase<PlannedClientProbe>[] {
  return [
    { members: planned.filter(({ probe }) => probe.last !== true), inTurn: false },
    { members: planned.filter(({ probe }) => probe.last === true), inTurn: false },
  ];
}

/** The same lanes for one probe: what runs carries its name, and is listed. */
function recordingInto(
  lanes: OpenLanes,
  group: string,
  lists: readonly LaneRun[][],
  onLane: ProbingOptions['onLane'],
): Lanes {
  const named = (scenario: Scenario) => ({ ...scenario, group });
  const recorded = async (running: Promise<LaneRun[]>) => {
    const done = await running;
    for (const run of done) onLane?.(run);
    // One run may stand for several scenarios.
    for (const list of lists)
      for (const run of done) if (!list.some((one) => one.recording.lane === run.recording.lane)) list.push(run);
    return done;
  };
  return {
    run: (scenarios) => recorded(lanes.run(scenarios.map(named))),
    runFurther: (first, further) => recorded(lanes.runFurther(named(first), further.map(named))),
    runQuietly: (scenarios, atOnce) => recorded(lanes.runQuietly(scenarios.map(named), atOnce)),
  };
}

/** Why a call of the client may not go on to the API; null: it may, and counts. */
function refusal(plan: Plan, budget: Budget, method: string): string | null {
  const write = isWrite(method);
  if (write && !plan.writesAllowed)
    return 'writes to a live endpoint are not allowed (endpoint.allowWrites and --allow-live-writes)';
  try {
    budget.take(write);
    return null;
  } catch (error) {
    if (error instanceof NoEvidence) return error.message;
    throw error;
  }
}

/** Without one request of the client nothing can be learned from faults. */
function requireCalls(runs: readonly LaneRun[]): void {
  const silent = runs.find((run) => run.recording.attempts.length === 0);
  if (silent === undefined) return;
  throw new NoEvidence('dependency', `no request of your client arrived: ${silent.diagnosis ?? 'it sent nothing'}`, {
    fact: 'client-calls-nothing',
  });
}

/** The first write (else the first call) of the control run stands for the operation that nobody configured. */
export function discoveredIn(runs: readonly LaneRun[], name: string, baseUrl: string | undefined): OperationPattern[] {
  const calls = runs
    .flatMap((run) => run.recording.attempts)
    .filter((attempt) => attempt.request.method !== '' && isUnnamed(attempt));
  const call = calls.find((attempt) => isWrite(attempt.request.method)) ?? calls[0];
  if (call === undefined) return [];
  const path = call.request.url.replace(/^https?:\/\/[^/]*/, '').split('?')[0] ?? '/';
  // Patterns stand below the base URL, whose path the lanes have, too.
  const base = baseUrl === undefined ? '' : withoutTrailing(new URL(baseUrl).pathname, '/');
  return [{ name, method: call.request.method, path: path.startsWith(`${base}/`) ? path.slice(base.length) : path }];
}
