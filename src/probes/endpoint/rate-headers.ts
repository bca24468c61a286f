import { isExpected } from '../../evidence/exchange.js';
import type { RateHeadersEvidence } from '../../evidence/map.js';
import { isSafe } from '../../evidence/methods.js';
import { falls, readRateHeaders, remainingIn } from '../../evidence/rate-headers.js';
import { isLack, without } from '../../evidence/unlock.js';
import { NoEvidence } from '../../transport/budget.js';
import type { Api } from '../api.js';
import { defineProbe, type ProbeContext } from '../define.js';
import { STATE } from '../writing.js';
import { quotaOf } from './burst.js';

const CALLS = 4;
/** A limit that refills quickly shows its fall only when calls come faster than that. */
const BATCH = 8;
const FEWEST = 2;

function operationOf(api: Api): string {
  return api.contract.rateLimit?.operation ?? 'read';
}

export default defineProbe({
  key: 'endpoint.rate-headers',
  says: 'calling several times and watching the rate headers',
  after: ['endpoint.authenticated'],
  settings: ['contract.rateLimit.headers'],
  alone: true,
  calls(api) {
    if (api.endpoint.mock) return STATE;
    if (api.contract.rateLimit?.headers === undefined) return without('contract.rateLimit.headers');
    const call = api.call(operationOf(api));
    if (isLack(call)) return call;
    // Nothing is made for the sake of headers: what the other probes were answered is enough.
    if (!isSafe(call.method)) return {};
    return {
      call: { ...call, times: CALLS },
      batch: { ...call, times: BATCH, when: 'the remaining calls do not fall' },
    };
  },
  async run(context) {
    const { api, openConnections } = context;
    const declared = api.contract.rateLimit?.headers ?? {};
    const spec = api.call(operationOf(api));
    if (!isLack(spec) && !isSafe(spec.method)) return readRecorded(context);
    const send = (label: string, at: number) =>
      context.send(label, { suffix: String(at + 1), unique: context.fresh(), key: context.freshKey() });
    const calls = [];
    for (let at = 0; at < CALLS; at++) calls.push(await send('call', at));
    const readings = await Promise.all(calls.map((call) => readRateHeaders(call, declared)));
    if (falls(remainingIn(readings)) || readings.some((one) => one.remaining === null))
      return { calls, batch: [], readings };
    // A call that waits for the end of a limit would give the figure time to rise.
    const limit = readings[0]?.limit ?? quotaOf(api)?.requests ?? Number.POSITIVE_INFINITY;
    const size = Math.max(FEWEST, Math.min(BATCH, limit - CALLS));
    await openConnections(size);
    const batch = await Promise.all(Array.from({ length: size }, (_, at) => send('batch', at)));
    const more = await Promise.all(batch.map((call) => readRateHeaders(call, declared)));
    return { calls, batch, readings: [...readings, ...more] };
  },
});

/** The answers that calls of the limited operation got from other probes. */
async function readRecorded({ api, traffic }: ProbeContext): Promise<RateHeadersEvidence> {
  const operation = operationOf(api);
  const calls = traffic()
    .exchanges.filter((one) => one.request.operation === operation && one.request.write && isExpected(one))
    .slice(0, CALLS + BATCH);
  if (calls.length === 0)
    throw new NoEvidence('dependency', `no call of ${operation} (contract.rateLimit.operation) was recorded`);
  const declared = api.contract.rateLimit?.headers ?? {};
  return { calls, batch: [], readings: await Promise.all(calls.map((call) => readRateHeaders(call, declared))) };
}
