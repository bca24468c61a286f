import { isLack, without } from '../../evidence/unlock.js';
import { withoutKeys } from '../api.js';
import { defineProbe } from '../define.js';
import { NO_MOCK } from '../writing.js';

export default defineProbe({
  key: 'endpoint.revoked-key',
  says: 'reading with a revoked key',
  after: ['endpoint.authenticated'],
  settings: ['endpoint.revokedKey'],
  calls(api) {
    const noKeys = withoutKeys(api);
    if (noKeys !== null) return noKeys;
    if (api.endpoint.mock) return NO_MOCK;
    if (api.endpoint.revokedKey === undefined) return without('endpoint.revokedKey');
    const read = api.call('read', { credential: 'revoked', expected: api.contract.auth.revoked });
    return isLack(read) ? read : { call: read };
  },
  run: async ({ send }) => ({ call: await send('call') }),
});
