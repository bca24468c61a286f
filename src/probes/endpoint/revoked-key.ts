import { withoutKeys } from '../api.js';
import { defineProbe } from '../define.js';
import { NO_MOCK } from '../writing.js';

export default defineProbe({
  key: 'endpoint.revoked-key',
  says: 'reading with a revoked key',
  after: ['endpoint.authenticated'],
  calls(api) {
    const noKeys = withoutKeys(api);
    if (noKeys !== null) return noKeys;
    if (api.endpoint.mock) return NO_MOCK;
    if (api.endpoint.revokedKey === undefined) return 'endpoint.revokedKey';
    const read = api.call('read', { credential: 'revoked', expected: api.contract.auth.revoked });
    return typeof read === 'string' ? read : { call: read };
  },
  run: async ({ send }) => ({ call: await send('call') }),
});
