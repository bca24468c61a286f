// The only impure step: runs the planned probes, side by side where they may, and hands over plain evidence.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Contract } from './config/schema.js';
import { UserError } from './errors.js';
import type { Exchange } from './evidence/exchange.js';
import { answerHeader, describeEnding, isExpected, isUpstreamError, statusOf } from './evidence/exchange.js';
import { saysInFlight } from './evidence/in-flight.js';
import { isLimited } from './evidence/limits.js';
import type { Evidence, EvidenceKey, Gathered, GatheredMap } from './evidence/map.js';
import { refusalIn } from './evidence/refusal.js';
import { gatherLanes } from './gather/client.js';
import { failureOf, type Gathering, type GatherOptions } from './gather/options.js';
import type { Plan, PlannedEndpointProbe } from './plan.js';
import type { CallSpec, Fill } from './probes/call.js';
import type { ProbeContext } from './probes/define.js';
import { createdIn } from './probes/effect.js';
import { createFilling } from './probes/filling.js';
import { keyFor } from './probes/idempotency-keys.js';
import { createSender } from './probes/session.js';
import { createTaking } from './probes/takes.js';
import { uniqueValue } from './probes/unique-values.js';
import { type Budget, createBudget, NoEvidence } from './transport/budget.js';
import { createPatience } from './transport/patience.js';
import { createTransport, type Transport } from './transport/transport.js';

const REQUEST_TIMEOUT_MS = 15_000;
const WAITING = 'waiting until a rate limit ends';

/** Endpoint first, then the client: each would be noise to the other's timing. */
export async function gather(plan: Plan, options: GatherOptions): Promise<Gathering> {
  const evidence: GatheredMap = {};
  const budget = createBudget(plan.target.config.budget);
  let exchanges = (): readonly Exchange[] => [];
  const gathered = () => ({ evidence, exchanges: exchanges(), requests: budget.requests, writes: budget.writes });
  options.onBegin?.(gathered);
  await gatherEndpoint(plan, evidence, budget, options, (transport) => {
    exchanges = () => inOrderOfSending(transport);
  });
  if (plan.lanes.length > 0) await gatherLanes(plan, evidence, budget, options);
  return gathered();
}

async function gatherEndpoint(
  plan: Plan,
  evidence: GatheredMap,
  budget: Budget,
  options: GatherOptions,
  onOpen: (transport: Transport) => void,
): Promise<void> {
  const store = (key: EvidenceKey, value: Gathered) => void Object.assign(evidence, { [key]: value });
  for (const { probe, missing } of plan.probes) {
    if (missing !== null) store(probe.key, { ok: false, why: 'not-configured', detail: missing });
  }
  const running = plan.probes.filter((one) => one.missing === null);
  const { api } = plan;
  if (api === null || running.length === 0) return;

  const { endpoint } = plan.target.config;
  const doing = new Set<string>();
  const planned = running.reduce(
    (sum, one) =>
      sum + Object.values(one.calls).reduce((times, call) => times + (call.when === null ? call.times : 0), 0),
    0,
  );
  const report = () => options.onProgress?.({ doing: [...doing], sent: budget.requests, planned });
  const transport = createTransport({
    origin: api.url.origin,
    ca: endpoint?.ca === undefined ? null : await readAuthority(endpoint.ca, plan.target.directory),
    plainOrigin: api.plainUrl?.origin ?? null,
    egress: Object.fromEntries(Object.entries(endpoint?.egress ?? {}).map(([name, { via }]) => [name, via])),
    connectTimeoutMs: REQUEST_TIMEOUT_MS,
    timeoutMs: REQUEST_TIMEOUT_MS,
    redactor: options.redactor,
    budget,
    concurrency: options.concurrency,
    signal: options.signal,
    onSend: report,
    refusalIn: (exchange) => refusalIn(exchange, api.contract, api.create?.id),
  });
  onOpen(transport);
  const patience = createPatience({
    contract: api.contract,
    budget,
    signal: options.signal,
    onWait(isWaiting) {
      if (isWaiting) doing.add(WAITING);
      else doing.delete(WAITING);
      report();
    },
  });
  let uniques = 0;
  const fresh = () => uniqueValue(options.runId, ++uniques);
  const freshKey = () => keyFor(api?.contract.idempotency, options.runId, ++uniques);
  const sender = createSender(api, transport, options.redactor, options.seed);
  const send = createTaking(api, createFilling(api, sender, fresh));
  const serially = createMutex();
  // Nothing is sent behind the time budget, so nothing is waited for. Timers drop parts of milliseconds.
  const pause = (ms: number) =>
    sleep(Math.min(ms, budget.remainingMs() + 1), undefined, { signal: options.signal }).catch(() => undefined);

  async function run(planned: PlannedEndpointProbe): Promise<void> {
    const { probe } = planned;
    doing.add(probe.says);
    report();
    try {
      if (planned.writes) refuseWithoutControl(evidence);
      const act = async () => probe.run(contextOf(planned));
      const value = await (planned.serial ? serially(act) : act());
      store(probe.key, { ok: true, value });
    } catch (error) {
      store(probe.key, failureOf(error, options));
    } finally {
      doing.delete(probe.says);
    }
  }

  /** Once a limit is over, in place of what it refused. */
  const sendAgain = ({ id }: Exchange, spec: CallSpec, fill: Fill) =>
    send(`${id}.after-limit`, spec, { ...fill, resent: { of: id, after: 'limit' } });

  function contextOf({ probe, calls }: PlannedEndpointProbe): ProbeContext {
    const noun = probe.key.slice(probe.key.indexOf('.') + 1);
    const spent = new Map<string, number>();
    if (api === null) throw new Error('unreachable: probes run only with an endpoint');
    return {
      api,
      fresh,
      freshKey,
      async send(label, fill: Fill = {}) {
        const planned = calls[label];
        if (planned === undefined) throw new Error(`${probe.key} sends "${label}", which its plan does not list`);
        const times = (spent.get(label) ?? 0) + 1;
        if (times > planned.times)
          throw new Error(`${probe.key} sends "${label}" more than the ${planned.times} times of its plan`);
        spent.set(label, times);
        const spec = { ...planned, probe: noun };
        const id = [
          noun,
          label.replaceAll(' ', '-'),
          ...(fill.suffix === undefined || fill.suffix === '' ? [] : [fill.suffix]),
        ].join('.');
        await patience.ready();
        let exchange = await send(id, spec, fill);
        if (fill.once !== true && (await patience.outlasts(exchange))) exchange = await sendAgain(exchange, spec, fill);
        if (exchange.ended === 'aborted') throw new NoEvidence('interrupted', 'the run was interrupted');
        return fill.whatever === true ? exchange : judgeable(exchange, api.contract);
      },
      evidence<K extends EvidenceKey>(key: K): Evidence[K] {
        if (!probe.after.includes(key)) throw new Error(`${probe.key} reads ${key} without naming it in "after"`);
        const gathered = evidence[key];
        if (gathered?.ok !== true) throw new NoEvidence('dependency', gathered?.detail ?? `${key} is missing`);
        return gathered.value as Evidence[K];
      },
      openConnections: (count) => transport.open(count),
      async waitOut(calls) {
        for (const call of calls) if (await patience.outlasts(call)) return true;
        return false;
      },
      remainingMs: () => budget.remainingMs(),
      pause,
      // What came by another way is the answer of whatever stands there, not the API's usual one; a log-in is no call
      // of the API that is judged, and of its answer nothing is kept.
      traffic: () => ({
        exchanges: inOrderOfSending(transport).filter(
          ({ request }) => request.way === undefined && request.role !== 'log-in',
        ),
        lateMs: Object.fromEntries(transport.lateMs),
      }),
    };
  }

  /** Deletes each created resource once; what cannot be deleted stays listed in the report. */
  async function cleanUp(): Promise<void> {
    if (plan.cleanup === null || api === null) return;
    const seen = new Set<string>();
    for (const created of createdIn(api, inOrderOfSending(transport))) {
      if (options.signal.aborted || seen.has(created.name)) continue;
      seen.add(created.name);
      const fill = { id: created.name, repeats: created.exchange };
      try {
        const spec = { ...plan.cleanup, credential: created.credential };
        const call = await send(`cleanup.delete.${seen.size}`, spec, fill);
        if (await patience.outlasts(call)) await sendAgain(call, spec, fill);
      } catch (error) {
        if (!(error instanceof NoEvidence)) throw error;
        return;
      }
    }
  }

  try {
    await schedule(running, evidence, run, store, endpoint?.cooldown ?? 0, pause);
    await cleanUp();
  } finally {
    await transport.close();
  }
}

/** Starts each probe as soon as what it builds on is there; `alone` and `exhausts` ones when nothing is in flight, `last` ones at the end. */
async function schedule(
  probes: readonly PlannedEndpointProbe[],
  evidence: GatheredMap,
  run: (probe: PlannedEndpointProbe) => Promise<void>,
  store: (key: EvidenceKey, value: Gathered) => void,
  cooldownMs: number,
  pause: (ms: number) => Promise<void>,
): Promise<void> {
  const started = new Map<EvidenceKey, Promise<void>>();
  let hasSent = false;
  async function start(planned: PlannedEndpointProbe): Promise<void> {
    await Promise.all(planned.probe.after.map((key) => started.get(key)));
    const failed = planned.probe.after.map((key) => evidence[key]).find((one) => one?.ok === false);
    if (failed?.ok === false) {
      store(planned.probe.key, {
        ...failed,
        why: failed.why === 'crashed' ? 'dependency' : failed.why,
      });
      return;
    }
    const sends = Object.keys(planned.calls).length > 0;
    // A pause stands between two probes that send something: behind the last there is nothing to spare.
    if (sends && hasSent && cooldownMs > 0) await pause(cooldownMs);
    hasSent ||= sends;
    await run(planned);
  }
  const phases = [
    probes.filter(({ probe }) => probe.alone !== true && probe.exhausts !== true && probe.last !== true),
    probes.filter(({ probe }) => probe.alone === true),
    probes.filter(({ probe }) => probe.exhausts === true),
    probes.filter(({ probe }) => probe.last === true),
  ];
  for (const [phase, members] of phases.entries()) {
    for (const planned of members) {
      const running = start(planned);
      started.set(planned.probe.key, running);
      if (phase > 0 || cooldownMs > 0) await running;
    }
    await Promise.all(started.values());
  }
}

/** Where even the read is not answered as expected, creates would only make noise. */
function refuseWithoutControl(evidence: GatheredMap): void {
  const control = evidence['endpoint.authenticated'];
  if (control?.ok !== true || isExpected(control.value.call)) return;
  const { request, refusal } = control.value.call;
  throw new NoEvidence(
    'dependency',
    `the control failed: the read${request.credential === 'none' ? '' : ' with the key'} was answered ${statusOf(control.value.call)}${refusal === undefined ? '' : ` with an error in its body (${refusal.sign})`}`,
  );
}

/** Refusals by an edge and broken exchanges are no answers of the API: nothing may be judged by them. */
function judgeable(exchange: Exchange, contract: Contract): Exchange {
  const status = statusOf(exchange);
  // A repeat may be answered by a bare 102 where the contract says so.
  if (status === null && exchange.request.idempotencyKey !== null && saysInFlight(exchange, contract)) return exchange;
  if (status === null) throw new NoEvidence('unreachable', describeEnding(exchange));
  const where = `${exchange.request.method} ${new URL(exchange.request.url).pathname}`;
  if (isLimited(exchange, contract)) {
    const retryAfter = answerHeader(exchange, 'retry-after');
    throw new NoEvidence(
      'blocked',
      `${where} was rate-limited (${status}${retryAfter === undefined ? '' : `, Retry-After ${retryAfter}`}); spread the run with endpoint.cooldown`,
    );
  }
  if (isUpstreamError(status))
    throw new NoEvidence(
      'blocked',
      `${where} was answered ${status}: something before the API, or the API itself, was unavailable`,
    );
  return exchange;
}

function inOrderOfSending(transport: Transport): Exchange[] {
  return transport.exchanges.toSorted((a, b) => a.startedAtMs - b.startedAtMs || a.id.localeCompare(b.id));
}

/** PEM text stands for itself; anything else names a file. */
async function readAuthority(text: string, directory: string): Promise<string> {
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
  const file = resolve(directory, text);
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UserError(
      'unreadable-ca',
      `endpoint.ca: ${file} cannot be read (${(error as NodeJS.ErrnoException).code})`,
    );
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
