// Runs the planned probes of the user's receiver, one after the other: each effect must be told from the next.
import { setTimeout as sleep } from 'node:timers/promises';
import type { ResolvedTarget } from '../config/load.js';
import type { Webhook } from '../config/schema.js';
import type { Exchange } from '../evidence/exchange.js';
import type { EventRound, GatheredMap } from '../evidence/map.js';
import type { Plan, PlannedReceiverProbe } from '../plan.js';
import type { Again, ReceiverContext, Turn } from '../probes/define.js';
import { openReceiverApi, type ReceiverApi } from '../receiver/api.js';
import { readState } from '../receiver/effect.js';
import { createEffects, type Effects } from '../receiver/effects.js';
import { createSamples } from '../receiver/events.js';
import { createReceiverHost, type ReceiverHost } from '../receiver/host.js';
import { type Redactor, redactAll } from '../redaction/redact.js';
import { createBudget, NoEvidence } from '../transport/budget.js';
import type { Outgoing } from '../transport/outgoing.js';
import { createTransport, type Transport } from '../transport/transport.js';
import type { Delivery, Sample } from '../webhook/delivery.js';
import type { Scheme } from '../webhook/scheme.js';
import { schemeOf } from '../webhook/schemes.js';
import type { Vector } from '../webhook/vector.js';
import { VECTORS } from '../webhook/vectors.js';
import type { GatherOptions } from './options.js';
import { evidenceFor, nounOf, schedule, thatCanRun } from './schedule.js';
import { explainEach, explainEffects, type Rerun } from './surplus.js';

// More than any suite delivers: a bound all the same.
const MOST_EVENTS = 2_000;
// As many connections as one vector uses at once.
const AT_ONCE = 16;

// Of all other endings the receiver's own may be the cause.
const EXPLAINED: readonly Exchange['ended'][] = ['complete', 'timeout', 'cut-by-us'];

export async function gatherWebhook(
  plan: Plan,
  evidence: GatheredMap,
  options: GatherOptions,
  onOpen: (exchanges: () => readonly Exchange[]) => void,
): Promise<void> {
  const { config, contract } = plan.target;
  const planned = thatCanRun(plan.receiverProbes);
  const { webhook } = config;
  const scheme = schemeOf(contract.webhook, webhook?.event);
  if (webhook === undefined || typeof scheme === 'string' || planned.length === 0) return;
  const session = await openSession(plan.target, webhook, scheme, options);
  onOpen(() => session.transport.exchanges);
  const doing = new Set<string>();
  const expected = planned.reduce((sum, { probe }) => sum + probe.events, 0);
  const run = async ({ probe }: PlannedReceiverProbe) => {
    if (options.signal.aborted) throw interrupted();
    const report = () =>
      options.onProgress?.({
        doing: [...doing],
        sent: session.transport.exchanges.length,
        planned: expected,
        phase: 'receiver',
      });
    report();
    const context = contextOf(session, probe, evidence, report);
    const value = await probe.run({ ...context, isFirst: evidence[probe.key] === undefined });
    // What was cut short shows nothing.
    if (options.signal.aborted) throw interrupted();
    return value;
  };
  const runAll = (members: readonly PlannedReceiverProbe[]) =>
    schedule([{ members, inTurn: true }], {
      evidence,
      redactor: options.redactor,
      doing,
      run,
      onProbe: options.onProbe,
    });
  try {
    await runInTurns(planned, session.effects, evidence, runAll);
    tellUnset(planned, evidence, webhook);
  } finally {
    await session.transport.close();
    await session.host.close();
    await session.api?.close();
  }
}

const OPTIONAL = ['effect', 'state', 'earlier'] as const;

/** Beside evidence that is missing: what is not configured does not apply, whatever else failed. */
function tellUnset(planned: readonly PlannedReceiverProbe[], evidence: GatheredMap, webhook: Webhook): void {
  const unset = OPTIONAL.filter((name) => webhook[name] === undefined).map((name) => `webhook.${name}`);
  for (const { probe } of planned) {
    const gathered = evidence[probe.key];
    if (gathered?.ok === false) Object.assign(evidence, { [probe.key]: { ...gathered, unset } });
  }
}

async function runInTurns(
  planned: readonly PlannedReceiverProbe[],
  effects: Effects | null,
  evidence: GatheredMap,
  again: Rerun['again'],
): Promise<void> {
  const of = (...turns: readonly Turn[]) => planned.filter(({ probe }) => turns.includes(probe.turn));
  await again(of('open'));
  await again(of('forbidden'));
  const sinceMs = performance.now();
  await again(of('counted'));
  if (effects !== null) await explainEffects(of('forbidden', 'counted'), { evidence, effects, again, sinceMs });
  effects?.slowTo('careful');
  await again(of('kills'));
  if (effects !== null) await explainEach(of('kills'), { evidence, effects, again });
}

function interrupted(): NoEvidence {
  return new NoEvidence('interrupted', 'the run was interrupted');
}

interface Session {
  target: ResolvedTarget;
  webhook: Webhook;
  scheme: Scheme;
  host: ReceiverHost;
  transport: Transport;
  /** null: the receiver knows of none. */
  api: ReceiverApi | null;
  /** null: none is configured. */
  effects: Effects | null;
  sampleOf: (event?: string, attempt?: number) => Sample;
  redactor: Redactor;
  signal: AbortSignal;
}

async function openSession(
  target: ResolvedTarget,
  webhook: Webhook,
  scheme: Scheme,
  options: GatherOptions,
): Promise<Session> {
  const api = await openReceiverApi(target, webhook, options);
  const host = createReceiverHost(target, webhook, api?.url ?? null, options);
  const { seconds } = target.config.budget;
  return {
    target,
    webhook,
    scheme,
    host,
    api,
    redactor: options.redactor,
    signal: options.signal,
    effects:
      webhook.effect === undefined ? null : createEffects(webhook.effect, webhook.settleMs, host.place, options.signal),
    sampleOf: createSamples(webhook, scheme, options.runId, target.contract.webhook?.events?.[0]),
    transport: createTransport({
      origin: new URL(webhook.url).origin,
      ca: null,
      connectTimeoutMs: webhook.patience,
      timeoutMs: webhook.patience,
      redactor: options.redactor,
      budget: createBudget({ requests: MOST_EVENTS, writes: MOST_EVENTS, seconds }),
      concurrency: AT_ONCE,
      signal: options.signal,
    }),
  };
}

function contextOf(
  session: Session,
  probe: PlannedReceiverProbe['probe'],
  evidence: GatheredMap,
  report: () => void,
): Omit<ReceiverContext, 'isFirst'> {
  const { target, webhook, scheme, host, api, effects, redactor, signal } = session;
  const secrets = [webhook.secret ?? []].flat();
  const send = async (vector: Vector, again: Again = {}): Promise<Sent> => {
    await host.ensureRunning();
    report();
    return deliver(session, nounOf(probe), vector, again);
  };
  return {
    target,
    webhook,
    scheme,
    evidence: evidenceFor(probe, evidence),
    vectors: (...groups) =>
      VECTORS.filter((one) => groups.includes(one.group) && one.missing(scheme, secrets) === null),
    async deliver(vector, again) {
      return roundOf(vector, await send(vector, again), (await effects?.look()) ?? null, host);
    },
    async deliverAndKill(vector, count, when) {
      await host.ensureRunning();
      await session.transport.open(count);
      const sending = Array.from({ length: count }, () => send(vector));
      const all = Promise.all(sending);
      await (when === 'all answers'
        ? all
        : Promise.race([...sending, ...(when === 'first answer' ? [] : [sleep(when)])]));
      await host.kill();
      return Promise.all((await all).map((sent) => roundOf(vector, sent, null, host)));
    },
    settle: async (more) => redactAll((await effects?.settle(more)) ?? null, redactor),
    watch: async () => {
      await host.ensureRunning();
      await effects?.watch();
    },
    restart: () => host.ensureRunning(),
    printed: host.printed,
    async state() {
      // Nothing is waited for any more: who reads again and again must not do so without a pause.
      if (signal.aborted) throw interrupted();
      if (webhook.state === undefined) throw new Error('webhook.state is not configured');
      return redactor.redact(await readState(webhook.state, host.place)).text;
    },
    apiReads: () => api?.reads() ?? null,
    pause: (ms) => sleep(ms, undefined, { signal }).catch(() => undefined),
  };
}

interface Sent {
  events: readonly string[];
  calls: readonly Exchange[];
}

async function deliver(
  { transport, scheme, webhook, api, sampleOf }: Session,
  probe: string,
  vector: Vector,
  { event, attempt, isCut }: Again,
): Promise<Sent> {
  const sample = sampleOf(event, attempt);
  api?.happened(vector, sample);
  const deliveries = vector.deliveries(scheme, sample);
  const requests = deliveries.map((delivery, at) => outgoingOf(delivery, `${sample.id}.${vector.id}`, at, webhook.url));
  const marked = requests.map((request) => ({
    ...request,
    id: `webhook.${probe}.${request.id}${event === undefined ? '' : `.again-${transport.exchanges.length}`}`,
    probe,
    vector: vector.id,
    cut: isCut === true ? ('after-sending' as const) : null,
  }));
  const calls: Exchange[] = [];
  if (vector.atOnce === true) {
    // They overlap only where no connection must be made first.
    await transport.open(marked.length);
    calls.push(...(await Promise.all(marked.map((one) => transport.send(one)))));
  } else for (const one of marked) calls.push(await transport.send(one));
  return { events: deliveries.map(() => sample.id), calls };
}

function outgoingOf({ method, headers, body }: Delivery, name: string, at: number, url: string): Outgoing {
  const { pathname, search } = new URL(url);
  return {
    id: `${name}${at === 0 ? '' : `.${at + 1}`}`,
    method,
    path: `${pathname}${search}`,
    headers,
    body,
    credential: 'none',
    write: method !== 'GET',
    operation: null,
    expected: [],
    idempotencyKey: null,
    version: null,
    repeats: null,
    cut: null,
  };
}

async function roundOf(
  vector: Vector,
  { events, calls }: Sent,
  effects: number | null,
  host: ReceiverHost,
): Promise<EventRound> {
  const { id, group, says, expected } = vector;
  const alive = await host.isAlive(calls.some(({ ended }) => !EXPLAINED.includes(ended)));
  return { vector: id, group, says, expected, events, calls, effects, alive };
}
