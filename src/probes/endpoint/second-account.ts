import type { Exchange } from '../../types.js';
import { defineProbe } from '../define.js';
import { nameOf } from '../names.js';
import { keyedCreateCall, mustWork } from '../writing.js';

export default defineProbe({
  key: 'endpoint.second-account',
  says: 'repeating an idempotency key from a second account',
  after: ['endpoint.authenticated'],
  calls(api) {
    const { key, secondAccountKey } = api.endpoint;
    if (secondAccountKey === undefined || secondAccountKey === key)
      return 'endpoint.secondAccountKey, the key of another account';
    const create = keyedCreateCall(api);
    if (typeof create === 'string') return create;
    const counting = api.counting();
    return {
      control: { ...create, credential: 'second' },
      first: create,
      ...(counting === null ? {} : { look: { ...counting, credential: 'second' } }),
      other: { ...create, credential: 'second' },
    };
  },
  async run({ api, send, fresh }) {
    const control = mustWork(await send('control', { unique: fresh(), key: fresh() }));
    const [unique, key] = [fresh(), fresh()];
    const first = mustWork(await send('first', { unique, key }));
    const named = nameOf(api, first);
    // Whoever sees the resource of the first account is no second one.
    const look = api.counting() === null ? null : await send('look', { unique, key });
    const other = await send('other', { unique, key });
    const seesFirst = look === null || named.id === null ? null : names(look, named.id);
    return { control, first, other, named: [named, nameOf(api, other), nameOf(api, control)], look, seesFirst };
  },
});

function names(call: Exchange, id: string): boolean {
  return call.response?.body.text.includes(id) ?? false;
}
