// The calls that show a failure, out of those that a verdict names: what belongs together, and what that needs beforehand.
import { type Exchange, isSuccess } from '../evidence/exchange.js';

const MOST_STEPS = 6;
// More is never sent at once, nor needed in turn.
const MOST_CALLS = 200;

/** Calls that were in flight together. */
export type Step = readonly Exchange[];

/** @param named by the verdict: the first is the one that shows it */
export function sequenceOf(named: readonly Exchange[], byId: ReadonlyMap<string, Exchange>, runId: string): Step[] {
  const [lead] = named;
  if (lead === undefined) return [];
  // Asked again of an earlier run: that one's calls are hours ago.
  if (lead.request.unique !== undefined && !lead.request.unique.includes(runId)) return [[lead]];
  const all = [...byId.values()];
  const linked = linkedTo(lead, named.slice(0, MOST_CALLS));
  const proof = linked.flatMap((one) => [one, ...originalOf(one, byId, all), ...updateBefore(one, byId, all)]);
  const made = proof.flatMap((one) => makersOf(one, all).map(({ maker }) => maker));
  // By how much each is needed: the least needed is left out where there is too much.
  const needed = [...new Set([lead, ...originalOf(lead, byId, all), ...made, ...countOf(proof, all), ...proof])];
  const wanted = needed.filter((one) => one === lead || !isReplaced(one, needed)).slice(0, MOST_CALLS);
  for (let kept = wanted.length; kept > 1; kept--) {
    const steps = stepsOf(wanted.slice(0, kept));
    if (steps.length <= MOST_STEPS) return steps;
  }
  return [[lead]];
}

function linkedTo(lead: Exchange, named: readonly Exchange[]): Exchange[] {
  const linked = new Set([lead]);
  // A set also hands out what is added meanwhile.
  for (const one of linked) for (const other of named) if (areLinked(one, other)) linked.add(other);
  return [...linked];
}

function areLinked(a: Exchange, b: Exchange): boolean {
  const [one, other] = [a.request, b.request];
  return (
    a.repeats === b.id ||
    b.repeats === a.id ||
    (a.repeats !== null && a.repeats === b.repeats) ||
    (one.idempotencyKey !== null && one.idempotencyKey === other.idempotencyKey) ||
    (one.unique !== undefined && one.unique === other.unique) ||
    // Pages of one list, calls of one burst, a look at what was written.
    (a.probe !== undefined &&
      a.probe === b.probe &&
      (isRead(a) || a.request.write) &&
      isRead(b) &&
      pathOf(a) === pathOf(b))
  );
}

function isRead({ request }: Exchange): boolean {
  return request.method === 'GET' && request.role === undefined;
}

function pathOf({ request }: Exchange): string {
  return new URL(request.url).pathname;
}

/** What it repeats: where that was refused by a limit, the call that took its place. */
function originalOf({ repeats }: Exchange, byId: ReadonlyMap<string, Exchange>, all: readonly Exchange[]): Exchange[] {
  const original = repeats === null ? undefined : byId.get(repeats);
  if (original === undefined) return [];
  return [all.find((one) => one.resent?.of === original.id) ?? original];
}

/** What changed the same resource between a call and its repeat. */
function updateBefore(one: Exchange, byId: ReadonlyMap<string, Exchange>, all: readonly Exchange[]): Exchange[] {
  if (one.request.method === 'POST') return [];
  return originalOf(one, byId, all).flatMap((original) =>
    all.filter(
      ({ probe, request, startedAtMs, repeats }) =>
        probe === one.probe &&
        request.write &&
        request.url === one.request.url &&
        repeats === null &&
        startedAtMs > original.startedAtMs &&
        startedAtMs < one.startedAtMs,
    ),
  );
}

function isReplaced(one: Exchange, others: readonly Exchange[]): boolean {
  return others.some(({ resent }) => resent?.of === one.id);
}

/** The count that tells how much the writes made, where none was refused: their answers may not show it. */
function countOf(proof: readonly Exchange[], all: readonly Exchange[]): Exchange[] {
  const values = new Set(proof.flatMap(({ request }) => (request.write ? (request.unique ?? []) : [])));
  if (proof.some((one) => one.request.write && one.response !== null && !isSuccess(one))) return [];
  const latest = Math.max(...proof.map(({ startedAtMs }) => startedAtMs));
  const count = all.findLast(
    ({ request, startedAtMs }) => request.role === 'count' && values.has(request.unique ?? '') && startedAtMs > latest,
  );
  return count === undefined ? [] : [count];
}

export interface Made {
  /** As it stands in the path of the call that needs it. */
  id: string;
  maker: Exchange;
  /** The member of the maker's answer that holds it. */
  member: string;
}

/** The creates whose ids a call has in its path: another run of the same calls makes other ids. */
export function makersOf(exchange: Exchange, all: readonly Exchange[]): Made[] {
  return pathOf(exchange)
    .split('/')
    .filter((segment) => segment.length >= 4)
    .flatMap((id) => {
      for (const maker of all) {
        if (!maker.request.write || maker.repeats !== null || !isSuccess(maker)) continue;
        if (maker.endedAtMs > exchange.startedAtMs) continue;
        const member = memberWith(id, maker);
        if (member !== null) return [{ id, maker, member }];
      }
      return [];
    });
}

const MEMBER = /"([\w-]{1,40})" {0,4}: {0,4}"?([\w.-]{1,200})["\s,}]/g;

/** The member of a JSON answer with this value, unless another one of that name stands before it. */
function memberWith(id: string, { response }: Exchange): string | null {
  const text = response?.body.text ?? '';
  if (!text.includes(id)) return null;
  const first = new Map<string, string>();
  for (const [, name = '', value = ''] of text.matchAll(MEMBER)) if (!first.has(name)) first.set(name, value);
  return [...first].find(([, value]) => value === id)?.[0] ?? null;
}

/** In the order of their start; together where one began before the other had ended. */
function stepsOf(exchanges: readonly Exchange[]): Step[] {
  const steps: Exchange[][] = [];
  for (const one of exchanges.toSorted((a, b) => a.startedAtMs - b.startedAtMs)) {
    const last = steps.at(-1);
    const [first] = last ?? [];
    const isTogether =
      first !== undefined &&
      first.probe === one.probe &&
      first.request.method === one.request.method &&
      first.request.url === one.request.url &&
      last?.every(({ endedAtMs }) => one.startedAtMs < endedAtMs);
    if (isTogether === true) last?.push(one);
    else steps.push([one]);
  }
  return steps;
}
