import { defineProbe } from '../define.js';
import { NO_MOCK } from '../writing.js';

export default defineProbe({
  key: 'endpoint.absent-version',
  says: 'reading without a version',
  after: ['endpoint.authenticated'],
  calls(api) {
    if (api.endpoint.mock) return NO_MOCK;
    if (!['header', 'query'].includes(api.contract.version?.in ?? 'none'))
      return 'contract.version with a name in header or query';
    const read = api.call('read', { version: 'absent' });
    return typeof read === 'string' ? read : { call: read };
  },
  run: async ({ send }) => ({ call: await send('call') }),
});
