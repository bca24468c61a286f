// How many resources a probe's calls made: counted where the config says how, else named by the answers.
import { answerHeader, isSuccess, jsonOf, statusOf } from '../evidence/exchange.js';
import { getPointer } from '../evidence/pointer.js';
import type { CredentialUse, Exchange } from '../types.js';
import { type Api, usesKey, usesUnique } from './api.js';
import { batchResults } from './batches.js';
import type { CallSpec, ProbeContext } from './define.js';
import type { Count, Effect } from './evidence.js';
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
    // A list may lag behind the create: asked again a little later before a zero is believed.
    'count-again': { ...count, times: each * COUNT_AGAIN_MS.length, when: 'the list shows nothing at first' },
    ...(countsByTotal(api) ? { before: { ...count, times } } : {}),
  };
}

const COUNT_AGAIN_MS = [200, 800];
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
): Promise<T & { effect: Effect }> {
  const { api } = context;
  const counting = api.counting() !== null;
  const before = counting && countsByTotal(api) ? await context.send('before', { unique, suffix }) : null;
  const settler = createSettler(context, suffix);
  const done = await act(settler.settle);
  const doneAtMs = performance.now();
  const named = done.calls.filter(isSuccess).map((call) => nameOf(api, call));
  if (!counting) return { ...done, effect: { counted: null, uncounted: null, named } };
  if (api.create?.poll === undefined && done.calls.some((call) => statusOf(call) === 202))
    return { ...done, effect: { counted: null, uncounted: TOO_EARLY, named } };
  for (const call of done.calls) await settler.settle(call);
  await settler.letFinish(doneAtMs);
  const keys = countsByKey(api) ? keysOf(done.calls) : [undefined];
  const why = keys.length === 0 ? WITHOUT_KEY : countsByKey(api) && usesOldKey(done.calls) ? OLD_KEY : null;
  if (why !== null) return { ...done, effect: { counted: null, uncounted: why, named } };
  const look = async (label: string, place: string) => {
    const counts: (Count | string)[] = [];
    for (const [at, key] of keys.entries()) {
      const fill = key === undefined ? {} : { key };
      const call = await context.send(label, { unique, suffix: at === 0 ? place : `${place}${at + 1}`, ...fill });
      counts.push(read(api, call, before));
    }
    return sumOf(counts);
  };
  let counted = await look('count', suffix);
  for (const waitMs of COUNT_AGAIN_MS) {
    if (typeof counted === 'string' || counted.resources !== 0 || named.length === 0) break;
    await context.pause(waitMs);
    counted = await look('count-again', `${suffix}${waitMs}ms`);
  }
  return {
    ...done,
    effect:
      typeof counted === 'string' ? { counted: null, uncounted: counted, named } : { counted, uncounted: null, named },
  };
}

function keysOf(calls: readonly Exchange[]): string[] {
  const keys = calls.map((call) => call.request.idempotencyKey).filter((key) => key !== null);
  return [...new Set(keys)];
}

/** Whether a call repeats one of another probe, which made a resource under the same key. */
function usesOldKey(calls: readonly Exchange[]): boolean {
  const probeOf = (id: string) => id.split('.', 1)[0];
  return calls.some(({ id, repeats }) => repeats !== null && probeOf(repeats) !== probeOf(id));
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
    return resources === null ? unreadable(after) : { resources, how: 'matching items', exchange: after.id };
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
  return `the counting call ${exchange.request.method} ${new URL(exchange.request.url).pathname} was answered ${statusOf(exchange) ?? 'nothing'} without a readable count (endpoint.operations.create.count)`;
}

function amount(api: Api, exchange: Exchange): number | null {
  const count = api.create?.count;
  const status = statusOf(exchange);
  if (count === undefined || status === null) return null;
  const looksUp = count.items === undefined && count.total === undefined && count.totalHeader === undefined;
  if (looksUp && (status === 404 || status === 410)) return 0;
  if (!isSuccess(exchange)) return null;
  if (count.totalHeader !== undefined) return whole(answerHeader(exchange, count.totalHeader));
  const body = jsonOf(exchange);
  if (count.total !== undefined) return whole(getPointer(body, count.total));
  if (count.items !== undefined) {
    const items = getPointer(body, count.items);
    return Array.isArray(items) ? items.length : null;
  }
  if (Array.isArray(body)) return body.length;
  return body === undefined ? null : 1;
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
