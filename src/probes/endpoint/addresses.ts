import { isLack, without } from '../../evidence/unlock.js';
import { defineProbe } from '../define.js';
import { readFrom, vantagesOf } from '../reading.js';
import { NO_MOCK } from '../writing.js';

export default defineProbe({
  key: 'endpoint.addresses',
  says: 'reading from each vantage point',
  after: [],
  settings: ['endpoint.egress'],
  calls(api) {
    if (api.endpoint.mock) return NO_MOCK;
    const vantages = vantagesOf(api);
    if (vantages.length === 0) return without('endpoint.egress');
    const calls = vantages.map((vantage) => [vantage.name, readFrom(api, vantage)] as const);
    const missing = calls.map(([, call]) => call).find((call) => isLack(call));
    return missing ?? Object.fromEntries(calls.flatMap(([name, call]) => (isLack(call) ? [] : [[name, call]])));
  },
  run: async ({ api, send }) => ({
    vantages: await Promise.all(
      vantagesOf(api).map(async (vantage) => ({ ...vantage, call: await send(vantage.name, { whatever: true }) })),
    ),
  }),
});
