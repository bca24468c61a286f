import { defineProbe } from '../define.js';
import { NO_MOCK } from '../writing.js';

export default defineProbe({
  key: 'endpoint.removed-versions',
  says: 'reading with versions that were removed',
  after: ['endpoint.authenticated'],
  calls(api) {
    if (api.endpoint.mock) return NO_MOCK;
    const { in: place = 'none', removed = {} } = api.contract.version ?? {};
    if (place === 'none' || Object.keys(removed).length === 0) return 'contract.version.removed';
    const read = api.call('read');
    if (typeof read === 'string') return read;
    return Object.fromEntries(
      Object.entries(removed).map(([value, expected]) => [value, { ...read, version: { value }, expected }]),
    );
  },
  async run({ api, send }) {
    const versions = Object.keys(api.contract.version?.removed ?? {});
    const answers = versions.map(async (version) => ({ version, call: await send(version) }));
    return { answers: await Promise.all(answers) };
  },
});
