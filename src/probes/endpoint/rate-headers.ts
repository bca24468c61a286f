import { falls, readRateHeaders, remainingIn } from '../../evidence/rate-headers.js';
import { defineProbe } from '../define.js';
import { STATE } from '../writing.js';

const CALLS = 4;
/** A limit that refills quickly shows its fall only when calls come faster than that. */
const BATCH = 8;

export default defineProbe({
  key: 'endpoint.rate-headers',
  says: 'reading several times and watching the rate headers',
  after: ['endpoint.authenticated'],
  alone: true,
  calls(api) {
    if (api.contract.rateLimit?.headers === undefined) return 'contract.rateLimit.headers';
    if (api.endpoint.mock) return STATE;
    const read = api.call('read');
    if (typeof read === 'string') return read;
    return {
      call: { ...read, times: CALLS },
      batch: { ...read, times: BATCH, when: 'the remaining calls do not fall' },
    };
  },
  async run({ api, send, openConnections }) {
    const declared = api.contract.rateLimit?.headers ?? {};
    const calls = [];
    for (let at = 1; at <= CALLS; at++) calls.push(await send('call', { suffix: String(at) }));
    const readings = await Promise.all(calls.map((call) => readRateHeaders(call, declared)));
    if (falls(remainingIn(readings)) || readings.some((one) => one.remaining === null))
      return { calls, batch: [], readings };
    await openConnections(BATCH);
    const sending = Array.from({ length: BATCH }, (_, at) => send('batch', { suffix: String(at + 1) }));
    const batch = await Promise.all(sending);
    const more = await Promise.all(batch.map((call) => readRateHeaders(call, declared)));
    return { calls, batch, readings: [...readings, ...more] };
  },
});
