import { isSuccess } from '../../evidence/exchange.js';
import { defineProbe } from '../define.js';
import { nameOf } from '../names.js';
import { keyedCreateCall, keyOfLength } from '../writing.js';

export default defineProbe({
  key: 'endpoint.overlong-key',
  says: 'creating with an idempotency key that is one too long',
  after: ['endpoint.authenticated'],
  calls(api) {
    if (api.contract.idempotency?.maxLength === undefined) return 'contract.idempotency.maxLength';
    const create = keyedCreateCall(api, { expected: [] });
    if (typeof create === 'string') return create;
    return { call: create, twin: { ...create, when: 'the overlong key is accepted' } };
  },
  async run({ send, api, fresh }) {
    const length = (api.contract.idempotency?.maxLength ?? 0) + 1;
    const key = keyOfLength(fresh(), length);
    const unique = fresh();
    const call = await send('call', { unique, key });
    if (!isSuccess(call)) return { length, call, twin: null, named: [] };
    // Alike up to the maximum, different after it: a server that cuts keys takes the two for one.
    const twin = await send('twin', { unique, key: `${key.slice(0, -1)}z` });
    return { length, call, twin, named: [call, twin].filter(isSuccess).map((one) => nameOf(api, one)) };
  },
});
