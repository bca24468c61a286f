import { isLack, without } from '../../evidence/unlock.js';
import { defineProbe } from '../define.js';
import { countCalls, withEffect } from '../effect.js';
import { KEYED_CREATE, keyedCreateCall } from '../writing.js';

export default defineProbe({
  key: 'endpoint.keyless',
  says: 'creating without an idempotency key',
  after: ['endpoint.authenticated'],
  settings: [...KEYED_CREATE, 'contract.idempotency.required: true'],
  calls(api) {
    const create = keyedCreateCall(api);
    if (isLack(create)) return create;
    if (api.contract.idempotency?.required !== true) return without('contract.idempotency.required: true');
    return { call: { ...create, keyed: false, expected: api.contract.idempotency.missing ?? [] }, ...countCalls(api) };
  },
  async run(context) {
    const unique = context.fresh();
    const { effect, call } = await withEffect(context, unique, '', async () => {
      const call = await context.send('call', { unique });
      return { call, calls: [call] };
    });
    return { call, effect };
  },
});
