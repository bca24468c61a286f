// What a probe of the endpoint works with: the calls of its plan, and what others found.

import type { Contract } from '../config/schema.js';
import type { Exchange } from '../evidence/exchange.js';
import { answerHeader, describeEnding, isUpstreamError, statusOf } from '../evidence/exchange.js';
import { factOf } from '../evidence/fact.js';
import { saysInFlight } from '../evidence/in-flight.js';
import { isLimited } from '../evidence/limits.js';
import type { GatheredMap } from '../evidence/map.js';
import type { PlannedEndpointProbe } from '../plan.js';
import type { Api } from '../probes/api.js';
import type { CallSpec, Calls, Fill } from '../probes/call.js';
import type { ProbeContext } from '../probes/define.js';
import { createLag } from '../probes/lags.js';
import { NoEvidence } from '../transport/budget.js';
import { evidenceFor, nounOf } from './schedule.js';
import type { Traffic } from './traffic.js';

/** Makes the context of each probe of one run. */
export function contextsOf(
  api: Api,
  traffic: Traffic,
  evidence: GatheredMap,
): (planned: PlannedEndpointProbe) => ProbeContext {
  const lag = createLag();
  return ({ probe, calls }) => {
    const noun = nounOf(probe);
    const take = createAllowance(probe.key, calls);
    return {
      api,
      lag,
      fresh: traffic.fresh,
      freshKey: traffic.freshKey,
      async send(label, fill = {}) {
        const spec = { ...take(label), probe: noun };
        await traffic.ready();
        const exchange = await sendOrWait(traffic, idOf(noun, label, fill), spec, fill);
        if (exchange.ended === 'aborted') throw new NoEvidence('interrupted', 'the run was interrupted');
        return fill.whatever === true ? exchange : judgeable(exchange, api.contract);
      },
      evidence: evidenceFor(probe, evidence),
      openConnections: traffic.openConnections,
      async waitOut(exchanges) {
        for (const exchange of exchanges) if (await traffic.waitOut(exchange)) return true;
        return false;
      },
      remainingMs: traffic.remainingMs,
      pause: traffic.pause,
      // What came by another way is the answer of whatever stands there, not the API's usual one; a log-in is no call
      // of the API that is judged, and of its answer nothing is kept.
      traffic: () => ({
        exchanges: traffic.exchanges().filter(({ request }) => request.way === undefined && request.role !== 'log-in'),
        lateMs: traffic.lateMs(),
      }),
    };
  };
}

/** A probe sends what its plan lists, and no more of it. */
function createAllowance(key: string, calls: Calls): (label: string) => CallSpec {
  const spent = new Map<string, number>();
  return (label) => {
    const planned = calls[label];
    if (planned === undefined) throw new Error(`${key} sends "${label}", which its plan does not list`);
    const times = (spent.get(label) ?? 0) + 1;
    if (times > planned.times)
      throw new Error(`${key} sends "${label}" more than the ${planned.times} times of its plan`);
    spent.set(label, times);
    return planned;
  };
}

function idOf(noun: string, label: string, { suffix = '' }: Fill): string {
  return [noun, label.replaceAll(' ', '-'), ...(suffix === '' ? [] : [suffix])].join('.');
}

async function sendOrWait(traffic: Traffic, id: string, spec: CallSpec, fill: Fill): Promise<Exchange> {
  const exchange = await traffic.send(id, spec, fill);
  if (fill.once === true || !(await traffic.waitOut(exchange))) return exchange;
  return traffic.sendAgain(exchange, spec, fill);
}

/** Refusals by an edge and broken exchanges are no answers of the API: nothing may be judged by them. */
function judgeable(exchange: Exchange, contract: Contract): Exchange {
  const status = statusOf(exchange);
  // A repeat may be answered by a bare 102 where the contract says so.
  if (status === null && exchange.request.idempotencyKey !== null && saysInFlight(exchange, contract)) return exchange;
  if (status === null) throw new NoEvidence('unreachable', describeEnding(exchange), { fact: factOf(exchange) });
  const where = `${exchange.request.method} ${new URL(exchange.request.url).pathname}`;
  if (isLimited(exchange, contract)) {
    const retryAfter = answerHeader(exchange, 'retry-after');
    throw new NoEvidence(
      'blocked',
      `${where} was rate-limited (${status}${retryAfter === undefined ? '' : `, Retry-After ${retryAfter}`}); spread the run with endpoint.cooldown`,
      { fact: 'rate-limited' },
    );
  }
  if (isUpstreamError(status))
    throw new NoEvidence(
      'blocked',
      `${where} was answered ${status}: something before the API, or the API itself, was unavailable`,
      { fact: 'unavailable' },
    );
  return exchange;
}
