// Selected checks -> the evidence they need -> the probes to run and every call these may make. Sends nothing.

import type { Check, PlannedCheck } from './checks/verdict.js';
import { servesBoth } from './config/environments.js';
import type { ResolvedTarget } from './config/load.js';
import type { EvidenceKey } from './evidence/map.js';
import { isLack, joined, type Lack, lack, unsetIn, without } from './evidence/unlock.js';
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

/** Either of them runs the user's client. */
const CLIENT = ['client.command', 'client.service'] as const;
const SCHEME = ['contract.webhook.scheme', 'contract.webhook.header'] as const;

export interface PlannedEndpointProbe {
  probe: EndpointProbe;
  calls: Calls;
  /** What must be configured before it can run; null: it runs. */
  missing: Lack | null;
  /** Creates may not overlap: effects are counted by totals. */
  serial: boolean;
  writes: boolean;
}

export interface PlannedClientProbe {
  probe: ClientProbe;
  missing: Lack | null;
}

export interface PlannedReceiverProbe {
  probe: ReceiverProbe;
  missing: Lack | null;
}

export interface PlannedSourceProbe {
  probe: SourceProbe;
  missing: Lack | null;
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

/** How often it runs the client, as a rule. */
export function runsOf({ runs, repeats = 0 }: ClientProbe, { isFast }: ResolvedTarget): number {
  return isFast === true ? runs - repeats : runs;
}

/** Those of every kind, in the order in which they run. */
export function probesIn(plan: Plan) {
  return [
    ...plan.endpointProbes,
    ...plan.clientProbes,
    ...plan.receiverProbes,
    ...plan.sourceProbes,
    ...plan.statementProbes,
  ];
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

/** All that keeps a probe from running; null: nothing. What no setting would change outweighs the rest. */
function lackOf(
  { settings = [] }: Exclude<Probe, StatementProbe>,
  { config, contract }: ResolvedTarget,
  lacks: readonly (Lack | null | undefined)[],
) {
  const found = lacks.filter((one) => one != null);
  const ruledOut = found.find(({ unlock }) => unlock.length === 0);
  if (ruledOut !== undefined) return ruledOut;
  const unset = unsetIn({ ...config, contract }, settings);
  const [first] = found;
  if (first === undefined) return unset.length === 0 ? null : without(...unset);
  return { lacking: first.lacking, unlock: [...found.map(({ unlock }) => unlock), unset].reduce(joined) };
}

/** What the probes that this one builds on lack. */
function lackBefore({ after }: Probe, planned: ReadonlyMap<EvidenceKey, { missing: Lack | null }>) {
  return after.map((key) => planned.get(key)?.missing);
}

function missingForLanes(
  probe: ClientProbe,
  target: ResolvedTarget,
  planned: ReadonlyMap<EvidenceKey, PlannedClientProbe>,
): Lack | null {
  const { client, endpoint } = target.config;
  const isBlind = client?.intercept !== undefined && endpoint === undefined;
  const isNone = client?.command === undefined && client?.service === undefined;
  return lackOf(probe, target, [
    isBlind ? lack('endpoint.url: whose calls to intercept', 'endpoint.url') : null,
    isNone ? lack('client.command', CLIENT) : null,
    ...lackBefore(probe, planned),
    client === undefined || isNone ? null : probe.missing?.(target, client),
  ]);
}

function missingForReading(probe: SourceProbe, target: ResolvedTarget): Lack | null {
  const { source } = target.config;
  return lackOf(probe, target, [source === undefined ? without('source') : probe.missing?.(source)]);
}

function missingForEvents(
  probe: ReceiverProbe,
  target: ResolvedTarget,
  planned: ReadonlyMap<EvidenceKey, PlannedReceiverProbe>,
): Lack | null {
  const { webhook } = target.config;
  if (webhook?.secret === undefined)
    return lackOf(probe, target, [
      webhook === undefined ? lack('webhook.url', 'webhook.url', 'webhook.secret') : without('webhook.secret'),
    ]);
  const scheme = schemeOf(target.contract.webhook, webhook.event);
  return lackOf(probe, target, [
    typeof scheme === 'string' ? lack(scheme, SCHEME) : null,
    ...lackBefore(probe, planned),
    probe.missing?.(target, webhook),
  ]);
}

function planOne(
  probe: EndpointProbe,
  api: Api | null,
  target: ResolvedTarget,
  liveWritesTo: string | null,
  planned: ReadonlyMap<EvidenceKey, PlannedEndpointProbe>,
): PlannedEndpointProbe {
  const none = (missing: Lack): PlannedEndpointProbe => ({ probe, calls: {}, missing, serial: false, writes: false });
  const own = api === null ? lack('endpoint', 'endpoint.url') : probe.calls(api);
  const lacks = isLack(own) ? [own] : [api === null ? null : missingToTake(api, own)];
  const missing = lackOf(probe, target, [callsLack(target), ...lackBefore(probe, planned), ...lacks]);
  if (missing !== null) return none(missing);
  if (api === null || isLack(own)) throw new Error('unreachable: what is lacking was said');
  const calls = { ...takingCalls(api, own), ...own };
  const writes = Object.values(calls).some((call) => isWrite(call.method));
  if (writes && api.live && !mayWrite(api, target, liveWritesTo)) {
    return none(lockedBy(api));
  }
  return { probe, calls, missing: null, serial: writes && countsByTotal(api), writes };
}

/** The config may describe an API for the client's sake alone. */
function callsLack({ config }: ResolvedTarget): Lack | null {
  return config.endpoint?.calls === 'none' ? lack('endpoint.calls: all', 'endpoint.calls: all') : null;
}

/** What would open the lock on writes. Nobody is told to open it on a live API: a sandbox is the place for them. */
function lockedBy({ url: { hostname }, contract, endpoint }: Api): Lack {
  const opened = `endpoint.allowWrites: true and --allow-live-writes ${hostname}`;
  return endpoint.environment === 'sandbox' && servesBoth(hostname, contract)
    ? lack(
        `a sign that the key is a test key, for ${hostname} serves both (contract.environments.sandbox.keyPrefixes; or ${opened})`,
        'contract.environments.sandbox.keyPrefixes',
      )
    : lack(`writes to a live endpoint (${opened})`);
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
