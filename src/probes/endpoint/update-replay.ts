import type { Exchange } from '../../evidence/exchange.js';
import { isSuccess } from '../../evidence/exchange.js';
import { isLack, lack } from '../../evidence/unlock.js';
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
  settings: ['endpoint.operations.create', 'endpoint.operations.update'],
  calls(api) {
    if (api.contract.idempotency?.methods.includes('PATCH') !== true)
      return lack('contract.idempotency.methods with PATCH', 'contract.idempotency.methods');
    const create = createCall(api);
    if (isLack(create)) return create;
    const update = api.call('update');
    if (isLack(update)) return update;
    if (!update.keyed)
      return lack('endpoint.operations.update with the method PATCH', 'endpoint.operations.update.method: PATCH');
    if (!update.path.includes('{{id}}'))
      return lack('endpoint.operations.update.path with {{id}}', 'endpoint.operations.update.path');
    if (!usesUnique(update.payload))
      return lack('endpoint.operations.update.body with {{unique}}', 'endpoint.operations.update.body');
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
    const payload = isLack(update) ? null : update.payload;
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
