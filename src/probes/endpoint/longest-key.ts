import { defineProbe } from '../define.js';
import { keyedCreateCall, keyOfLength } from '../writing.js';

export default defineProbe({
  key: 'endpoint.longest-key',
  says: 'creating with the longest idempotency key',
  after: ['endpoint.authenticated'],
  calls(api) {
    if (api.contract.idempotency?.maxLength === undefined) return 'contract.idempotency.maxLength';
    const create = keyedCreateCall(api);
    return typeof create === 'string' ? create : { call: create };
  },
  async run({ send, api, fresh }) {
    const length = api.contract.idempotency?.maxLength ?? 0;
    return { length, call: await send('call', { unique: fresh(), key: keyOfLength(fresh(), length) }) };
  },
});
