// Creates that are only accepted (202): asked for until they are finished, so that nothing is counted too early.

import type { Exchange } from '../evidence/exchange.js';
import { isSuccess, jsonOf, statusOf } from '../evidence/exchange.js';
import { getPointer } from '../evidence/pointer.js';
import { NoEvidence } from '../transport/budget.js';
import type { Api } from './api.js';
import type { CallSpec } from './call.js';
import type { ProbeContext } from './define.js';
import { nameOf } from './names.js';

type Poll = NonNullable<NonNullable<Api['create']>['poll']>;

const LEAST_WAIT_MS = 50;
// Where the contract names no interval.
const USUAL_WAIT_MS = 1_000;
const GROWTH = 1.5;
const LONGEST_WAIT_MS = 10_000;
// A second resource behind an equal answer takes about as long as the first.
const SLOWER = 1.5;
// Two names in the answers prove two resources, whatever is counted: nobody need wait for a third.
const MOST_RESOURCES = 2;

/** The waits between polls: growing, so that a slow create costs few requests. */
export function pollWaits({ everyMs = USUAL_WAIT_MS, withinMs }: Pick<Poll, 'everyMs' | 'withinMs'>): number[] {
  const waits: number[] = [];
  let [next, sum] = [Math.max(LEAST_WAIT_MS, everyMs), 0];
  while (sum < withinMs) {
    const wait = Math.min(next, withinMs - sum);
    waits.push(wait);
    sum += wait;
    next = Math.min(next * GROWTH, Math.max(LONGEST_WAIT_MS, everyMs));
  }
  return waits;
}

/** The polls of so many settlers. */
export function pollCalls(api: Api, settlers: number): Record<string, CallSpec> {
  const poll = api.create?.poll;
  if (poll === undefined) return {};
  const times = settlers * MOST_RESOURCES * (pollWaits(poll).length + 1);
  return { poll: api.get(poll.path, { role: 'poll', times, when: 'a create is accepted but not finished' }) };
}

/** Whether the answer says that the work is still to be done. */
function isUnfinished(poll: Poll, call: Exchange): boolean {
  const shown = getPointer(jsonOf(call), poll.status);
  return !poll.done.includes(String(shown));
}

export interface Settler {
  /** Waits for the end of an accepted create, each resource once. Throws NoEvidence when it does not end. */
  settle(call: Exchange): Promise<void>;
  /** Waits until what was accepted before now, but is named by no answer, should be finished as well. */
  letFinish(sinceMs: number): Promise<void>;
}

export function createSettler(context: ProbeContext, suffix: string): Settler {
  const { api } = context;
  const poll = api.create?.poll;
  const settled = new Set<string>();
  let longestMs = 0;

  async function settle(call: Exchange): Promise<void> {
    // Any other success says that the resource is there, whatever becomes of it: a payment may wait for its payer.
    if (poll === undefined || statusOf(call) !== 202 || !isSuccess(call)) return;
    if (!isUnfinished(poll, call)) return refuseFailure(poll, call);
    const { id } = nameOf(api, call);
    if (id === null)
      throw new NoEvidence(
        'pending',
        `a create was accepted (${statusOf(call)}), but its answer names no id to ask for (endpoint.operations.create.id)`,
      );
    if (settled.has(id) || settled.size === MOST_RESOURCES) return;
    settled.add(id);
    const resource = settled.size;
    const begunAtMs = performance.now();
    let last = call;
    for (const [at, waitMs] of [0, ...pollWaits(poll)].entries()) {
      if (waitMs > 0) await context.pause(waitMs);
      const label = [suffix, resource, at + 1].filter((part) => part !== '').join('.');
      last = await context.send('poll', { id, suffix: label });
      if (!isSuccess(last) || isUnfinished(poll, last)) continue;
      refuseFailure(poll, last);
      longestMs = Math.max(longestMs, performance.now() - begunAtMs);
      return;
    }
    throw new NoEvidence('pending', stillPending(poll, last));
  }

  return {
    settle,
    async letFinish(sinceMs) {
      const leftMs = sinceMs + longestMs * SLOWER - performance.now();
      if (longestMs > 0 && leftMs > 0) await context.pause(leftMs);
    },
  };
}

/** What was accepted and then failed made nothing: of it, neither a count nor a repeat says anything. */
function refuseFailure(poll: Poll, call: Exchange): void {
  const shown = getPointer(jsonOf(call), poll.status);
  if (shown === undefined || poll.failed?.includes(String(shown)) !== true) return;
  throw new NoEvidence('dependency', `the control failed: a create was accepted and ended as ${JSON.stringify(shown)}`);
}

function stillPending(poll: Poll, last: Exchange): string {
  const shown = getPointer(jsonOf(last), poll.status);
  const seen =
    shown === undefined
      ? `answered ${statusOf(last)} with nothing at ${poll.status}`
      : `${poll.status} was ${JSON.stringify(shown)}`;
  return `a create was accepted and is still pending after ${poll.withinMs / 1000} s: ${last.request.method} ${new URL(last.request.url).pathname}: ${seen}, expected ${poll.done.join(' or ')} (endpoint.operations.create.poll)`;
}

/** Whether an answer shows the accepted resource further on: the same one, finished. */
export function isLaterState(api: Api, accepted: Exchange, answer: Exchange): boolean {
  const poll = api.create?.poll;
  if (poll === undefined || statusOf(accepted) !== 202 || !isSuccess(answer)) return false;
  const [one, other] = [nameOf(api, accepted).id, nameOf(api, answer).id];
  if (one === null || one !== other) return false;
  return isUnfinished(poll, accepted) && !isUnfinished(poll, answer);
}
