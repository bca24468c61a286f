import type { Exchange } from '../../evidence/exchange.js';
import { isSuccess } from '../../evidence/exchange.js';
import { NoEvidence } from '../../transport/budget.js';
import { uniqueTexts, usesUnique } from '../api.js';
import { defineProbe } from '../define.js';
import { LONGEST_LAG_MS } from '../lags.js';
import { nameOf } from '../names.js';
import { createCall, mustWork } from '../writing.js';

/**
 * Most updates are idempotent by nature: repeated at once they show nothing. So another one comes between, which a repeat
 * that is performed again undoes.
 */
export default defineProbe({
  key: 'endpoint.update-replay',
  says: 'repeating an update after another one',
  after: ['endpoint.authenticated'],
  calls(api) {
    if (api.contract.idempotency?.methods.includes('PATCH') !== true) return 'contract.idempotency.methods with PATCH';
    const create = createCall(api);
    if (typeof create === 'string') return create;
    const update = api.call('update');
    if (typeof update === 'string') return update;
    if (!update.keyed) return 'endpoint.operations.update with the method PATCH';
    if (!update.path.includes('{{id}}')) return 'endpoint.operations.update.path with {{id}}';
    if (!usesUnique(update.payload)) return 'endpoint.operations.update.body with {{unique}}';
    const look = api.get(update.path, { query: update.query, headers: update.headers });
    return {
      create,
      first: update,
      other: update,
      control: look,
      again: update,
      look,
    };
  },
  async run({ api, send, fresh, freshKey, pause }) {
    const { id } = nameOf(api, mustWork(await send('create', { unique: fresh(), key: freshKey() })));
    if (id === null)
      throw new NoEvidence('dependency', 'the create names no id to update (endpoint.operations.create.id)');
    const update = api.call('update');
    const payload = typeof update === 'string' ? null : update.payload;
    const [value, key, otherValue] = [fresh(), freshKey(), fresh()];
    const first = mustWork(await send('first', { id, unique: value, key }));
    const other = mustWork(await send('other', { id, unique: otherValue, key: freshKey() }));
    const shownBy = (look: Exchange) => {
      const holds = (unique: string) =>
        uniqueTexts(payload, unique).some((text) => look.response?.body.text.includes(text) ?? false);
      // A resource that keeps its history holds both, whatever stands.
      const [kept, repeated] = [holds(otherValue), holds(value)];
      return { look, shows: kept && repeated ? 'both' : kept ? 'other' : repeated ? 'repeated' : 'neither' } as const;
    };
    const before = shownBy(await send('control', { id }));
    const again = await send('again', { id, unique: value, key, repeats: first.id });
    // A copy that is read from may lag behind: then it shows later what was done now.
    if (isSuccess(before.look) && before.shows !== 'other' && before.shows !== 'both') await pause(LONGEST_LAG_MS);
    return { first, other, again, ...shownBy(await send('look', { id })) };
  },
});
