import { isLack, lack } from '../../evidence/unlock.js';
import { usesUnique } from '../api.js';
import { defineProbe } from '../define.js';
import { countCalls, withEffect } from '../effect.js';
import { nameOf } from '../names.js';
import { isLaterState } from '../settle.js';
import { KEYED_CREATE, keyedCreateCall, mustWork } from '../writing.js';

export default defineProbe({
  key: 'endpoint.changed-body',
  says: 'repeating an idempotency key with another body',
  after: ['endpoint.replay'],
  settings: [...KEYED_CREATE],
  calls(api) {
    const create = keyedCreateCall(api);
    if (isLack(create)) return create;
    if (api.create?.changes === undefined && !usesUnique(create.payload))
      return lack(
        'endpoint.operations.create.changes (or {{unique}} in its body)',
        'endpoint.operations.create.changes',
      );
    // Members that the config lays over the body may be invalid in themselves: then a refusal would prove nothing.
    const control = api.create?.changes === undefined ? {} : { control: create };
    return { ...control, changed: create, ...countCalls(api) };
  },
  async run(context) {
    const { first } = context.evidence('endpoint.replay');
    const { changes } = context.api.create ?? {};
    if (changes !== undefined)
      mustWork(await context.send('control', { unique: context.fresh(), key: context.freshKey(), changes }));
    const unique = context.fresh();
    const { effect, changed } = await withEffect(context, unique, '', async () => {
      const changed = await context.send('changed', {
        unique,
        key: first.request.idempotencyKey ?? '',
        changes,
        repeats: first.id, // an API may answer it from its store
      });
      return { changed, calls: [changed] };
    });
    const [one, other] = [nameOf(context.api, first).id, nameOf(context.api, changed).id];
    const sameId = one !== null && one === other;
    return { first, changed, effect, later: isLaterState(context.api, first, changed), sameId };
  },
});
