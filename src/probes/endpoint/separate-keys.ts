import { isLack } from '../../evidence/unlock.js';
import { defineProbe } from '../define.js';
import { countCalls, withEffect } from '../effect.js';
import { KEYED_CREATE, keyedCreateCall, mustWork } from '../writing.js';

export default defineProbe({
  key: 'endpoint.separate-keys',
  says: 'creating the same twice with two idempotency keys',
  after: ['endpoint.authenticated'],
  settings: [...KEYED_CREATE],
  calls(api) {
    const create = keyedCreateCall(api);
    return isLack(create) ? create : { one: create, other: create, ...countCalls(api) };
  },
  async run(context) {
    const unique = context.fresh();
    const act = async () => {
      const one = mustWork(await context.send('one', { unique, key: context.freshKey() }));
      const other = await context.send('other', { unique, key: context.freshKey() });
      return { one, other, calls: [one, other] };
    };
    const { effect, one, other } = await withEffect(context, unique, '', act, 1);
    return { one, other, effect };
  },
});
