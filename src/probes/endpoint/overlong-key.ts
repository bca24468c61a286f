import { isSuccess } from '../../evidence/exchange.js';
import { isLack, without } from '../../evidence/unlock.js';
import { defineProbe } from '../define.js';
import { keyOfLength } from '../idempotency-keys.js';
import { nameOf } from '../names.js';
import { KEYED_CREATE, keyedCreateCall } from '../writing.js';

export default defineProbe({
  key: 'endpoint.overlong-key',
  says: 'creating with an idempotency key that is one character too long',
  after: ['endpoint.authenticated'],
  settings: [...KEYED_CREATE, 'contract.idempotency.maxLength'],
  calls(api) {
    const create = keyedCreateCall(api, { expected: [] });
    if (isLack(create)) return create;
    if (api.contract.idempotency?.maxLength === undefined) return without('contract.idempotency.maxLength');
    return { call: create, twin: { ...create, when: 'the overlong key is accepted' } };
  },
  async run({ send, api, fresh, freshKey }) {
    const length = (api.contract.idempotency?.maxLength ?? 0) + 1;
    const [unique, key] = [fresh(), freshKey()];
    const call = await send('call', { unique, key: keyOfLength(key, length) });
    if (!isSuccess(call)) return { length, call, twin: null, named: [] };
    // Alike up to the maximum, different after it: a server that cuts keys takes the two for one.
    const twin = await send('twin', { unique, key: keyOfLength(key, length, '2') });
    return { length, call, twin, named: [call, twin].filter(isSuccess).map((one) => nameOf(api, one)) };
  },
});
