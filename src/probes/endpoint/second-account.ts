import type { Exchange } from '../../evidence/exchange.js';
import { isLack, lack } from '../../evidence/unlock.js';
import { withoutKeys } from '../api.js';
import { defineProbe } from '../define.js';
import { LONGEST_LAG_MS } from '../lags.js';
import { nameOf } from '../names.js';
import { holdsWhole } from '../unique-values.js';
import { KEYED_CREATE, keyedCreateCall, mustWork } from '../writing.js';

export default defineProbe({
  key: 'endpoint.second-account',
  says: 'repeating an idempotency key from a second account',
  after: ['endpoint.authenticated'],
  settings: ['endpoint.secondAccountKey', ...KEYED_CREATE],
  calls(api) {
    const noKeys = withoutKeys(api);
    if (noKeys !== null) return noKeys;
    const { key, secondAccountKey } = api.endpoint;
    if (secondAccountKey === undefined || secondAccountKey === key)
      return lack('endpoint.secondAccountKey, the key of another account', 'endpoint.secondAccountKey');
    const create = keyedCreateCall(api);
    if (isLack(create)) return create;
    const counting = api.counting();
    return {
      control: { ...create, credential: 'second' },
      first: create,
      ...(counting === null
        ? {}
        : {
            look: { ...counting, credential: 'second' },
            'look-again': {
              ...counting,
              credential: 'second',
              when: "the second account got the first one's resource",
            },
          }),
      other: { ...create, credential: 'second' },
    };
  },
  async run({ api, send, fresh, freshKey, pause }) {
    const control = mustWork(await send('control', { unique: fresh(), key: freshKey() }));
    const [unique, key] = [fresh(), freshKey()];
    const first = mustWork(await send('first', { unique, key }));
    const named = nameOf(api, first);
    // Whoever sees the resource of the first account is no second one.
    let look = api.counting() === null ? null : await send('look', { unique, key });
    const other = await send('other', { unique, key });
    const seen = () => (look === null || named.id === null ? null : names(look, named.id));
    if (seen() === false && nameOf(api, other).id === named.id) {
      // What accuses must not be a list that lags.
      await pause(LONGEST_LAG_MS);
      look = await send('look-again', { unique, key });
    }
    const seesFirst = seen();
    return { control, first, other, named: [named, nameOf(api, other), nameOf(api, control)], look, seesFirst };
  },
});

function names(call: Exchange, id: string): boolean {
  return holdsWhole(call.response?.body.text ?? '', id);
}
