import { isLack, lack, without } from '../../evidence/unlock.js';
import { NoEvidence } from '../../transport/budget.js';
import { defineProbe } from '../define.js';
import { failingCreates, KEYED_CREATE, keyedCreateCall } from '../writing.js';

export default defineProbe({
  key: 'endpoint.stored-error',
  says: 'repeating a refused create',
  after: ['endpoint.invalid-input'],
  settings: [...KEYED_CREATE, 'contract.idempotency.stored', 'endpoint.operations.create.fails'],
  calls(api) {
    const create = keyedCreateCall(api);
    if (isLack(create)) return create;
    if (api.contract.idempotency?.stored?.includes('4xx') !== true)
      return lack('contract.idempotency.stored with 4xx', 'contract.idempotency.stored');
    const sample = failingCreates(api)[0];
    if (sample === undefined) return without('endpoint.operations.create.fails');
    // Only where another body is told from a repeat does the corrected call show whether the error was kept.
    const told = api.contract.idempotency.changedBody !== 'new';
    return { again: sample.spec, ...(told ? { corrected: { ...create, expected: [] } } : {}) };
  },
  async run({ send, evidence, api, fresh }) {
    const [refused] = evidence('endpoint.invalid-input').calls;
    const first = refused?.call;
    const key = first?.request.idempotencyKey ?? null;
    if (first === undefined || key === null)
      throw new NoEvidence('dependency', 'the refused create carried no idempotency key');
    // With the value of the first call the repeat has the same body.
    const again = await send('again', {
      key,
      repeats: first.id,
      ...(refused?.unique === undefined ? {} : { unique: refused.unique }),
    });
    if (api.contract.idempotency?.changedBody === 'new') return { first, again, corrected: null };
    return { first, again, corrected: await send('corrected', { key, unique: fresh(), repeats: first.id }) };
  },
});
