import { isLack, without } from '../../evidence/unlock.js';
import { defineProbe } from '../define.js';
import { NO_MOCK } from '../writing.js';

export default defineProbe({
  key: 'endpoint.removed-versions',
  says: 'reading with versions that were removed',
  after: ['endpoint.authenticated'],
  settings: ['contract.version.removed'],
  calls(api) {
    if (api.endpoint.mock) return NO_MOCK;
    const { in: place = 'none', removed = {} } = api.contract.version ?? {};
    if (place === 'none' || Object.keys(removed).length === 0) return without('contract.version.removed');
    const read = api.call('read');
    if (isLack(read)) return read;
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
