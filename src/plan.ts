// Selected checks -> the evidence they need -> the probes to run and every call these may make. Sends nothing.

import type { Check, PlannedCheck } from './checks/verdict.js';
import { servesBoth } from './config/environments.js';
import type { ResolvedTarget } from './config/load.js';
import type { EvidenceKey } from './evidence/map.js';
import type { TargetMemory } from './memory/target.js';
import { type Api, createApi, isWrite, isWriteCall } from './probes/api.js';
import { itemsIn } from './probes/batches.js';
import type { CallSpec, Calls } from './probes/call.js';
import type { ClientProbe, EndpointProbe, Probe, ReceiverProbe, SourceProbe, StatementProbe } from './probes/define.js';
import { countsByTotal, isCreate } from './probes/effect.js';
import { PROBES } from './probes/index.js';
import { loginCalls } from './probes/session.js';
import { missingToTake, takingCalls } from './probes/takes.js';
import { wrongKeyFor } from './redaction/keys.js';
import { schemeOf } from './webhook/schemes.js';

export interface PlannedEndpointProbe {
  probe: EndpointProbe;
  calls: Calls;
  /** What must be configured before it can run; null: it runs. */
  missing: string | null;
  /** Creates may not overlap: effects are counted by totals. */
  serial: boolean;
  writes: boolean;
}

export interface PlannedClientProbe {
  probe: ClientProbe;
  missing: string | null;
}

export interface PlannedReceiverProbe {
  probe: ReceiverProbe;
  missing: string | null;
}

export interface PlannedSourceProbe {
  probe: SourceProbe;
  missing: string | null;
}

export interface PlannedStatementProbe {
  probe: StatementProbe;
  missing: null;
}

export interface Plan {
  target: ResolvedTarget;
  api: Api | null;
  checks: readonly PlannedCheck[];
  endpointProbes: readonly PlannedEndpointProbe[];
  /** Runs of the user's client: they send nothing to the API. */
  clientProbes: readonly PlannedClientProbe[];
  /** Events for the user's receiver: they go nowhere else. */
  receiverProbes: readonly PlannedReceiverProbe[];
  /** Readings of the user's repository: they send nothing. */
  sourceProbes: readonly PlannedSourceProbe[];
  statementProbes: readonly PlannedStatementProbe[];
  /** Logs in for the token that the calls carry; empty where they carry a key. */
  login: readonly CallSpec[];
  /** Deletes what the probes created; null where the config does not say how. */
  cleanup: CallSpec | null;
  /** Whether a call that changes something may reach the API. */
  writesAllowed: boolean;
}

export interface PlanSettings {
  /** Decides the wrong key. */
  seed: number;
  /** The host that --allow-live-writes names. */
  liveWritesTo: string | null;
  memory?: TargetMemory | null;
}

export function planProbes(
  target: ResolvedTarget,
  checks: readonly PlannedCheck[],
  { seed, liveWritesTo, memory = null }: PlanSettings,
): Plan {
  const key = target.config.endpoint?.key;
  const api = createApi(target, key === undefined ? null : wrongKeyFor(key, target.contract, seed), memory);
  const wanted = closure(checks.flatMap(({ check }) => probesOf(check)));
  const planned = new Map<EvidenceKey, PlannedEndpointProbe>();
  const lanes = new Map<EvidenceKey, PlannedClientProbe>();
  const events = new Map<EvidenceKey, PlannedReceiverProbe>();
  const readings: PlannedSourceProbe[] = [];
  const statements: PlannedStatementProbe[] = [];
  for (const probe of inOrder(wanted)) {
    if (probe.uses === 'network') planned.set(probe.key, planOne(probe, api, target, liveWritesTo, planned));
    else if (probe.uses === 'client') lanes.set(probe.key, { probe, missing: missingForLanes(probe, target, lanes) });
    else if (probe.uses === 'receiver')
      events.set(probe.key, { probe, missing: missingForEvents(probe, target, events) });
    else if (probe.uses === 'source') readings.push({ probe, missing: missingForReading(probe, target) });
    else statements.push({ probe, missing: null });
  }
  const probes = [...planned.values()];
  const carried = probes.some(({ calls }) => Object.values(calls).some((call) => call.credential !== 'none'));
  return {
    target,
    api,
    checks,
    endpointProbes: probes,
    clientProbes: [...lanes.values()],
    receiverProbes: [...events.values()],
    sourceProbes: readings,
    statementProbes: statements,
    login: api === null || !carried ? [] : loginCalls(api),
    cleanup: cleanupCall(api, probes),
    writesAllowed: api !== null && (!api.live || mayWrite(api, target, liveWritesTo)),
  };
}

function missingForLanes(
  probe: ClientProbe,
  target: ResolvedTarget,
  planned: ReadonlyMap<EvidenceKey, PlannedClientProbe>,
): string | null {
  const { client } = target.config;
  if (client?.intercept !== undefined && target.config.endpoint === undefined)
    return 'endpoint.url: whose calls to intercept';
  if (client?.command === undefined && client?.service === undefined) return 'client.command';
  return (
    probe.after.map((key) => planned.get(key)?.missing).find((missing) => missing != null) ??
    probe.missing?.(target, client) ??
    null
  );
}

function missingForReading(probe: SourceProbe, { config: { source } }: ResolvedTarget): string | null {
  return source === undefined ? 'source' : (probe.missing?.(source) ?? null);
}

function missingForEvents(
  probe: ReceiverProbe,
  target: ResolvedTarget,
  planned: ReadonlyMap<EvidenceKey, PlannedReceiverProbe>,
): string | null {
  const { webhook } = target.config;
  if (webhook === undefined) return 'webhook.url';
  if (webhook.secret === undefined) return 'webhook.secret';
  const scheme = schemeOf(target.contract.webhook, webhook.event);
  if (typeof scheme === 'string') return scheme;
  return (
    probe.after.map((key) => planned.get(key)?.missing).find((missing) => missing != null) ??
    probe.missing?.(target, webhook) ??
    null
  );
}

function planOne(
  probe: EndpointProbe,
  api: Api | null,
  target: ResolvedTarget,
  liveWritesTo: string | null,
  planned: ReadonlyMap<EvidenceKey, PlannedEndpointProbe>,
): PlannedEndpointProbe {
  const none = (missing: string): PlannedEndpointProbe => ({ probe, calls: {}, missing, serial: false, writes: false });
  if (api === null) return none('endpoint');
  const blocked = probe.after.map((key) => planned.get(key)?.missing).find((missing) => missing != null);
  if (blocked != null) return none(blocked);
  const own = probe.calls(api);
  if (typeof own === 'string') return none(own);
  const lacking = missingToTake(api, own);
  if (lacking !== null) return none(lacking);
  const calls = { ...takingCalls(api, own), ...own };
  const writes = Object.values(calls).some((call) => isWrite(call.method));
  if (writes && api.live && !mayWrite(api, target, liveWritesTo)) {
    return none(lockedBy(api));
  }
  return { probe, calls, missing: null, serial: writes && countsByTotal(api), writes };
}

/** What would open the lock on writes. */
function lockedBy({ url: { hostname }, contract, endpoint }: Api): string {
  const opened = `endpoint.allowWrites: true and --allow-live-writes ${hostname}`;
  return endpoint.environment === 'sandbox' && servesBoth(hostname, contract)
    ? `a sign that the key is a test key, for ${hostname} serves both (contract.environments.sandbox.keyPrefixes; or ${opened})`
    : `writes to a live endpoint (${opened})`;
}

function cleanupCall(api: Api | null, probes: readonly PlannedEndpointProbe[]): CallSpec | null {
  const removal = api?.create?.delete;
  const creates = probes
    .flatMap(({ calls }) => Object.values(calls))
    .filter((call) => api !== null && isCreate(api, call.operation) && isWrite(call.method));
  if (api === null || removal === undefined || creates.length === 0) return null;
  const times = creates.reduce((sum, call) => sum + call.times * Math.max(1, itemsIn(api, call)), 0);
  return api.get(removal.path, { method: removal.method, role: 'clean-up', times, when: 'so many were created' });
}

/** Both the config and the command line must name the host. */
function mayWrite(api: Api, target: ResolvedTarget, liveWritesTo: string | null): boolean {
  const allowed = target.config.endpoint?.allowWrites;
  return liveWritesTo === api.url.hostname && (allowed === true || allowed === api.url.hostname);
}

/** The probes that a check is judged by. */
export function probesOf({ needs, wants = [] }: Check): readonly EvidenceKey[] {
  return [...needs, ...wants];
}

/** All probes that the wanted evidence rests on. */
export function closure(wanted: readonly EvidenceKey[]): Set<EvidenceKey> {
  const all = new Set<EvidenceKey>();
  const visit = (key: EvidenceKey) => {
    if (all.has(key)) return;
    all.add(key);
    for (const dependency of probeOf(key).after) visit(dependency);
  };
  for (const key of wanted) visit(key);
  return all;
}

/** Dependencies first; otherwise in the order of the index. */
function inOrder(wanted: ReadonlySet<EvidenceKey>): Probe[] {
  const ordered: Probe[] = [];
  const visit = (probe: Probe) => {
    if (ordered.includes(probe)) return;
    for (const key of probe.after) visit(probeOf(key));
    ordered.push(probe);
  };
  for (const probe of PROBES) if (wanted.has(probe.key)) visit(probe);
  return ordered;
}

const BY_KEY = new Map<EvidenceKey, Probe>(PROBES.map((probe) => [probe.key, probe]));

export function probeOf(key: EvidenceKey): Probe {
  const probe = BY_KEY.get(key);
  if (probe === undefined) throw new Error(`no probe yields ${key}`);
  return probe;
}

export interface PlanTotals {
  requests: number;
  writes: number;
  /** Sent only in some cases, beyond `requests`. */
  atMost: number;
}

export function totalsOf(plan: Plan): PlanTotals {
  const all = [
    ...plan.login,
    ...plan.endpointProbes.flatMap(({ calls }) => Object.values(calls)),
    ...(plan.cleanup === null ? [] : [plan.cleanup]),
  ];
  const sum = (some: readonly CallSpec[]) => some.reduce((total, call) => total + call.times, 0);
  const sure = all.filter((call) => call.when === null);
  return { requests: sum(sure), writes: sum(sure.filter(isWriteCall)), atMost: sum(all) };
}
