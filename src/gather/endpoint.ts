// Runs the planned endpoint probes, and deletes what they created.
import type { Exchange } from '../evidence/exchange.js';
import { isExpected, statusOf } from '../evidence/exchange.js';
import type { Evidence, EvidenceKey, GatheredMap } from '../evidence/map.js';
import type { Plan, PlannedEndpointProbe } from '../plan.js';
import type { Api } from '../probes/api.js';
import { createdIn } from '../probes/effect.js';
import { type Budget, NoEvidence } from '../transport/budget.js';
import { contextsOf } from './context.js';
import type { ProbingOptions } from './options.js';
import { type Phase, schedule, thatCanRun } from './schedule.js';
import type { Traffic } from './traffic.js';

export async function gatherEndpoint(
  plan: Plan,
  evidence: GatheredMap,
  budget: Budget,
  options: ProbingOptions,
  /** Takes what hands over, at any moment, the exchanges until then. */
  onOpen: (exchanges: () => readonly Exchange[]) => void,
): Promise<void> {
  const { api } = plan;
  const running = thatCanRun(plan.endpointProbes);
  if (api === null || running.length === 0) return;
  const { redactor } = options;
  const progress = createProgress(running, budget, options);
  const { openTraffic } = await import('./traffic.js');
  const traffic = openTraffic(plan.target, api, budget, options, progress);
  onOpen(traffic.exchanges);
  try {
    const cooldownMs = plan.target.config.endpoint?.cooldown ?? 0;
    const before = createCooldown(cooldownMs, traffic.pause);
    const run = runner(api, traffic, evidence);
    const { doing } = progress;
    await schedule(phasesOf(running, cooldownMs > 0), {
      evidence,
      redactor,
      doing,
      before,
      run,
      onKept: options.onKept,
      onProbe: options.onProbe,
    });
    await cleanUp(plan, api, traffic, options.signal);
  } finally {
    await traffic.close();
  }
}

function runner(
  api: Api,
  traffic: Traffic,
  evidence: GatheredMap,
): (planned: PlannedEndpointProbe) => Promise<Evidence[EvidenceKey]> {
  const serially = createMutex();
  const contextOf = contextsOf(api, traffic, evidence);
  return async (planned) => {
    traffic.report();
    if (planned.writes) requireAnsweredRead(evidence);
    const act = async () => planned.probe.run(contextOf(planned));
    return planned.serial ? serially(act) : act();
  };
}

/** `alone` and `exhausts` ones run when nothing is in flight, `last` ones at the end. */
function phasesOf(probes: readonly PlannedEndpointProbe[], inTurn: boolean): Phase<PlannedEndpointProbe>[] {
  return [
    {
      members: probes.filter(({ probe }) => probe.alone !== true && probe.exhausts !== true && probe.last !== true),
      inTurn,
    },
    { members: probes.filter(({ probe }) => probe.alone === true), inTurn: true },
    { members: probes.filter(({ probe }) => probe.exhausts === true), inTurn: true },
    { members: probes.filter(({ probe }) => probe.last === true), inTurn: true },
  ];
}

/** A pause stands between two probes that send something: behind the last there is nothing to spare. */
function createCooldown(
  cooldownMs: number,
  pause: (ms: number) => Promise<void>,
): (planned: PlannedEndpointProbe) => Promise<void> {
  let hasSent = false;
  return async ({ calls }) => {
    const sends = Object.keys(calls).length > 0;
    if (sends && hasSent && cooldownMs > 0) await pause(cooldownMs);
    hasSent ||= sends;
  };
}

function createProgress(running: readonly PlannedEndpointProbe[], budget: Budget, options: ProbingOptions) {
  const doing = new Set<string>();
  const planned = running
    .flatMap(({ calls }) => Object.values(calls))
    .reduce((sum, call) => sum + (call.when === null ? call.times : 0), 0);
  const report = () => options.onProgress?.({ doing: [...doing], sent: budget.requests, planned, phase: 'endpoint' });
  return { doing, report };
}

/** Where even the read is not answered as expected, creates would only make noise. */
function requireAnsweredRead(evidence: GatheredMap): void {
  const control = evidence['endpoint.authenticated'];
  if (control?.ok !== true || isExpected(control.value.call)) return;
  const { request, refusal } = control.value.call;
  throw new NoEvidence(
    'dependency',
    `the control failed: the read${request.credential === 'none' ? '' : ' with the key'} was answered ${statusOf(control.value.call)}${refusal === undefined ? '' : ` with an error in its body (${refusal.sign})`}`,
    { fact: 'read-refused' },
  );
}

/** Deletes each created resource once; what cannot be deleted stays listed in the report. */
async function cleanUp({ cleanup }: Plan, api: Api, traffic: Traffic, signal: AbortSignal): Promise<void> {
  if (cleanup === null) return;
  const seen = new Set<string>();
  for (const created of createdIn(api, traffic.exchanges())) {
    if (signal.aborted || seen.has(created.name)) continue;
    seen.add(created.name);
    const fill = { id: created.name, repeats: created.exchange };
    try {
      const spec = { ...cleanup, credential: created.credential };
      const call = await traffic.send(`cleanup.delete.${seen.size}`, spec, fill);
      if (await traffic.waitOut(call)) await traffic.sendAgain(call, spec, fill);
    } catch (error) {
      if (!(error instanceof NoEvidence)) throw error;
      return;
    }
  }
}

function createMutex(): <T>(act: () => Promise<T>) => Promise<T> {
  let tail: Promise<unknown> = Promise.resolve();
  return (act) => {
    const next = tail.then(act);
    tail = next.catch(() => undefined);
    return next;
  };
}
