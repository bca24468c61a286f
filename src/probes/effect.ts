// How many resources a probe's calls made: counted where the config says how, else named by the answers.

import type { CredentialUse, Exchange } from '../evidence/exchange.js';
import { answerHeader, isRefusedInSuccess, isSuccess, isSureSuccess, jsonOf, statusOf } from '../evidence/exchange.js';
import type { Count, Effect, Named } from '../evidence/map.js';
import { getPointer } from '../evidence/pointer.js';
import { SETTING } from '../evidence/refusal.js';
import { KEPT_CHARACTERS } from '../redaction/bodies.js';
import { type Api, usesKey, usesUnique } from './api.js';
import { batchResults } from './batches.js';
import type { CallSpec } from './call.js';
import type { ProbeContext } from './define.js';
import { exactly, MOST_GUARDS } from './exact-count.js';
import { LONGEST_LAG_MS } from './lags.js';
import { isEmpty, isMissing } from './look-ups.js';
import { nameOf } from './names.js';
import { createSettler, pollCalls } from './settle.js';

/** Whether counting compares totals before and after, so that nobody else may create meanwhile. */
export function countsByTotal(api: Api): boolean {
  const count = api.create?.count;
  return count !== undefined && !usesUnique([count.path, count.query]) && !countsByKey(api);
}

/** Whether the counting call names the idempotency key, so that each key is counted by itself. */
function countsByKey({ create }: Api): boolean {
  return usesKey([create?.count?.path, create?.count?.query]);
}

/** The calls that find out what was made, which a probe must list in its plan: polls of accepted creates, then the count. */
export function countCalls(api: Api, times = 1): Record<string, CallSpec> {
  const count = api.counting();
  if (count === null) return pollCalls(api, times);
  const each = countsByKey(api) ? times * MOST_KEYS : times;
  return {
    ...pollCalls(api, times),
    count: { ...count, times: each },
    // A list may lag behind the create: asked again a little later before it is believed.
    'count-again': { ...count, times: each * COUNT_AGAIN_MS.length, when: 'the list shows too few at first' },
    'count-other': { ...count, times: times * MOST_GUARDS, when: 'the list shows too many' },
    ...(countsByTotal(api) ? { before: { ...count, times } } : {}),
  };
}

const COUNT_AGAIN_MS = [200, LONGEST_LAG_MS - 200];
/** A total that others move, too, is watched for so long. */
const IDLE_MS = 500;
/** That one probe uses at once. */
const MOST_KEYS = 3;
const WITHOUT_KEY =
  'the counting call asks by idempotency key, and these calls carry none (endpoint.operations.create.count)';
const OLD_KEY =
  'the counting call asks by idempotency key, under which an earlier call made a resource (endpoint.operations.create.count)';
const TOO_EARLY =
  'creates are only accepted (202), so a count may come before the work is done (endpoint.operations.create.poll)';

/**
 * Runs `act` and measures what it made, once all of it is finished. `unique` is the value that its bodies carry;
 * `settle` waits in the middle of `act`, where a later call is to meet a finished create.
 */
export async function withEffect<T extends { calls: readonly Exchange[] }>(
  context: ProbeContext,
  unique: string,
  suffix: string,
  act: (settle: (call: Exchange) => Promise<void>) => Promise<T>,
  /** So many each of its calls makes that succeeds; 0: they share one. */
  each = 0,
): Promise<T & { effect: Effect }> {
  const { api } = context;
  if (each !== 1 || countsByTotal(api)) return measure(context, unique, suffix, act, each);
  // Two resources of its own, each of them named: what the list shows of them when tells how far it is behind.
  const measured = context.lag.measure();
  let lagMs = 0;
  try {
    const done = await measure(context, unique, suffix, act, each);
    const { counted } = done.effect;
    if (counted?.lagMs !== undefined) lagMs = counted.afterMs ?? 0;
    return done;
  } finally {
    measured(lagMs);
  }
}

async function measure<T extends { calls: readonly Exchange[] }>(
  context: ProbeContext,
  unique: string,
  suffix: string,
  act: (settle: (call: Exchange) => Promise<void>) => Promise<T>,
  each: number,
): Promise<T & { effect: Effect }> {
  const { api } = context;
  const counting = api.counting() !== null;
  const before = counting && countsByTotal(api) ? await countBefore(context, unique, suffix) : null;
  const settler = createSettler(context, suffix);
  const done = await act(settler.settle);
  const doneAtMs = performance.now();
  const named = done.calls.filter(isSuccess).map((call) => nameOf(api, call));
  if (!counting) return { ...done, effect: { counted: null, uncounted: null, named } };
  if (api.create?.poll === undefined && done.calls.some((call) => statusOf(call) === 202 && isSuccess(call)))
    return { ...done, effect: { counted: null, uncounted: TOO_EARLY, named } };
  for (const call of done.calls) await settler.settle(call);
  await settler.letFinish(doneAtMs);
  const keys = countsByKey(api) ? keysOf(done.calls) : [undefined];
  const why = keys.length === 0 ? WITHOUT_KEY : countsByKey(api) && usesOldKey(context, done.calls) ? OLD_KEY : null;
  if (why !== null) return { ...done, effect: { counted: null, uncounted: why, named } };
  const afterMs = () => Math.round(performance.now() - doneAtMs);
  const look = async (label: string, place: string) => {
    const askedAfterMs = afterMs();
    const counts: (Count | string)[] = [];
    for (const [at, key] of keys.entries()) {
      const fill = key === undefined ? {} : { key };
      const call = await context.send(label, { unique, suffix: at === 0 ? place : `${place}${at + 1}`, ...fill });
      counts.push(read(api, call, before));
    }
    const sum = sumOf(counts);
    return typeof sum === 'string' ? sum : { ...sum, afterMs: askedAfterMs };
  };
  const isMeasuring = each === 1 && before === null;
  const knownLagMs = isMeasuring ? 0 : ((await context.lag.read()) ?? 0);
  await context.pause(Math.max(0, knownLagMs - afterMs()));
  const least = leastMade(named, each);
  let counted: Count | string = await look('count', suffix);
  for (const waitMs of COUNT_AGAIN_MS) {
    // Of a list that lags nothing is believed before the last look: what it shows next may not be all.
    if (typeof counted === 'string' || counted.resources === null) break;
    if (counted.resources >= least && counted.lagMs === undefined) break;
    await context.pause(waitMs);
    const last: Count = counted;
    const next = await look('count-again', `${suffix}${waitMs}ms`);
    const grew = typeof next !== 'string' && (next.resources ?? 0) > (last.resources ?? 0);
    const lagMs = grew ? last.afterMs : last.lagMs;
    counted = typeof next === 'string' || lagMs === undefined ? next : { ...next, lagMs };
  }
  if (typeof counted !== 'string' && !isMeasuring && least > 0) {
    if (counted.lagMs !== undefined) context.lag.note(counted.afterMs ?? 0);
    else if (before !== null && (await context.lag.read()) === null && (counted.resources ?? 0) >= least)
      context.lag.note(0);
  }
  if (typeof counted !== 'string' && (counted.resources ?? 0) > least)
    counted =
      before === null
        ? await exactly(context, suffix, counted, { unique, keys }, (call) => amount(api, call))
        : ((await moves(context, suffix, counted)) ?? counted);
  return {
    ...done,
    effect:
      typeof counted === 'string' ? { counted: null, uncounted: counted, named } : { counted, uncounted: null, named },
  };
}

/** How many resources there should be: one for each id in the answers, where these have any. */
function leastMade(named: readonly Named[], each: number): number {
  const ids = new Set(named.map(({ id }) => id).filter((id) => id !== null));
  return named.length === 0 ? 0 : Math.max(1, each * named.length, ids.size);
}

/** What was there before: once the list shows all that earlier probes made. */
async function countBefore(context: ProbeContext, unique: string, suffix: string): Promise<Exchange> {
  const { api } = context;
  const made = context
    .traffic()
    .exchanges.filter((one) => isCreate(api, one.request.operation) && one.request.write && isSuccess(one));
  const lastMs = Math.max(0, ...made.map((one) => one.startedAtEpochMs + one.endedAtMs - one.startedAtMs));
  const lagMs = (await context.lag.read()) ?? LONGEST_LAG_MS;
  await context.pause(Math.max(0, lagMs - (Date.now() - lastMs)));
  return context.send('before', { unique, suffix });
}

/** Why a total that is too high means nothing: it moves without us. */
async function moves(context: ProbeContext, suffix: string, total: Count): Promise<string | null> {
  await context.pause(IDLE_MS);
  const now = await context.send('count-other', { suffix });
  const earlier = context.traffic().exchanges.find(({ id }) => id === total.exchange);
  if (earlier === undefined || shownIn(context.api, now) === shownIn(context.api, earlier)) return null;
  return 'the list changed while nothing was created here: somebody else creates, too (endpoint.operations.create.count)';
}

/** All that a counting call shows, to be compared with another one. */
function shownIn(api: Api, call: Exchange): string {
  const items = api.create?.count?.items;
  return JSON.stringify([amount(api, call), items === undefined ? null : idsIn(api, call, items)]);
}

function keysOf(calls: readonly Exchange[]): string[] {
  const keys = calls.map((call) => call.request.idempotencyKey).filter((key) => key !== null);
  return [...new Set(keys)];
}

/** Whether a call repeats one of another probe, which made a resource under the same key. */
function usesOldKey({ traffic }: ProbeContext, calls: readonly Exchange[]): boolean {
  const probes = new Map(traffic().exchanges.map((one) => [one.id, one.probe]));
  return calls.some(({ probe, repeats }) => repeats !== null && probes.has(repeats) && probes.get(repeats) !== probe);
}

function sumOf(counts: readonly (Count | string)[]): Count | string {
  const [first = WITHOUT_KEY, ...others] = counts;
  let sum = first;
  for (const one of others) {
    if (typeof sum === 'string') return sum;
    if (typeof one === 'string') return one;
    const isKnown = sum.resources !== null && one.resources !== null;
    sum = { ...sum, resources: isKnown ? (sum.resources ?? 0) + (one.resources ?? 0) : null };
  }
  return sum;
}

/** The count, or why there is none. */
function read(api: Api, after: Exchange, before: Exchange | null): Count | string {
  if (before === null) {
    const resources = amount(api, after);
    const how = looksUp(api) && !Array.isArray(jsonOf(after)) ? 'look-up' : 'matching items';
    return resources === null ? unreadable(after) : { resources, how, exchange: after.id };
  }
  const count = api.create?.count;
  if (count?.items !== undefined && count.total === undefined && count.totalHeader === undefined) {
    const old = idsIn(api, before, count.items);
    const now = idsIn(api, after, count.items);
    if (old === null || now === null) return unreadable(old === null ? before : after);
    return { resources: now.filter((id) => !old.includes(id)).length, how: 'new items', exchange: after.id };
  }
  const [first, last] = [amount(api, before), amount(api, after)];
  if (first === null || last === null) return unreadable(first === null ? before : after);
  return { resources: last - first, how: 'total', exchange: after.id };
}

function unreadable(exchange: Exchange): string {
  const why =
    exchange.response?.body.truncated === true
      ? `at more length than the ${KEPT_CHARACTERS / 1024} KiB that are kept: ask for fewer items`
      : exchange.refusal === undefined
        ? 'without a readable count'
        : `with a body that ${isRefusedInSuccess(exchange) ? 'is' : 'looks like'} an error, ${exchange.refusal.sign}, by ${SETTING}`;
  return `the counting call ${exchange.request.method} ${new URL(exchange.request.url).pathname} was answered ${statusOf(exchange) ?? 'nothing'} ${why} (endpoint.operations.create.count)`;
}

/** Whether the counting call names no list and no total: it asks for the one resource. */
function looksUp({ create }: Api): boolean {
  const { items, total, totalHeader } = create?.count ?? {};
  return items === undefined && total === undefined && totalHeader === undefined;
}

function amount(api: Api, exchange: Exchange): number | null {
  const count = api.create?.count;
  const status = statusOf(exchange);
  if (count === undefined || status === null) return null;
  if (looksUp(api) && isMissing(exchange)) return 0;
  if (!isSureSuccess(exchange)) return null;
  if (count.totalHeader !== undefined) return whole(answerHeader(exchange, count.totalHeader));
  const body = jsonOf(exchange);
  if (count.total !== undefined) return whole(getPointer(body, count.total));
  if (count.items !== undefined) {
    const items = getPointer(body, count.items);
    return Array.isArray(items) ? items.length : null;
  }
  if (Array.isArray(body)) return body.length;
  return body === undefined ? null : isEmpty(body) ? 0 : 1;
}

function whole(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) ? number : null;
}

function idsIn(api: Api, exchange: Exchange, items: string): string[] | null {
  const list = getPointer(jsonOf(exchange), items);
  if (!Array.isArray(list)) return null;
  return list.map((item: unknown) => JSON.stringify(getPointer(item, api.create?.id ?? '/id') ?? item));
}

/** Resources that creates of ours made, as their answers name them. */
export function createdIn(
  api: Api,
  exchanges: readonly Exchange[],
): { name: string; exchange: string; credential: CredentialUse }[] {
  return exchanges
    .filter((one) => isCreate(api, one.request.operation) && one.request.write && isSuccess(one))
    .flatMap((one) =>
      namesIn(api, one).map((name) => ({ name, exchange: one.id, credential: one.request.credential })),
    );
}

export function isCreate({ contract }: Api, operation: string | null): boolean {
  return operation === 'create' || (operation !== null && operation === contract.batch?.operation);
}

function namesIn(api: Api, call: Exchange): string[] {
  if (call.request.operation !== 'create')
    return (batchResults(api, call) ?? []).flatMap(({ id }) => (id === null ? [] : [id]));
  const { id, location } = nameOf(api, call);
  const name = id ?? location;
  return name === null ? [] : [name];
}
