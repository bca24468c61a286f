import { isLack, lack } from '../../evidence/unlock.js';
import { defineProbe } from '../define.js';
import { failingCreates, NO_MOCK } from '../writing.js';

export default defineProbe({
  key: 'endpoint.invalid-input',
  says: 'sending input that the API must refuse',
  after: ['endpoint.authenticated'],
  settings: ['endpoint.operations.create.fails'],
  calls(api) {
    if (api.endpoint.mock) return NO_MOCK;
    const create = api.call('create');
    if (isLack(create)) return create;
    const samples = failingCreates(api);
    if (samples.length === 0)
      return lack(
        'endpoint.operations.create.fails, e.g. fails: { 422: { body: …, field: amount } }',
        'endpoint.operations.create.fails',
      );
    return Object.fromEntries(samples.map(({ status, spec }) => [String(status), spec]));
  },
  async run({ send, api, fresh, freshKey }) {
    const calls = await Promise.all(
      failingCreates(api).map(async ({ status, field }) => {
        const unique = fresh();
        return { status, field, unique, call: await send(String(status), { unique, key: freshKey() }) };
      }),
    );
    return { calls };
  },
});
