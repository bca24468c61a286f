import { isLack } from '../../evidence/unlock.js';
import { defineProbe } from '../define.js';
import { countCalls, withEffect } from '../effect.js';
import { isLaterState } from '../settle.js';
import { KEYED_CREATE, keyedCreateCall, mustWork } from '../writing.js';

export default defineProbe({
  key: 'endpoint.replay',
  says: 'creating twice with one idempotency key',
  after: ['endpoint.authenticated'],
  settings: [...KEYED_CREATE],
  calls(api) {
    const create = keyedCreateCall(api);
    return isLack(create) ? create : { first: create, again: create, ...countCalls(api) };
  },
  async run(context) {
    const [unique, key] = [context.fresh(), context.freshKey()];
    const { effect, first, again } = await withEffect(context, unique, '', async (settle) => {
      const first = mustWork(await context.send('first', { unique, key }));
      await settle(first);
      const again = await context.send('again', { unique, key, repeats: first.id });
      return { first, again, calls: [first, again] };
    });
    return { first, again, effect, later: isLaterState(context.api, first, again) };
  },
});
