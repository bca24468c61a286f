import { isLack, lack } from '../../evidence/unlock.js';
import { defineProbe } from '../define.js';
import { NO_MOCK } from '../writing.js';

export default defineProbe({
  key: 'endpoint.unknown-version',
  says: 'reading with a version that never existed',
  after: ['endpoint.authenticated'],
  settings: ['contract.version.name'],
  calls(api) {
    if (api.endpoint.mock) return NO_MOCK;
    if (!['header', 'query'].includes(api.contract.version?.in ?? 'none'))
      return lack('contract.version with a name in header or query', 'contract.version.name');
    const read = api.call('read', {
      version: { value: api.contract.version?.neverReleased ?? '' },
      expected: api.contract.version?.unknown ?? [],
    });
    return isLack(read) ? read : { call: read };
  },
  run: async ({ send }) => ({ call: await send('call') }),
});
