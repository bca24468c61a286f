import { queryNamesOf } from '../../config/query-names.js';
import { isLack, lack } from '../../evidence/unlock.js';
import { withoutKeys } from '../api.js';
import { defineProbe } from '../define.js';
import { NO_MOCK } from '../writing.js';

export default defineProbe({
  key: 'endpoint.query-key',
  says: 'reading with the key in the query',
  after: ['endpoint.authenticated'],
  calls(api) {
    const noKeys = withoutKeys(api);
    if (noKeys !== null) return noKeys;
    if (api.endpoint.mock) return NO_MOCK;
    if (api.contract.auth.query !== undefined)
      return lack('an auth.headers placement: this contract itself puts the key into the query');
    // A key in a URL stays in logs: against production only when asked for by name.
    if (api.live && api.endpoint.keyInQuery !== 'real')
      return lack('endpoint.keyInQuery: real, for a live endpoint', 'endpoint.keyInQuery: real');
    const read = api.call('read', { credential: 'query', expected: api.contract.auth.missing });
    return isLack(read) ? read : { call: read };
  },
  // All names in one request: only a key that is accepted would make it worth telling them apart.
  run: async ({ send, api }) => ({
    call: await send('call'),
    sent: api.endpoint.keyInQuery,
    names: queryNamesOf(api.contract),
  }),
});
