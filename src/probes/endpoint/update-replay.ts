import { NoEvidence } from '../../evidence/budget.js';
import { usesUnique } from '../api.js';
import { defineProbe } from '../define.js';
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
    return {
      create,
      first: update,
      other: update,
      again: update,
      look: api.get(update.path, { query: update.query, headers: update.headers }),
    };
  },
  async run({ api, send, fresh }) {
    const { id } = nameOf(api, mustWork(await send('create', { unique: fresh(), key: fresh() })));
    if (id === null)
      throw new NoEvidence('dependency', 'the create names no id to update (endpoint.operations.create.id)');
    const [value, key, otherValue] = [fresh(), fresh(), fresh()];
    const first = mustWork(await send('first', { id, unique: value, key }));
    const other = mustWork(await send('other', { id, unique: otherValue, key: fresh() }));
    const again = await send('again', { id, unique: value, key, repeats: first.id });
    const look = await send('look', { id });
    const holds = (text: string) => look.response?.body.text.includes(text) ?? false;
    // A resource that keeps its history holds both, whatever stands.
    const [kept, repeated] = [holds(otherValue), holds(value)];
    const shows = kept && repeated ? 'both' : kept ? 'other' : repeated ? 'repeated' : 'neither';
    return { first, other, again, look, shows };
  },
});
