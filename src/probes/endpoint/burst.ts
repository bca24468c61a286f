import type { Exchange } from '../../evidence/exchange.js';
import { describeEnding, isExpected, statusOf } from '../../evidence/exchange.js';
import { announcedWait, isRefusedInBurst } from '../../evidence/limits.js';
import { isLack } from '../../evidence/unlock.js';
import { NoEvidence } from '../../transport/budget.js';
import type { Api } from '../api.js';
import { defineProbe, type ProbeContext } from '../define.js';
import { STATE } from '../writing.js';

/** Small enough that few calls go past the limit, large enough to be faster than it. */
const WAVE = 5;
const USUAL_MOST = 150;
/** Where neither the answer nor the contract says how long a limit lasts. */
const USUAL_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 120_000;
// Kept back for what comes after the burst.
const RESERVE_MS = 5000;

/** The documented quota of the environment. */
export function quotaOf({ contract, endpoint }: Api) {
  const { quota, sandboxQuota } = contract.rateLimit ?? {};
  return endpoint.environment === 'sandbox' ? (sandboxQuota ?? quota) : quota;
}

/** Across the border of two windows, or of a bucket that refills meanwhile, some three quotas may pass. */
function mostOf(api: Api): number {
  const quota = quotaOf(api);
  const enough = quota === undefined ? USUAL_MOST : 3 * quota.requests + (quota.burst ?? 0) + 1;
  return api.endpoint.burst ?? Math.min(USUAL_MOST, enough);
}

export default defineProbe({
  key: 'endpoint.burst',
  says: 'calling until a limit is met',
  after: ['endpoint.authenticated'],
  exhausts: true,
  calls(api) {
    if (api.endpoint.mock) return STATE;
    const call = api.call(api.contract.rateLimit?.operation ?? 'read');
    if (isLack(call)) return call;
    const most = mostOf(api);
    const first = Math.min(WAVE, most);
    return {
      call: { ...call, times: first },
      ...(most > first ? { further: { ...call, times: most - first, when: 'no call was limited yet' } } : {}),
      recovery: { ...call, when: 'a call was limited' },
    };
  },
  async run(context) {
    const most = mostOf(context.api);
    const calls: Exchange[] = [];
    const { contract } = context.api;
    const isRefused = (call: Exchange) => !isExpected(call) && isRefusedInBurst(call, contract);
    while (calls.length < most && !calls.some(isRefused)) {
      calls.push(...(await wave(context, calls.length, Math.min(WAVE, most - calls.length))));
      const odd = calls.find((call) => !isRefused(call) && !isExpected(call));
      if (odd !== undefined) throw new NoEvidence('dependency', describeOdd(odd));
    }
    if (!calls.some(isExpected)) throw new NoEvidence('blocked', 'no call of the burst was answered as expected');
    const limited = calls.findLast(isRefused) ?? null;
    const quota = quotaOf(context.api) ?? null;
    return { calls, limited: limited?.id ?? null, most, quota, recovery: await recover(context, limited) };
  },
});

function wave(context: ProbeContext, sent: number, size: number): Promise<Exchange[]> {
  return Promise.all(
    Array.from({ length: size }, (_, at) =>
      context.send(sent === 0 ? 'call' : 'further', {
        unique: context.fresh(),
        key: context.freshKey(),
        suffix: String(sent + at + 1),
        whatever: true,
        once: true,
      }),
    ),
  );
}

/** Nothing after the burst may suffer from it. */
async function recover(context: ProbeContext, limited: Exchange | null): Promise<Exchange | null> {
  if (limited === null) return null;
  const { contract } = context.api;
  const waitMs = announcedWait(limited, contract)?.ms ?? quotaOf(context.api)?.windowMs ?? USUAL_WAIT_MS;
  if (waitMs > LONGEST_WAIT_MS || waitMs + RESERVE_MS > context.remainingMs()) return null;
  // Announced seconds are often cut off, not rounded up.
  await context.pause(waitMs + 50);
  return context.send('recovery', {
    unique: context.fresh(),
    key: context.freshKey(),
    resent: { of: limited.id, after: 'limit' },
    whatever: true,
    once: true,
  });
}

function describeOdd(call: Exchange): string {
  const status = statusOf(call);
  return status === null ? describeEnding(call) : `a call of the burst was answered ${status}`;
}
