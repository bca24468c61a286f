import { defineProbe } from '../define.js';
import { failingCreates, NO_MOCK } from '../writing.js';

export default defineProbe({
  key: 'endpoint.invalid-input',
  says: 'sending input that the API must refuse',
  after: ['endpoint.authenticated'],
  calls(api) {
    if (api.endpoint.mock) return NO_MOCK;
    const create = api.call('create');
    if (typeof create === 'string') return create;
    const samples = failingCreates(api);
    if (samples.length === 0)
      return 'endpoint.operations.create.fails, e.g. fails: { 422: { body: …, field: amount } }';
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
