// Runs the planned client probes: side by side as soon as what they build on is there.
import { USUAL_CONCURRENCY } from '../concurrency.js';
import type { Client } from '../config/schema.js';
import type { Evidence, EvidenceKey, Gathered, GatheredMap } from '../evidence/map.js';
import type { LaneRun } from '../evidence/run.js';
import { withoutTrailing } from '../evidence/trailing.js';
import { isUnnamed } from '../evidence/waits.js';
import { type Interception, openInterception } from '../intercept/interception.js';
import { createLanes, type Lanes } from '../lanes/lanes.js';
import { upstreamFor } from '../lanes/listener.js';
import type { Scenario } from '../lanes/scenario.js';
import type { Plan, PlannedLanes } from '../plan.js';
import { isWrite } from '../probes/api.js';
import type { OperationPattern } from '../proxy/pattern.js';
import { type Budget, NoEvidence } from '../transport/budget.js';
import { failureOf, type GatherOptions, LONGEST_TIMER_MS } from './options.js';

export async function gatherLanes(
  plan: Plan,
  evidence: GatheredMap,
  budget: Budget,
  options: GatherOptions,
): Promise<void> {
  const store = (key: EvidenceKey, value: Gathered) => void Object.assign(evidence, { [key]: value });
  for (const { probe, missing } of plan.lanes) {
    if (missing !== null) store(probe.key, { ok: false, why: 'not-configured', detail: missing });
  }
  const { client } = plan.target.config;
  const planned = plan.lanes.filter((one) => one.missing === null);
  if (client === undefined || planned.length === 0) return;

  const interception = await interceptionFor(plan, client, options);
  const time = startTime(plan.target.config.budget.clientSeconds, options.signal);
  try {
    await runPlanned(plan, planned, client, interception, evidence, budget, { ...options, signal: time.signal });
  } finally {
    time.stop();
    interception?.close();
  }
}

/** Aborts when the time of the client is spent, or the run is interrupted. */
function startTime(seconds: number, interrupted: AbortSignal): { signal: AbortSignal; stop: () => void } {
  const spent = new AbortController();
  const timer = setTimeout(
    () =>
      spent.abort(new NoEvidence('budget', `the time for your client, ${seconds} s, is spent (budget.clientSeconds)`)),
    Math.min(seconds * 1000, LONGEST_TIMER_MS),
  );
  return { signal: AbortSignal.any([interrupted, spent.signal]), stop: () => clearTimeout(timer) };
}

async function interceptionFor({ target }: Plan, client: Client, options: GatherOptions): Promise<Interception | null> {
  const { endpoint } = target.config;
  if (client.intercept === undefined || endpoint === undefined) return null;
  return openInterception({ endpoint, client, environment: options.environment });
}

async function runPlanned(
  plan: Plan,
  planned: readonly PlannedLanes[],
  client: Client,
  interception: Interception | null,
  evidence: GatheredMap,
  budget: Budget,
  options: GatherOptions,
): Promise<void> {
  const store = (key: EvidenceKey, value: Gathered) => void Object.assign(evidence, { [key]: value });
  const runs: LaneRun[] = [];
  const expected = planned.reduce((sum, one) => sum + one.probe.runs, 0);
  const doing = new Set<string>();
  const upstream = upstreamFor({ target: plan.target, seed: options.seed }, (method) => refusal(plan, budget, method));
  const lanes = createLanes({
    target: plan.target,
    client,
    redactor: interception?.hide(options.redactor) ?? options.redactor,
    seed: options.seed,
    signal: options.signal,
    atOnce: options.concurrency < USUAL_CONCURRENCY ? options.concurrency : Number.POSITIVE_INFINITY,
    // Read once: the environment of this process is slow to copy.
    environment: { ...options.environment },
    upstream,
    interception,
    discovered: () => discoveredIn(runs, client.operation, plan.target.config.endpoint?.url),
    onLane: (_running, done) =>
      options.onProgress?.({ doing: [...doing], sent: done, planned: expected, isClient: true }),
  });
  const recordingFor = (group: string, mine: LaneRun[]): Lanes => {
    const named = (scenarios: readonly Scenario[]) => scenarios.map((scenario) => ({ ...scenario, group }));
    const recorded = async (running: Promise<LaneRun[]>) => {
      const done = await running;
      runs.push(...done);
      mine.push(...done);
      return done;
    };
    return {
      run: (scenarios) => recorded(lanes.run(named(scenarios))),
      runQuietly: (scenarios, atOnce) => recorded(lanes.runQuietly(named(scenarios), atOnce)),
    };
  };

  async function one({ probe }: PlannedLanes): Promise<void> {
    const failed = probe.after.map((key) => evidence[key]).find((gathered) => gathered?.ok === false);
    if (failed?.ok === false)
      return store(probe.key, { ...failed, why: failed.why === 'crashed' ? 'dependency' : failed.why });
    doing.add(probe.says);
    try {
      if (options.signal.aborted) throw notRun(options.signal);
      const context = {
        target: plan.target,
        client,
        allRuns: () => runs,
        evidence<K extends EvidenceKey>(key: K): Evidence[K] {
          const gathered = evidence[key];
          if (!probe.after.includes(key) || gathered?.ok !== true)
            throw new NoEvidence('dependency', `${key} is missing`);
          return gathered.value as Evidence[K];
        },
      };
      const mine: LaneRun[] = [];
      const value = await probe.run(context, recordingFor(probe.key.slice(probe.key.indexOf('.') + 1), mine));
      // What was cut short shows neither a failure nor an end.
      if (options.signal.aborted && mine.some((run) => run.ended !== 'exited')) throw notRun(options.signal);
      if (probe.key === 'client.control') refuseWithoutControl(runs);
      store(probe.key, { ok: true, value });
    } catch (error) {
      store(probe.key, failureOf(error, options));
    } finally {
      doing.delete(probe.says);
    }
  }

  const started = new Map<EvidenceKey, Promise<void>>();
  const start = async (planned: PlannedLanes) => {
    await Promise.all(planned.probe.after.map((key) => started.get(key)));
    await one(planned);
  };
  try {
    for (const phase of [
      planned.filter(({ probe }) => probe.last !== true),
      planned.filter(({ probe }) => probe.last === true),
    ]) {
      for (const one of phase) started.set(one.probe.key, start(one));
      await Promise.all(started.values());
    }
  } finally {
    await lanes.close();
  }
}

function notRun({ reason }: AbortSignal): NoEvidence {
  return reason instanceof NoEvidence ? reason : new NoEvidence('interrupted', 'the run was interrupted');
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
function refuseWithoutControl(runs: readonly LaneRun[]): void {
  const silent = runs.find((run) => run.recording.attempts.length === 0);
  if (silent === undefined) return;
  throw new NoEvidence('dependency', `no request of your client arrived: ${silent.diagnosis ?? 'it sent nothing'}`);
}

/** The first write (else the first call) of the control run stands for the operation that nobody configured. */
function discoveredIn(runs: readonly LaneRun[], name: string, baseUrl: string | undefined): OperationPattern[] {
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
