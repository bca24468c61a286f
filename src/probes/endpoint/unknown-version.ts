import { defineProbe } from '../define.js';
import { NO_MOCK } from '../writing.js';

export default defineProbe({
  key: 'endpoint.unknown-version',
  says: 'reading with a version that never existed',
  after: ['endpoint.authenticated'],
  calls(api) {
    if (api.endpoint.mock) return NO_MOCK;
    if (!['header', 'query'].includes(api.contract.version?.in ?? 'none'))
      return 'contract.version with a name in header or query';
    const read = api.call('read', {
      version: { value: api.contract.version?.neverReleased ?? '' },
      expected: api.contract.version?.unknown ?? [],
    });
    return typeof read === 'string' ? read : { call: read };
  },
  run: async ({ send }) => ({ call: await send('call') }),
});
