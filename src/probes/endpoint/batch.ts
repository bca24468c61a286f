import { isLack, lack, without } from '../../evidence/unlock.js';
import { batchResults, itemsIn } from '../batches.js';
import { defineProbe } from '../define.js';
import { countCalls, withEffect } from '../effect.js';
import { STATE } from '../writing.js';

const FEWEST_ITEMS = 2;

export default defineProbe({
  key: 'endpoint.batch',
  says: 'creating several in one call',
  after: ['endpoint.authenticated'],
  settings: ['contract.batch'],
  calls(api) {
    if (api.endpoint.mock) return STATE;
    const { batch } = api.contract;
    if (batch === undefined) return without('contract.batch');
    const call = api.call(batch.operation);
    if (isLack(call)) return call;
    if (itemsIn(api, call) < FEWEST_ITEMS)
      return lack(
        `contract.batch.items, where the body of endpoint.operations.${batch.operation} holds at least ${FEWEST_ITEMS}`,
        `endpoint.operations.${batch.operation}.body`,
      );
    return { call, ...countCalls(api) };
  },
  async run(context) {
    const { api } = context;
    const unique = context.fresh();
    const spec = api.call(api.contract.batch?.operation ?? '');
    const sent = isLack(spec) ? 0 : itemsIn(api, spec);
    const act = async () => {
      const call = await context.send('call', { unique, key: context.freshKey() });
      return { call, calls: [call] };
    };
    const { call, effect } = await withEffect(context, unique, '', act, sent);
    return { call, sent, results: batchResults(api, call), counted: effect.counted };
  },
});
