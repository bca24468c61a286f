import { isSuccess } from '../../evidence/exchange.js';
import { isLack, without } from '../../evidence/unlock.js';
import { defineProbe } from '../define.js';
import { keyOfLength } from '../idempotency-keys.js';
import { nameOf } from '../names.js';
import { KEYED_CREATE, keyedCreateCall } from '../writing.js';

export default defineProbe({
  key: 'endpoint.longest-key',
  says: 'creating with the longest idempotency key',
  after: ['endpoint.authenticated'],
  settings: [...KEYED_CREATE, 'contract.idempotency.maxLength'],
  calls(api) {
    const create = keyedCreateCall(api);
    if (isLack(create)) return create;
    if (api.contract.idempotency?.maxLength === undefined) return without('contract.idempotency.maxLength');
    return { call: create, again: { ...create, when: 'the key is accepted' } };
  },
  async run({ send, api, fresh, freshKey }) {
    const length = api.contract.idempotency?.maxLength ?? 0;
    const fill = { unique: fresh(), key: keyOfLength(freshKey(), length) };
    const call = await send('call', fill);
    if (!isSuccess(call)) return { length, call, again: null, named: [] };
    // Accepted is not yet kept: a key that is too long for its column may go unnoticed.
    const again = await send('again', { ...fill, repeats: call.id });
    return { length, call, again, named: [call, again].filter(isSuccess).map((one) => nameOf(api, one)) };
  },
});
