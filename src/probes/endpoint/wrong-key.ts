import { isLack, without } from '../../evidence/unlock.js';
import { withoutKeys } from '../api.js';
import { defineProbe } from '../define.js';
import { NO_MOCK } from '../writing.js';

export default defineProbe({
  key: 'endpoint.wrong-key',
  says: 'reading with a wrong key',
  after: ['endpoint.authenticated'],
  calls(api) {
    const noKeys = withoutKeys(api);
    if (noKeys !== null) return noKeys;
    if (api.endpoint.mock) return NO_MOCK;
    if (api.wrongKey === null && api.contract.auth.login === undefined) return without('endpoint.key');
    const read = api.call('read', { credential: 'wrong', expected: api.contract.auth.wrong });
    return isLack(read) ? read : { call: read };
  },
  run: async ({ send }) => ({ call: await send('call') }),
});
