import { isLack, lack } from '../../evidence/unlock.js';
import { withoutKeys } from '../api.js';
import { defineProbe } from '../define.js';

export default defineProbe({
  key: 'endpoint.unauthenticated',
  says: 'reading without a key',
  after: ['endpoint.authenticated'],
  calls(api) {
    const noKeys = withoutKeys(api);
    if (noKeys !== null) return noKeys;
    if (api.contract.auth.open.includes(api.endpoint.operations.read?.path ?? ''))
      return lack('endpoint.operations.read with a path that needs a key', 'endpoint.operations.read.path');
    const read = api.call('read', { credential: 'none', expected: api.contract.auth.missing });
    return isLack(read) ? read : { call: read };
  },
  run: async ({ send }) => ({ call: await send('call') }),
});
